"""Declared lines held against what customs ruled: from the outbox, and an honest doubt told apart from guidance."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils.translation import override

from tests.base.attachments.office import lodged
from tests.clearance.classification.rulings.given import FAN, ROUTER, entered
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import relay
from thongquan.base.core.sentences import sentence
from thongquan.clearance.classification.models import PrecedentMet
from thongquan.clearance.classification.operations.meeting import LineGiven, hold_against_precedents, judge_met
from thongquan.clearance.classification.queries.precedents import MetShown, contradictions, precedents_met
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.rules.codes import Code
from thongquan.rules.document import Document, Reference

AGAINST, API = "/classification/precedents/against/", "/api/v1/classification/precedents/contradicted"


def relayed() -> None:
    """Let the handler come to everything that is settled."""
    mine = next(one for one in SUBSCRIPTIONS if one.consumer == "classification.precedents")
    while relay(mine, at=now()):
        pass


def declared(customs: World, **changes: Any) -> tuple[str, list[MetShown]]:
    """A lodged declaration and what its lines met."""
    subject = lodged(customs, **changes)
    relayed()
    return subject, precedents_met(subject)


def naming(number: str) -> Document:
    """The declaration whose third line names a ruling."""
    document = import_document()
    lines = list(document.lines)
    lines[2] = msgspec.structs.replace(lines[2], permits=(Reference(kind="AR", number=number),))
    return msgspec.structs.replace(document, lines=tuple(lines))


def test_guidance_to_the_same_declarant_is_told_apart_from_an_honest_doubt(customs: World) -> None:
    entered(customs)
    entered(customs, number="2", addressee=ENTERPRISE)
    entered(customs, number="3", addressee=OTHER_ENTERPRISE)
    _subject, met = declared(customs)
    assert [(one.line, one.kind, one.precedent.number) for one in met] == [
        (3, "contradicts_own_guidance", "2"),
        (3, "contradicts_precedent", "3"),
        (3, "contradicts_precedent", "123/TB-KĐHQ"),
    ]
    reasons = [one.reason for one in met]
    assert [one.code if one else "" for one in reasons] == [Code.TQ_CLS_071, Code.TQ_CLS_070, Code.TQ_CLS_070]
    for language in ("vi", "en", "zh-hans", "fr"):
        with override(language):
            own, other = (sentence(one) for one in reasons[:2] if one)
            assert own.text != other.text
            assert own.basis != other.basis
            assert "169/2026" in own.basis
            assert "85176249" in own.text
            assert "85176251" in own.text


def test_a_code_as_ruled_is_no_finding_and_counts_as_a_use(customs: World) -> None:
    key = entered(customs, hs="851762")
    _subject, met = declared(customs)
    assert [(one.kind, one.reason) for one in met] == [("agrees", None)]
    assert contradictions(actor=customs.actor("team_leader")) == ([], False)
    assert "1" in customs.client("clearance_officer").get(f"/classification/precedents/{key}/").content.decode()


def test_a_line_may_name_the_ruling_it_follows_and_only_its_own(customs: World) -> None:
    entered(customs, kind="ruling", number="R9", addressee=ENTERPRISE, description=FAN, hs="85176249")
    entered(customs, kind="ruling", number="S9", addressee=OTHER_ENTERPRISE, description=FAN, hs="85176249")
    for number, expected in (("R9", [(3, True, "agrees")]), ("S9", [])):
        subject = lodged(customs, lines=naming(number).lines, invoice=f"N-{number}")
        relayed()
        assert [(one.line, one.named, one.kind) for one in precedents_met(subject) if one.line == 3] == expected


def test_looking_again_changes_nothing_and_an_answer_stays_until_the_line_changes(customs: World) -> None:
    key, officer = entered(customs), customs.actor("clearance_officer")
    subject, met = declared(customs)
    judge_met(actor=officer, met=met[0].id, outcome="other_goods", words="Khác tần số", at=now())

    def look(code: str) -> int:
        line = LineGiven(number=3, hs=code, description=ROUTER)
        on = met[0].on
        return hold_against_precedents(
            subject=subject, office="15BB", tax_code=ENTERPRISE, on=on, lines=[line], at=now()
        )

    assert look("85176249") == 0
    assert PrecedentMet.objects.get().outcome == "other_goods"
    assert look("85176241") == 1
    assert PrecedentMet.objects.get().outcome == ""
    assert look("85176251") == 0
    assert [one.kind for one in precedents_met(subject)] == ["agrees"]
    hold_against_precedents(subject=subject, office="15BB", tax_code=ENTERPRISE, on=met[0].on, lines=[], at=now())
    assert precedents_met(subject) == []
    assert met[0].precedent.id == key
    sealed = customs.run_sql("SELECT action FROM ledger_entry WHERE action LIKE 'classification.%%' ORDER BY id")
    assert [row[0] for row in sealed if row[0] != "classification.attributes_loaded"] == [
        "classification.precedent_entered",
        "classification.contradicts_precedent",
        "classification.met_judged",
        "classification.contradicts_precedent",
    ]


def test_a_bad_answer_tells_everything_and_keeps_nothing(customs: World) -> None:
    entered(customs)
    _subject, met = declared(customs)
    officer = customs.actor("clearance_officer")
    with pytest.raises(Refused) as refused:
        judge_met(actor=officer, met=met[0].id, outcome="mood", words=" ", at=now())
    assert [fault.code for fault in refused.value.faults] == [Code.TQ_CLS_046, Code.TQ_CLS_045]
    with pytest.raises(NotFound):
        judge_met(actor=officer, met=10**30, outcome="wrong_code", words="x", at=now())
    client = customs.client("clearance_officer")
    assert client.post(f"{AGAINST}{met[0].id}", {"outcome": "wrong_code", "words": ""}).status_code == 422
    assert PrecedentMet.objects.get().outcome == ""


def test_officers_judge_on_the_page_and_over_http(customs: World) -> None:
    entered(customs)
    entered(customs, number="2", addressee=ENTERPRISE)
    _subject, met = declared(customs)
    officer, program = customs.client("clearance_officer"), customs.api("clearance_officer")
    shown = officer.get(AGAINST, headers={"accept-language": "en"}).content.decode()
    assert shown.index("Against guidance given to this declarant") < shown.index("Honest doubt")
    assert [one["kind"] for one in program.get(API).json()] == ["contradicts_own_guidance", "contradicts_precedent"]
    assert officer.post(f"{AGAINST}{met[0].id}", {"outcome": "wrong_code", "words": "Sai"}).status_code == 302
    given = {"outcome": "wrong_precedent", "words": "Cũ"}
    assert program.post(f"{API}/{met[1].id}", given, content_type="application/json").status_code == 200
    assert program.get(API).json() == []
    assert officer.get(f"{AGAINST}{met[0].id}").status_code == 302


def test_a_stranger_sees_no_contradictions(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(AGAINST).status_code in (302, 403)
    assert stranger.post(f"{AGAINST}1").status_code in (302, 403)
    assert stranger.get(API).status_code == 401


def test_a_neighbor_office_sees_and_judges_none_of_them(customs: World) -> None:
    entered(customs)
    subject = lodged(customs, office="20BB")
    relayed()
    met = precedents_met(subject)[0]
    neighbor, program = customs.client("clearance_officer"), customs.api("clearance_officer")
    assert subject.partition(":")[2] not in neighbor.get(AGAINST).content.decode()
    assert program.get(API).json() == []
    good = {"outcome": "wrong_code", "words": "x"}
    assert neighbor.post(f"{AGAINST}{met.id}", good).status_code == 404
    assert program.post(f"{API}/{met.id}", good, content_type="application/json").status_code == 404
    assert customs.client("declarant").post(f"{AGAINST}{met.id}", good).status_code in (403, 404)
