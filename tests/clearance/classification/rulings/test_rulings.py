"""Advance rulings from the application to the second signature, revocation and publication."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.clearance.classification.rulings.applied import REASONS, filed, goods, issued, proposed, started
from tests.clearance.classification.rulings.given import ROUTER, today
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.models import Precedent, Ruling
from thongquan.clearance.classification.operations import ruling_decisions as decisions
from thongquan.clearance.classification.operations import rulings as operations
from thongquan.clearance.classification.queries.precedents import same_goods
from thongquan.clearance.classification.queries.rulings import published_rulings, ruling_file
from thongquan.rules.codes import Code

PAGE, API, OPEN_API = "/classification/rulings/", "/api/v1/classification/rulings", "/api/v1/rulings/"
WORDS = {"vi": "Xác định trước", "en": "Advance rulings", "zh-hans": "预裁定", "fr": "Décisions anticipées"}
STEPS = ("file", "answer", "receive", "ask", "propose", "sign", "give_back", "send_back", "revoke", "keep", "withdraw")
JSON = "application/json"


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def test_a_ruling_is_asked_for_examined_and_signed_by_another_person(customs: World) -> None:
    officer, leader, trader = (customs.actor(role) for role in ("clearance_officer", "team_leader", "declarant"))
    key = started(customs)
    with pytest.raises(Refused) as refused:
        operations.file_ruling(actor=trader, ruling=key, at=now())
    assert codes_of(refused) == [Code.TQ_CLS_053]
    key = filed(customs)
    decisions.receive_ruling(actor=officer, ruling=key, at=now())
    decisions.ask_applicant(actor=officer, ruling=key, words="Có khe SIM không?", at=now())
    operations.answer_ruling(actor=trader, ruling=key, words="Không", at=now())
    decisions.propose_ruling(actor=leader, ruling=key, outcome="issued", hs="85176251", reasons=REASONS, at=now())
    with pytest.raises(Refused) as refused:
        decisions.sign_ruling(actor=leader, ruling=key, at=now())
    assert codes_of(refused) == [Code.TQ_CLS_051]
    decisions.sign_ruling(actor=customs.actor("director"), ruling=key, at=now())
    row = Ruling.objects.get(pk=key)
    assert (row.state, row.hs, row.number) == ("issued", "85176251", f"{key:05d}/TB-XDTMS-15BB")
    assert row.valid_from == today()
    assert row.valid_to is not None
    assert row.valid_to.year == today().year + 3
    kept = Precedent.objects.get(ruling=row)
    assert (kept.kind, kept.addressee, kept.number, kept.valid_to) == ("ruling", ENTERPRISE, row.number, row.valid_to)
    file = ruling_file(actor=trader, ruling=key, at=now())
    assert [(one.words, one.answer) for one in file.questions] == [("Có khe SIM không?", "Không")]
    assert {one.actor for one in file.events} == {""}
    assert "propose" not in {one.step for one in file.events}
    sealed = customs.run_sql(f"SELECT action FROM ledger_entry WHERE subject = 'ruling:{key}' ORDER BY id")
    assert [row[0] for row in sealed][-1] == "classification.ruling.sign"


def test_what_is_proposed_is_not_told_before_the_second_signature(customs: World) -> None:
    key = proposed(customs)
    mine = ruling_file(actor=customs.actor("declarant"), ruling=key, at=now())
    assert (mine.row.state, mine.row.hs, mine.row.outcome, mine.reasons) == ("received", "", "", "")
    theirs = ruling_file(actor=customs.actor("team_leader"), ruling=key, at=now())
    assert (theirs.row.state, theirs.row.hs) == ("proposed", "85176251")


def test_a_refusal_has_its_ground_and_is_no_precedent(customs: World) -> None:
    key = filed(customs)
    officer = customs.actor("clearance_officer")
    decisions.receive_ruling(actor=officer, ruling=key, at=now())
    with pytest.raises(Refused) as refused:
        decisions.propose_ruling(actor=officer, ruling=key, outcome="refused", at=now(), ground="mood")
    assert codes_of(refused) == [Code.TQ_CLS_046, Code.TQ_CLS_045]
    decisions.propose_ruling(
        actor=officer, ruling=key, outcome="refused", ground="unclear", reasons="Thiếu tài liệu", at=now()
    )
    decisions.sign_ruling(actor=customs.actor("team_leader"), ruling=key, at=now())
    row = Ruling.objects.get(pk=key)
    assert (row.state, row.ground, row.number) == ("refused", "unclear", "")
    assert not Precedent.objects.exists()
    assert published_rulings(on=today()) == []
    assert ruling_file(actor=customs.actor("declarant"), ruling=key, at=now()).ground == "unclear"


def test_a_proposal_tells_every_fault_and_holds_no_longer_than_the_law_allows(customs: World) -> None:
    key = filed(customs)
    officer = customs.actor("clearance_officer")
    decisions.receive_ruling(actor=officer, ruling=key, at=now())
    for given, expected in (
        ({"outcome": "maybe"}, [Code.TQ_CLS_046, Code.TQ_CLS_045]),
        ({"outcome": "issued", "hs": "999", "valid_to": today()}, [Code.TQ_CLS_046, Code.TQ_CLS_040, Code.TQ_CLS_042]),
        (
            {"outcome": "issued", "hs": "85176251", "reasons": "x", "valid_to": today() + timedelta(days=1100)},
            [Code.TQ_CLS_052],
        ),
        ({"outcome": "issued", "hs": "85176251", "reasons": "x" * 10_001}, [Code.TQ_CLS_049]),
    ):
        with pytest.raises(Refused) as refused:
            decisions.propose_ruling(actor=officer, ruling=key, at=now(), **given)  # type: ignore[arg-type]  # by name
        assert codes_of(refused) == expected
    assert Ruling.objects.get(pk=key).state == "received"


def test_clocks_follow_the_events_with_the_days_of_the_law(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    key = filed(customs)
    decisions.receive_ruling(actor=officer, ruling=key, at=at)
    clocks = {one.name: one for one in ruling_file(actor=officer, ruling=key, at=at).clocks}
    assert clocks["intake"].stopped_at is not None
    assert not clocks["intake"].verified
    assert clocks["decision"].verified
    assert (localdate(clocks["decision"].due_at) - localdate(at)).days in range(30, 40)
    decisions.call_complex(actor=officer, ruling=key, words="Nhiều chức năng", at=at)
    longer = {one.name: one for one in ruling_file(actor=officer, ruling=key, at=at).clocks}["decision"]
    assert (localdate(longer.due_at) - localdate(at)).days in range(60, 70)
    late = ruling_file(actor=officer, ruling=key, at=at + timedelta(days=80)).clocks
    assert {one.name: one.left.overdue for one in late}["decision"]


def test_a_revoked_ruling_holds_for_what_came_before(customs: World) -> None:
    key = issued(customs)
    day = today() - timedelta(days=30)
    customs.run_sql("UPDATE classification_ruling SET valid_from = %s", day)
    customs.run_sql("UPDATE classification_precedent SET valid_from = %s", day)
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    decisions.propose_end(actor=leader, ruling=key, words="Danh mục mới", at=now())
    decisions.keep_ruling(actor=leader, ruling=key, words="Chưa đổi", at=now())
    decisions.propose_end(actor=leader, ruling=key, words="Danh mục mới", at=now())
    with pytest.raises(Refused) as refused:
        decisions.revoke_ruling(actor=leader, ruling=key, words="x", at=now())
    assert codes_of(refused) == [Code.TQ_CLS_051]
    decisions.revoke_ruling(actor=customs.actor("director"), ruling=key, words="Danh mục mới", at=now())
    description = goods().description

    def on(then: object) -> int:
        return len(same_goods(description=description, addressee="", on=then))  # type: ignore[arg-type]  # a day

    assert (on(today() - timedelta(days=1)), on(today())) == (1, 0)
    assert [one.in_force for one in published_rulings(on=today())] == [False]
    with pytest.raises(Refused) as refused:
        decisions.propose_end(actor=officer, ruling=key, words="x", at=now())
    assert codes_of(refused) == [Code.TQ_CLS_050]


def test_a_ruling_revoked_on_its_first_day_never_held(customs: World) -> None:
    key = issued(customs)
    decisions.propose_end(actor=customs.actor("clearance_officer"), ruling=key, words="Nhầm", at=now())
    decisions.revoke_ruling(actor=customs.actor("team_leader"), ruling=key, words="Nhầm", at=now())
    assert same_goods(description=goods().description, addressee="", on=today()) == []


def test_nothing_of_the_applicant_and_no_trade_secret_is_published(customs: World) -> None:
    key = issued(customs)
    name = Ruling.objects.get(pk=key).trader_name
    assert name
    anyone = Client(SERVER_NAME="127.0.0.1")
    page, one = anyone.get("/rulings/?text=dinh+tuyen&code=8517"), anyone.get(OPEN_API)
    number = one.json()[0]["number"]
    alone = anyone.get("/rulings/one/", {"number": number})
    api = anyone.get(f"{OPEN_API}one", {"number": number})
    for answer in (page, one, alone, api):
        assert answer.status_code == 200
        text = answer.content.decode()
        for secret in (ENTERPRISE, name, "Bình Minh", "XQ-9", "lượng tử", "Theo tài liệu kỹ thuật"):
            assert secret not in text, secret
    assert "[…]" in alone.content.decode()
    assert "8517" in alone.content.decode()
    assert api.json()["composition"] == ""
    assert anyone.get(OPEN_API, {"text": "luong tu"}).json() == []
    assert anyone.get("/rulings/one/", {"number": "x\x00"}).status_code in (400, 404)
    assert anyone.get(f"{OPEN_API}one", {"number": "no"}).status_code == 404
    assert anyone.get("/rulings/", {"text": "<script>"}).status_code == 200


def test_a_bad_application_tells_everything_at_once(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        started(customs, office="99ZZ", goods=" ", description="123", own_hs="12", secret=("mood",), maker="m" * 301)
    assert set(codes_of(refused)) == {
        Code.TQ_CLS_046,
        Code.TQ_CLS_041,
        Code.TQ_CLS_040,
        Code.TQ_CLS_045,
        Code.TQ_CLS_049,
    }
    assert not Ruling.objects.exists()
    for mess in ("😀", "x" * 10_000, "'; DROP TABLE y; --", "<img src=x>", "рouter 机器 router"):
        try:
            assert started(customs, description=mess)
        except Refused as told:
            assert [fault.code for fault in told.faults] == [Code.TQ_CLS_041]


def test_the_pages_lead_from_the_application_to_the_ruling(customs: World) -> None:
    trader, officer, leader = (customs.client(role) for role in ("declarant", "clearance_officer", "team_leader"))
    given = {"tax_code": ENTERPRISE, "office": "15BB", "goods": "Bộ định tuyến", "description": ROUTER, "secret": "use"}
    assert trader.post(f"{PAGE}new/", {**given, "goods": ""}).status_code == 422
    assert trader.post(f"{PAGE}new/", {**given, "own_hs": "1"}).status_code == 422
    made = trader.post(f"{PAGE}new/", given)
    page = made.headers["Location"]
    key = Ruling.objects.get().pk
    assert page == f"{PAGE}{key}/"
    assert trader.post(f"{page}change", {"change-goods": "", "change-description": ""}).status_code == 422
    changed = {"change-goods": "Bộ phát", "change-description": ROUTER, "change-secret": ["maker"]}
    assert trader.post(f"{page}change", changed).status_code == 302
    assert officer.get(page).status_code == 404
    assert trader.post(f"{page}file").status_code == 422
    from_office = filed(customs)
    page = f"{PAGE}{from_office}/"
    assert page in officer.get(f"{PAGE}?state=filed&text=AX3000").content.decode()
    assert officer.post(f"{page}receive").status_code == 302
    bad = officer.post(f"{page}propose", {"propose-outcome": "issued", "propose-hs": "7", "propose-reasons": "x"})
    assert bad.status_code == 422
    good = {"propose-outcome": "issued", "propose-hs": "85176251", "propose-reasons": REASONS}
    assert officer.post(f"{page}propose", good).status_code == 302
    assert officer.post(f"{page}sign").status_code == 403
    assert leader.post(f"{page}sign").status_code == 302
    assert "85176251" in trader.get(page).content.decode()
    assert trader.post(f"{page}nothing").status_code == 404
    assert trader.get(f"{page}sign").status_code == 302


def test_the_api_takes_every_step(customs: World) -> None:
    trader, officer, leader = (customs.api(role) for role in ("declarant", "clearance_officer", "team_leader"))
    body = {"office": "15BB", "tax_code": ENTERPRISE, "given": {"goods": "Bộ phát", "description": ROUTER}}
    assert trader.post(API, {**body, "x": 1}, content_type=JSON).status_code == 422
    assert trader.post(API, body, content_type=JSON).status_code == 201
    key = filed(customs)
    assert [one["id"] for one in officer.get(API, {"state": "filed"}).json()] == [key]
    step = f"{API}/{key}"
    assert officer.post(f"{step}/receive", {}, content_type=JSON).json()["row"]["state"] == "received"
    assert officer.post(f"{step}/propose", {"outcome": "x"}, content_type=JSON).status_code == 422
    given = {"outcome": "issued", "hs": "8517.62.51", "reasons": "Chú giải", "valid_to": f"{today().year + 1}-01-15"}
    assert officer.post(f"{step}/propose", given, content_type=JSON).status_code == 200
    assert leader.post(f"{step}/sign", {}, content_type=JSON).json()["row"]["hs"] == "85176251"
    assert leader.post(f"{step}/dance", {}, content_type=JSON).status_code == 404
    assert trader.get(step).json()["row"]["valid_to"] == f"{today().year + 1}-01-15"


@pytest.mark.parametrize("language", WORDS)
def test_the_pages_speak_four_languages(customs: World, language: str) -> None:
    key = issued(customs)
    officer, trader = customs.client("clearance_officer"), customs.client("declarant")
    for client, address in (
        (officer, PAGE),
        (officer, f"{PAGE}{key}/"),
        (trader, f"{PAGE}new/"),
        (trader, f"{PAGE}{key}/"),
    ):
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        assert WORDS[language] in answer.content.decode()
    assert officer.get("/rulings/", headers={"accept-language": language}).status_code == 200


def test_a_stranger_reads_no_application(customs: World) -> None:
    key = filed(customs)
    stranger = Client(SERVER_NAME="127.0.0.1")
    for address in (PAGE, f"{PAGE}new/", f"{PAGE}{key}/", API, f"{API}/{key}"):
        assert stranger.get(address).status_code in (302, 401, 403)
    for step in STEPS:
        assert stranger.post(f"{PAGE}{key}/{step}").status_code in (302, 403)
        assert stranger.post(f"{API}/{key}/{step}").status_code == 401
    assert stranger.post(API).status_code == 401
    assert stranger.get(OPEN_API).json() == []


def test_a_neighbor_of_another_office_or_enterprise_gets_nothing(customs: World) -> None:
    key = filed(customs, office="20BB")
    for role in ("clearance_officer", "team_leader"):
        neighbor, program = customs.client(role), customs.api(role)
        assert neighbor.get(f"{PAGE}{key}/").status_code == 404
        assert program.get(f"{API}/{key}").status_code == 404
        assert str(key) not in [str(one["id"]) for one in program.get(API).json()]
        for step in STEPS:
            assert neighbor.post(f"{PAGE}{key}/{step}").status_code == 404
            assert program.post(f"{API}/{key}/{step}", {}, content_type=JSON).status_code == 404
    other = system_actor("x", enterprises=[OTHER_ENTERPRISE])
    with pytest.raises(NotFound):
        ruling_file(actor=other, ruling=key, at=now())
    with pytest.raises(NotFound):
        operations.withdraw_ruling(actor=other, ruling=key, words="", at=now())
    with pytest.raises(NotAllowed):
        operations.start_ruling(
            actor=customs.actor("declarant"), office="15BB", tax_code=OTHER_ENTERPRISE, given=goods(), at=now()
        )
    for role in ("gate_officer", "partner_agency"):
        assert customs.client(role).get(PAGE).status_code == 403
    mine = filed(customs)
    assert customs.client("declarant").post(f"{PAGE}{mine}/receive").status_code == 403
