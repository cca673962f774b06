"""Before lodging: own earlier codes for the same goods and what customs ruled, never another trader's line."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client

from tests.base.attachments.office import lodged
from tests.clearance.classification.rulings.applied import issued
from tests.clearance.classification.rulings.given import FAN, ROUTER, entered, today
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.classification.queries.warning import LineAsked, LineWarning, warnings_for
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.operations import start_draft
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.codes import Code
from thongquan.rules.document import Party

API, JSON = "/api/v1/classification/check", "application/json"
WORDS = {"vi": "đã được bạn khai", "en": "by you on", "zh-hans": "您曾于", "fr": "Vous avez déclaré"}


def indexed() -> None:
    """Let declared lines be copied."""
    mine = next(one for one in SUBSCRIPTIONS if one.consumer == "classification.lines")
    while relay(mine, at=now()):
        pass


def asked(hs: str, description: str = ROUTER, **more: Any) -> list[LineWarning]:
    """What the demo enterprise is told of one line."""
    line = LineAsked(number=1, hs=hs, description=description, **more)
    return warnings_for(lines=[line], tax_code=ENTERPRISE, on=today())


def test_own_earlier_lines_under_another_code_are_told_and_no_other_trader_s(customs: World) -> None:
    number = lodged(customs).partition(":")[2]
    indexed()
    for text, exact in ((ROUTER, True), (ROUTER.upper(), True), (ROUTER.replace("AX3000", "AX3200"), False)):
        told = asked("85176251", text)
        assert [(one.kind, one.values["other"], one.declaration, one.exact) for one in told] == [
            ("own_history", "85176249", number, exact)
        ]
    assert asked("8517.62.49") == []
    assert asked("85176251", "Máy sấy tóc cầm tay") == []
    line = LineAsked(number=1, hs="85176251", description=ROUTER)
    assert warnings_for(lines=[line], tax_code=OTHER_ENTERPRISE, on=today()) == []
    assert warnings_for(lines=[line], tax_code="", on=today()) == []
    assert warnings_for(lines=[line], tax_code=ENTERPRISE, on=today(), apart_from=int(number[:11])) == []
    customs.run_sql("UPDATE classification_declaredline SET live = false")
    assert asked("85176251") == []


def test_goods_parted_by_a_deciding_attribute_are_not_the_same(customs: World) -> None:
    lodged(customs, lines=tuple(with_text("Quạt hút thông gió âm trần loại lớn mẫu HV, công suất 100 W")))
    indexed()
    near = "Quạt hút thông gió âm trần loại lớn mẫu HV, công suất 110 W"
    assert [one.kind for one in asked("84145110", near)] == ["own_history"]
    assert asked("84145110", near.replace("110 W", "0,2 kW")) == []


def with_text(text: str) -> list[Any]:
    """The lines of the declaration, the last one with another description."""
    *others, last = import_document().lines
    return [*others, msgspec.structs.replace(last, description=text)]


def test_contradictions_are_told_as_far_as_the_trader_may_know_them(customs: World) -> None:
    entered(customs, number="all")
    entered(customs, number="mine", addressee=ENTERPRISE)
    entered(customs, number="theirs", addressee=OTHER_ENTERPRISE)
    told = asked("85176249")
    assert [(one.kind, one.values["number"]) for one in told] == [
        ("contradicts_own_guidance", "mine"),
        ("contradicts_precedent", "all"),
    ]
    assert told[0].code == Code.TQ_CLS_071
    assert asked("85176251") == []
    assert [one.kind for one in asked("85176251", rulings=("theirs",))] == ["ruling_not_yours"]
    assert [one.kind for one in asked("84145999", FAN, rulings=("mine",))] == ["contradicts_own_guidance"]


def test_a_published_ruling_warns_others_without_its_applicant(customs: World) -> None:
    issued(customs, hs="85176249")
    line = LineAsked(number=1, hs="85176251", description=f"{ROUTER}, có chip xử lý lượng tử XQ-9")
    told = warnings_for(lines=[line], tax_code=OTHER_ENTERPRISE, on=today())
    assert [one.kind for one in told] == ["contradicts_precedent"]
    assert ENTERPRISE not in str(told)


@pytest.mark.parametrize("language", WORDS)
def test_the_lodge_form_warns_while_it_is_typed(customs: World, language: str) -> None:
    number = lodged(customs).partition(":")[2]
    indexed()
    entered(customs, addressee=ENTERPRISE, hs="85176252")
    actor, trader = customs.actor("declarant"), customs.client("declarant")
    fields = {"trader.tax_code": ENTERPRISE}
    draft = start_draft(actor=actor, content={"flow": "import", "fields": fields, "lines": []}, at=now()).pk
    page = trader.get(f"/declarations/draft/{draft}/").content.decode()
    address = f"/declarations/draft/{draft}/goods"
    assert f'hx-post="{address}"' in page
    typed = {"trader.tax_code": ENTERPRISE, "lines[0].hs": "85176251", "lines[0].description": ROUTER}
    answer = trader.post(address, typed, headers={"accept-language": language})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert WORDS[language] in text
    assert f"/declarations/{number}/" in text
    assert "85176252" in text
    assert trader.get(address).status_code == 302
    assert customs.client("broker").post(address, typed).status_code == 404


def test_the_check_of_a_draft_tells_it_too(customs: World) -> None:
    """The page's check and the API's trial of a whole document: warnings that refuse nothing."""
    number = lodged(customs).partition(":")[2]
    indexed()
    document = import_document(invoice="GX-2611-777")
    lines = [msgspec.structs.replace(one, hs="85176251") if one.number == 3 else one for one in document.lines]
    document = msgspec.structs.replace(document, lines=tuple(lines))
    answer = customs.api("declarant").post("/api/v1/declarations/decide", as_json(document), JSON).json()
    [told] = [one for one in answer["faults"] if one["code"] == "TQ-CLS-072"]
    assert (told["severity"], told["path"], told["line"]) == ("warning", "lines[2].hs", 3)
    assert number in told["message"] + told["remedy"]
    assert "amend" in told["remedy"].lower()
    content = content_of(document)
    actor = customs.actor("declarant")
    draft = start_draft(actor=actor, content=content.stored(), at=now()).pk
    client = customs.client("declarant")
    client.cookies["language"] = "en"
    typed = {**content.fields, "lines[0].hs": "85176251", "lines[0].description": ROUTER}
    page = client.post(f"/declarations/draft/{draft}/check", typed, headers={"HX-Request": "true"}).content.decode()
    assert "TQ-CLS-072" in page
    another = msgspec.structs.replace(document, trader=Party(name="Công ty khác", tax_code=OTHER_ENTERPRISE))
    neighbor = customs.api("declarant").post("/api/v1/declarations/decide", as_json(another), JSON)
    assert neighbor.status_code == 403
    assert "TQ-CLS-072" not in neighbor.content.decode()


def test_programs_ask_before_lodging(customs: World) -> None:
    number = lodged(customs).partition(":")[2]
    indexed()
    program = customs.api("declarant")
    line = {"number": 3, "hs": "85176251", "description": ROUTER}
    told = program.post(API, {"tax_code": ENTERPRISE, "lines": [line]}, content_type=JSON).json()["warnings"]
    assert [(one["kind"], one["declaration"], one["line"], one["severity"]) for one in told] == [
        ("own_history", number, 3, "warning")
    ]
    many = [{**line, "number": place} for place in range(51)]
    assert program.post(API, {"tax_code": ENTERPRISE, "lines": many}, content_type=JSON).status_code == 422
    assert program.post(API, {"tax_code": ENTERPRISE, "lines": [{"x": 1}]}, content_type=JSON).status_code == 422


@pytest.mark.parametrize("text", ["", "😀", "x" * 10_000, "123", "<script>", "'; DROP TABLE x; --", "рouter 机器"])
def test_any_line_gets_a_clear_answer(customs: World, text: str) -> None:
    lodged(customs)
    indexed()
    line = {"number": 1, "hs": text[:30], "description": text, "rulings": [text[:50]]}
    answer = customs.api("declarant").post(API, {"tax_code": ENTERPRISE, "lines": [line]}, content_type=JSON)
    assert answer.status_code == 200


def test_a_stranger_is_told_nothing(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.post(API, {}, content_type=JSON).status_code == 401
    assert stranger.post("/declarations/draft/1/goods").status_code in (302, 403)


def test_a_neighbor_learns_nothing_of_another_enterprise(customs: World) -> None:
    lodged(customs)
    indexed()
    line = {"number": 1, "hs": "85176251", "description": ROUTER}
    for role in ("declarant", "clearance_officer"):
        answer = customs.api(role).post(API, {"tax_code": OTHER_ENTERPRISE, "lines": [line]}, content_type=JSON)
        assert answer.status_code == 403
    officer = customs.api("clearance_officer")
    assert officer.post(API, {"tax_code": ENTERPRISE, "lines": [line]}, content_type=JSON).status_code == 403
