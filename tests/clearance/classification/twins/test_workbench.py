"""The workbench of two codes: its pages and its API, who may see and say what."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from msgspec.structs import replace
from pypdf import PdfReader

from tests.clearance.classification.twins.alarms import alarm
from tests.clearance.classification.twins.lines import BOARD, ELSEWHERE, ROUTER, searched, stock
from tests.clearance.origin.papers import lodged, registered
from tests.clearance.origin.papers import paper as certificate
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.clearance.classification.evidence import pieces
from thongquan.clearance.classification.labels import measured_words
from thongquan.clearance.classification.models import Case, DeclaredLine, Finding, Label
from thongquan.clearance.classification.queries.duties import owed_under
from thongquan.clearance.classification.queries.judging import ENOUGH, precision_of
from thongquan.clearance.classification.subjects import given_of

API = "/api/v1/classification"


def post(client: Client, path: str, **body: str) -> Any:
    return client.post(f"{API}{path}", body, "application/json")


def test_the_card_shows_both_lines_and_what_hangs_on_them(customs: World) -> None:
    found = alarm()
    client = customs.client("clearance_officer")
    client.cookies["language"] = "en"
    page = client.get(reverse("classification:workbench")).content.decode()
    assert reverse("classification:finding", args=[found.pk]) in page
    page = client.get(reverse("classification:finding", args=[found.pk])).content.decode()
    assert '<mark class="is-number">2</mark>' in page or "<mark>" in page
    assert "<b>C6</b>" not in page
    assert BOARD in page
    assert ROUTER in page
    assert "Too few alarms as strong as this were answered here" in page
    assert "value added tax" in page
    assert "How these goods were declared" in page


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_the_card_is_a_paper_to_print(customs: World, language: str) -> None:
    found = alarm()
    client = customs.client("clearance_officer")
    client.cookies["language"] = language
    path = reverse("classification:finding_pdf", args=[found.pk])
    assert path in client.get(reverse("classification:finding", args=[found.pk])).content.decode()
    answer = client.get(path)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    said = "".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    assert BOARD in said
    assert ROUTER in said
    assert "<b>C6</b>" in said  # text of declarations is text on paper too


def test_a_judged_finding_is_announced_to_whoever_learns_of_it(customs: World) -> None:
    """The contract of docs/events.md."""
    found = alarm()
    path = reverse("classification:finding", args=[found.pk])
    client = customs.client("clearance_officer")
    client.post(path, {"outcome": "second", "words": ""})
    client.post(path, {"act": "take_back"})
    rows = customs.run_sql(
        "SELECT kind, subject, payload FROM core_outboxmessage WHERE subject LIKE 'twocodes:%%' ORDER BY id"
    )
    told = [(kind, subject, msgspec.json.decode(bytes(payload))) for kind, subject, payload in rows]
    assert [kind for kind, _subject, _said in told] == ["classification.judged", "classification.outcome_taken_back"]
    for _kind, subject, said in told:
        assert subject == f"twocodes:{found.pk}"
        assert said["declaration"] == f"declaration:{found.line.declaration}0"
        assert said["partner"]["declaration"] == f"declaration:{found.partner.declaration}0"
        assert (said["line"], said["verdict"], said["codes"]) == (1, "second", [BOARD, ROUTER])
        assert datetime.fromisoformat(said["at"]).tzinfo is not None
    page = Path(__file__).parents[4] / "docs" / "events.md"
    assert all(f"`{name}`" in page.read_text() for name in (*told[0][2], "classification.judged"))


def test_the_card_says_what_the_certificate_of_origin_says(customs: World) -> None:
    """Another code on the certificate: the matrix of Circular 33/2023 Art. 16, in the words of the checks of origin."""
    paper = certificate()
    lines = [replace(one, hs="851769") if one.number == 3 else one for one in paper.lines]
    registered(customs, replace(paper, lines=tuple(lines)))
    number = lodged(customs)
    [one] = given_of([int(number[:11])])
    stock()
    other = msgspec.structs.replace(one.lines[2], code="85176900")
    searched(
        *(
            msgspec.structs.replace(one, declaration=10_000_000_900 + place, importer="9999900099", lines=(other,))
            for place in range(3)
        )
    )
    searched(one)
    found = Finding.objects.get(declaration=one.declaration, line__number=3)
    said = found.evidence["certificate"]
    assert (said["stated"], said["criterion"], said["answer"], said["other"]) == ("851769", "CTH", "proof", True)
    api = customs.api("clearance_officer").get(f"{API}/findings/{found.pk}").json()
    assert api["certificate"]["number"] == paper.number
    client = customs.client("clearance_officer")
    client.cookies["language"] = "en"
    page = client.get(reverse("classification:finding", args=[found.pk])).content.decode()
    assert "What the certificate of origin says" in page
    assert "with the same criterion CTH: accepted with proof" in page
    assert "It names the code of the other line." in page


def test_pages_speak_four_languages(customs: World) -> None:
    found = alarm()
    client = customs.client("team_leader")
    measured = {"vi": "hàng thật khó hơn", "zh-hans": "真实货物更难", "fr": "le réel est plus difficile"}
    for language, words in (("vi", "thuế chênh lệch"), ("zh-hans", "涉及税额"), ("fr", "droits en jeu")):
        client.cookies["language"] = language
        card = client.get(reverse("classification:finding", args=[found.pk])).content.decode()
        assert measured[language] in card
        for path in (
            reverse("classification:workbench"),
            reverse("classification:cases"),
            reverse("classification:case", args=[found.case_id]),
        ):
            page = client.get(path)
            assert page.status_code == 200
            assert words in page.content.decode().lower(), (language, path)


def test_an_outcome_is_kept_taken_back_and_logged(customs: World) -> None:
    found = alarm()
    path = reverse("classification:finding", args=[found.pk])
    client = customs.client("clearance_officer")
    assert client.post(path, {"outcome": "different"}).status_code == 422  # why?
    assert client.post(path, {"outcome": "none of these", "words": "x"}).status_code == 422
    assert client.post(path, {"outcome": "second", "words": "Cùng model"}).status_code == 302
    assert client.post(path, {"outcome": "first"}).status_code == 422  # one stands already
    found.refresh_from_db()
    assert found.outcome == "second"
    assert client.post(path, {"act": "take_back"}).status_code == 302
    assert client.post(path, {"act": "take_back"}).status_code == 422  # none stands
    found.refresh_from_db()
    assert found.outcome == ""
    label = Label.objects.get()
    assert (label.outcome, label.taken_back_by) == ("second", customs.actor("clearance_officer").reference)
    logged = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", f"twocodes:{found.pk}")
    assert [action for (action,) in logged] == ["classification.judged", "classification.outcome_taken_back"]


def test_a_case_becomes_something_and_is_opened_again(customs: World) -> None:
    found = alarm()
    path = reverse("classification:case", args=[found.case_id])
    leader = customs.client("team_leader")
    assert leader.post(path, {"becomes": "war", "words": ""}).status_code == 422
    assert leader.post(path, {"becomes": "audit", "words": "Hai tờ khai, một mặt hàng"}).status_code == 302
    assert leader.post(path, {"becomes": "notice", "words": "lần nữa"}).status_code == 422  # closed already
    case = Case.objects.get()
    assert (case.state, case.became) == ("closed", "audit")
    told = customs.run_sql("SELECT subject FROM core_outboxmessage WHERE kind = 'classification.case_audit'")
    assert told == [(f"codecase:{case.pk}",)]
    assert leader.post(path, {"act": "reopen"}).status_code == 302
    assert leader.post(path, {"act": "reopen"}).status_code == 422  # open already
    assert Case.objects.get().state == "open"


def test_an_officer_who_leads_nobody_closes_no_case(customs: World) -> None:
    found = alarm()
    path = reverse("classification:case", args=[found.case_id])
    answer = customs.client("clearance_officer").post(path, {"becomes": "audit", "words": "x"})
    assert answer.status_code == 403


def test_programs_do_the_same(customs: World) -> None:
    found = alarm()
    api = customs.api("clearance_officer")
    [row] = api.get(f"{API}/findings").json()
    assert (row["id"], row["line"]["code"], row["other"]["code"]) == (found.pk, BOARD, ROUTER)
    assert api.get(f"{API}/findings/{found.pk}").json()["history"][0]["code"] == BOARD
    answer = post(api, f"/findings/{found.pk}/outcome", outcome="neither")
    assert answer.status_code == 422
    assert "TQ-CLS-003" in answer.content.decode()
    assert post(api, f"/findings/{found.pk}/outcome", outcome="first").json()["row"]["outcome"] == "first"
    assert post(api, f"/findings/{found.pk}/take-back").json()["row"]["outcome"] == ""
    leader = customs.api("team_leader")
    [case] = leader.get(f"{API}/cases").json()
    closed = post(leader, f"/cases/{case['id']}/close", becomes="instruction", words="Khai sửa đổi mã số")
    assert closed.json()["row"]["became"] == "instruction"
    assert leader.get(f"{API}/cases/{case['id']}").json()["steps"][0]["step"] == "instruction"
    assert post(leader, f"/cases/{case['id']}/reopen").json()["row"]["state"] == "open"


def test_a_stranger_reaches_nothing_of_two_codes(customs: World) -> None:
    found = alarm()
    paths = [
        reverse("classification:workbench"),
        reverse("classification:finding", args=[found.pk]),
        reverse("classification:cases"),
        reverse("classification:case", args=[found.case_id]),
    ]
    nobody, trader = Client(SERVER_NAME="127.0.0.1"), customs.client("declarant")
    for path in paths:
        assert nobody.get(path).status_code in (302, 401)
        assert trader.get(path).status_code == 403
        assert trader.post(path).status_code in (403, 405)
    program_of_trader = customs.api("declarant")
    for path in ("/findings", f"/findings/{found.pk}", "/cases", f"/cases/{found.case_id}"):
        assert Client(SERVER_NAME="127.0.0.1").get(f"{API}{path}").status_code == 401
        assert program_of_trader.get(f"{API}{path}").status_code == 403
    for path in (f"/findings/{found.pk}/outcome", f"/findings/{found.pk}/take-back"):
        assert post(program_of_trader, path, outcome="first").status_code in (403, 422)
    for path in (f"/cases/{found.case_id}/close", f"/cases/{found.case_id}/reopen"):
        assert post(program_of_trader, path, becomes="audit", words="x").status_code in (403, 422)
    assert not Label.objects.exists()


def test_a_neighbor_office_sees_nothing_of_two_codes(customs: World) -> None:
    found = alarm(office=ELSEWHERE)
    page = customs.client("team_leader")
    assert str(found.line.description) not in page.get(reverse("classification:workbench")).content.decode()
    assert page.get(reverse("classification:finding", args=[found.pk])).status_code == 404
    assert page.post(reverse("classification:finding", args=[found.pk]), {"outcome": "first"}).status_code == 404
    assert page.get(reverse("classification:case", args=[found.case_id])).status_code == 404
    assert page.post(reverse("classification:case", args=[found.case_id]), {"becomes": "audit"}).status_code == 404
    api = customs.api("team_leader")
    assert api.get(f"{API}/findings").json() == []
    assert api.get(f"{API}/cases").json() == []
    for path in (f"/findings/{found.pk}/outcome", f"/cases/{found.case_id}/close"):
        body = {"outcome": "first"} if "findings" in path else {"becomes": "audit", "words": "x"}
        assert post(api, path, **body).status_code == 404
    assert post(api, f"/findings/{found.pk}/take-back").status_code == 404
    assert post(api, f"/cases/{found.case_id}/reopen").status_code in (404, 422)
    assert not Label.objects.exists()


def test_the_home_page_counts_alarms(customs: World) -> None:
    alarm()
    client = customs.client("clearance_officer")
    client.cookies["language"] = "en"
    assert "Goods under two codes" in client.get(reverse("home")).content.decode()


def test_reviewed_alarms_tell_how_often_they_were_right(customs: World) -> None:
    found = alarm()
    assert not precision_of(found.score).here
    for place in range(ENOUGH):
        found.pk = None
        found.line = DeclaredLine.objects.create(**_copied(found.line, place))
        found.outcome = "different" if place < 6 else "second"
        found.save(force_insert=True)
    measured = precision_of(found.score)
    assert (measured.right, measured.alarms, measured.here) == (ENOUGH - 6, ENOUGH, True)
    assert f"{ENOUGH - 6}" in measured_words(measured)


def _copied(line: DeclaredLine, place: int) -> dict[str, Any]:
    names = [field.attname for field in DeclaredLine._meta.fields if field.attname not in ("id", "declaration")]
    return {**{name: getattr(line, name) for name in names}, "declaration": 10_000_005_000 + place}


def test_a_choice_of_rates_is_taken_alike_under_both_codes(customs: World) -> None:
    """Value added tax of 8 or 10 percent is a choice of the declarant: the highest is compared."""
    on = localdate(now())
    for code in (ROUTER, BOARD):
        owed = owed_under(code=code, flow="import", origin="CN", schedule="B01", value_vnd=Decimal(100_000_000), on=on)
        vat = next(one for one in owed.taxes if one.tax == "vat")
        duty = next(one for one in owed.taxes if one.tax == "import_duty")
        assert owed.known
        assert vat.rate is not None
        assert vat.amount_vnd == (Decimal(100_000_000) + duty.amount_vnd) * vat.rate
        assert vat.amount_vnd > 0
        assert owed.total_vnd == vat.amount_vnd + duty.amount_vnd


def test_a_code_that_is_none_owes_nothing_known(customs: World) -> None:
    owed = owed_under(
        code="99999999",
        flow="import",
        origin="CN",
        schedule="B01",
        value_vnd=Decimal(1_000),
        on=localdate(now()),
    )
    assert not owed.known


def test_what_stands_under_every_line_is_quiet_and_what_differs_is_marked() -> None:
    marked = [one for one in pieces("Bộ phát wifi 1200Mbps, hàng mới 100%", "Bo phat wifi 300 Mbps") if one.mark]
    assert [(one.text, one.mark) for one in marked] == [("1200", "number")]
    assert not [one for one in pieces("Bo phat wifi", "Bộ phát wifi, màu đen") if one.mark]
