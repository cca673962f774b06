"""Cases of analysts: built from a part of a chart, handed to officers and to audit, closed; whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.clearance.risk.cases import copied, heard, line, lodged
from tests.clearance.risk.languages import leftovers
from tests.world import World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import relay
from thongquan.clearance.postaudit.models import Candidate
from thongquan.clearance.risk.case_states import CASE_STEPS
from thongquan.clearance.risk.models import CaseItem, RiskCase
from thongquan.clearance.risk.operations import cases
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.queries.cases import asked_of, case_file, may_see_case
from thongquan.clearance.risk.queries.picking import Picked
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.codes import Code

WORDS = {"title": "Táo giá thấp", "question": "Vì sao giá chỉ bằng nửa?"}


def some(count: int = 3, **changes: object) -> None:
    at = now() - timedelta(days=1)
    keep_copies([copied(n, at=at, lines=(line(),), **changes) for n in range(count)])


def built(customs: World, **picked: object) -> int:
    some()
    analyst = customs.actor("risk_analyst")
    return cases.start_case(actor=analyst, picked=Picked(**picked), at=now(), **WORDS)  # type: ignore[arg-type]


def told(consumer: str) -> None:
    """Let one consumer hear everything."""
    mine = next(one for one in SUBSCRIPTIONS if one.consumer == consumer)
    while relay(mine, at=now()):
        pass


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(fault.path, str(fault.code)) for fault in refused.value.faults]


def test_a_case_is_built_from_a_bar_over_http_and_closed_with_an_outcome(customs: World) -> None:
    some(found=True, checked="goods")
    analyst = customs.client("risk_analyst")
    form = analyst.get("/risk/cases/new/?days=7&heading=0808&outcome=found", headers={"accept-language": "en"})
    assert "something was found" in form.content.decode()
    wrong = analyst.post("/risk/cases/new/?days=7&heading=0808", {"title": "", "question": ""})
    assert wrong.status_code == 422
    page = analyst.post("/risk/cases/new/?days=7&heading=0808", WORDS)["Location"]
    kept = RiskCase.objects.get()
    assert (kept.items.count(), kept.offices, kept.picked["heading"]) == (3, ["15BB"], "0808")
    assert analyst.post(f"{page}note", {"note-words": " "}).status_code == 422
    assert analyst.post(f"{page}note", {"note-words": "Đã hỏi đại lý"}).status_code == 302
    assert analyst.post(f"{page}close", {"close-outcome": "x", "close-words": "y"}).status_code == 422
    answer = analyst.post(f"{page}close", {"close-outcome": "confirmed", "close-words": "Hai hóa đơn"})
    assert answer.status_code == 302
    shown = analyst.get(page, headers={"accept-language": "en"}).content.decode()
    for words in ("Suspicion confirmed", "Hai hóa đơn", "Đã hỏi đại lý", "3 / 3", "Open it again"):
        assert words in shown, words
    assert analyst.post(f"{page}note", {"note-words": "Muộn"}).status_code == 422
    assert "Táo giá thấp" in analyst.get("/risk/cases/?state=closed").content.decode()


def test_everything_that_is_wrong_with_a_case_is_told_at_once(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        cases.start_case(actor=customs.actor("risk_analyst"), picked=Picked(), title=" ", question="x" * 601, at=now())
    assert codes(refused) == [
        ("title", Code.TQ_RSK_009),
        ("question", Code.TQ_RSK_014),
        ("title", Code.TQ_RSK_014),
    ]
    assert not RiskCase.objects.exists()


def test_bars_of_the_desk_and_of_fairness_lead_to_a_case(customs: World) -> None:
    some(found=True, checked="goods")
    analyst = customs.client("risk_analyst")
    assert "/risk/cases/new/?days=7&amp;office=15BB" in analyst.get("/risk/").content.decode()
    assert "/risk/cases/new/?days=180&amp;origin=CN" in analyst.get("/risk/fairness/").content.decode()
    assert "/risk/cases/new/" not in customs.client("director").get("/risk/fairness/").content.decode()


def test_only_the_newest_declarations_go_into_a_case(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST_ITEMS", 2)
    assert CaseItem.objects.filter(case=built(customs)).count() == 2


def test_officers_of_the_declaration_read_what_to_look_at_and_nothing_else(customs: World) -> None:
    number = lodged(customs)
    heard()
    analyst = customs.actor("risk_analyst")
    case = cases.start_case(actor=analyst, picked=Picked(), at=now(), **WORDS)
    cases.hand_to_officers(actor=analyst, case=case, look_at="Cân lại từng thùng", at=now())
    shown = customs.client("clearance_officer").get(f"/declarations/{number}/").content.decode()
    assert "Cân lại từng thùng" in shown
    assert WORDS["title"] not in shown
    assert WORDS["question"] not in shown
    assert "Cân lại" not in customs.client("declarant").get(f"/declarations/{number}/").content.decode()
    assert asked_of(actor=customs.actor("clearance_officer"), number=number, office="20BB") == []
    cases.close_case(actor=analyst, case=case, outcome="unfounded", words="Đủ cân", at=now())
    assert asked_of(actor=customs.actor("clearance_officer"), number=number, office="15BB") == []


def test_a_proposal_stands_before_those_who_audit_once(customs: World) -> None:
    number = lodged(customs)
    heard()
    analyst = customs.actor("risk_analyst")
    case = cases.start_case(actor=analyst, picked=Picked(), at=now(), **WORDS)
    cases.propose_audit(actor=analyst, case=case, look_at="Đơn giá", at=now())
    told("postaudit.proposals")
    told("notices.people")
    row = Candidate.objects.select_related("selection").get()
    assert (row.why, row.office, row.selection.name) == ("case", "15BB", f"R-{case:06d}")
    page = customs.client("risk_analyst").get(f"/audits/selections/{row.selection_id}/")
    assert number in page.content.decode()
    kinds = customs.run_sql("SELECT DISTINCT kind FROM notices_notice WHERE kind LIKE 'work.risk%%'")
    assert kinds == [("work.risk_audit",)]
    with pytest.raises(Refused) as refused:
        cases.propose_audit(actor=analyst, case=case, look_at="Đơn giá", at=now())
    assert codes(refused) == [("state", Code.TQ_RSK_008)]


def test_a_case_is_given_to_an_analyst_of_its_offices_only(customs: World) -> None:
    case = built(customs)
    with pytest.raises(Refused) as refused:
        cases.assign_case(
            actor=customs.actor("risk_analyst"), case=case, owner=customs.actor("director").reference, at=now()
        )
    assert codes(refused) == [("owner", Code.TQ_RSK_014)]


def test_every_step_is_on_the_ledger_without_its_words(customs: World) -> None:
    case = built(customs)
    cases.note_case(actor=customs.actor("risk_analyst"), case=case, words="Bí mật", at=now())
    rows = customs.run_sql(
        "SELECT action, details::text FROM ledger_entry WHERE subject = %s ORDER BY id", f"riskcase:{case}"
    )
    assert [action for action, _details in rows] == ["risk.case_start", "risk.case_note"]
    assert not any("Bí mật" in str(details) or WORDS["title"] in str(details) for _action, details in rows)


def test_a_director_reads_and_builds_nothing(customs: World) -> None:
    case = built(customs)
    director = customs.client("director")
    assert director.get(f"/risk/cases/{case}/").status_code == 200
    assert director.post(f"/risk/cases/{case}/note", {"note-words": "x"}).status_code == 403
    assert director.get("/risk/cases/new/").status_code == 403


def test_a_neighbor_of_another_region_sees_no_case(customs: World) -> None:
    case = built(customs)
    RiskCase.objects.update(offices=["15BB", "20BB"])
    assert may_see_case(customs.actor("risk_analyst"), f"riskcase:{case}") is False
    with pytest.raises(NotFound):
        case_file(actor=customs.actor("risk_analyst"), case=case)
    with pytest.raises(NotFound):
        cases.note_case(actor=customs.actor("risk_analyst"), case=case, words="x", at=now())
    assert customs.client("risk_analyst").get(f"/risk/cases/{case}/").status_code == 404


def test_a_neighbor_of_another_role_reaches_no_case(customs: World) -> None:
    case = built(customs)
    for role in ("declarant", "broker", "clearance_officer", "team_leader", "law_officer"):
        client = customs.client(role)
        for address in ("/risk/cases/", "/risk/cases/new/", f"/risk/cases/{case}/"):
            assert client.get(address).status_code == 403, (role, address)
        for step in CASE_STEPS:
            assert client.post(f"/risk/cases/{case}/{step}").status_code == 403, (role, step)
    with pytest.raises(NotAllowed):
        cases.start_case(actor=system_actor("x"), picked=Picked(), at=now(), **WORDS)


def test_a_stranger_is_sent_to_sign_in_before_any_case(customs: World) -> None:
    case = built(customs)
    for address in ("/risk/cases/", "/risk/cases/new/", f"/risk/cases/{case}/", f"/risk/cases/{case}/note"):
        assert Client().get(address).status_code == 302, address


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_cases_speak_the_readers_language(customs: World, language: str) -> None:
    case = built(customs)
    analyst = customs.client("risk_analyst")
    for address in ("/risk/cases/", "/risk/cases/new/?heading=0808&origin=CN&flow=import", f"/risk/cases/{case}/"):
        assert leftovers(analyst, address, language) == [], address
