"""What the model learns from: lines as they were lodged, and what became known of them, each at its own moment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import numpy as np

from tests.clearance.control.yard import filled_check, officers
from tests.clearance.control.yard import lodged as lodged_by
from tests.clearance.risk.cases import heard, lodged
from tests.clearance.risk.own import FIRST, lodged_world, world
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import Message
from thongquan.clearance.control.operations.checks import conclude_document_check
from thongquan.clearance.risk.models import Outcome, TradeLine, VerifiedProof
from thongquan.clearance.risk.queries.trade import own_findings, own_trade
from thongquan.config.risk_outcomes import catch_up, follow, more_owed
from thongquan.learning.risk import features_of
from thongquan.learning.risk.trade import AMOUNTS, CODED
from thongquan.rules.decision import Decision, LineDuties


def judged(number: str, partner: str, verdict: str, *, kind: str = "classification.judged") -> Message:
    """A message as the room of classification announces it (docs/events.md)."""
    told = {
        "declaration": f"declaration:{number}",
        "line": 1,
        "verdict": verdict,
        "codes": ["85176299", "85287292"],
        "partner": {"declaration": f"declaration:{partner}", "line": 2},
    }
    return Message(1, 1, kind, "twocodes:1", msgspec.json.encode(told), now())


def labels() -> set[tuple[Any, ...]]:
    return set(Outcome.objects.values_list("number", "line", "source", "found"))


def test_a_lodged_line_is_kept_as_a_world_would_tell_it(customs: World) -> None:
    number = lodged(customs)
    heard()
    rows = TradeLine.objects.filter(number=number).order_by("line")
    assert len(rows) == 5
    words, numbers = dict(zip(CODED, rows[0].coded, strict=True)), dict(zip(AMOUNTS, rows[0].amounts, strict=True))
    assert (words["firm"], words["hs"], words["office"]) == (ENTERPRISE, "08081000", "15BB")
    assert words["text"] == (words["text"] or "").lower()
    value, customs_value = numbers["value"] or 0.0, numbers["customs_value"] or 0.0
    assert 0 < value * 20_000 < customs_value < value * 30_000
    assert numbers["head_lines"] == 5
    assert numbers["unit_price"] == value / (numbers["quantity"] or 0.0)
    assert words["crew"] is None
    assert len(own_trade(now() + timedelta(minutes=1))) == 5
    assert len(own_trade(now() - timedelta(hours=1))) == 0


def test_what_a_check_found_is_a_label_of_its_line_and_the_others_are_clean(customs: World) -> None:
    at = now()
    officer, *_others = officers(customs, at)
    number = lodged_by(customs, at, channel=2)
    filled_check(officer, number, at, origin="VN")
    conclude_document_check(actor=officer, number=number, at=at, note="Xuất xứ khác")
    heard()
    found = {line for _number, line, source, is_found in labels() if source == "inspection" and is_found}
    assert found == {1}
    assert len(labels()) == 5
    trade = own_trade(now() + timedelta(minutes=1))
    told = own_findings(trade, np.full(len(trade), 1e6), now() + timedelta(minutes=1))
    assert told.findings.revealed.fraud.sum() == 1
    assert told.findings.evaded[told.findings.revealed.fraud > 0] > 0
    before = own_findings(trade, np.full(len(trade), 1e6), at - timedelta(minutes=1))
    assert not len(before.findings.revealed.row)


def test_judged_codes_are_labels_and_leave_when_they_are_taken_back(customs: World) -> None:
    follow([judged("100000000001", "100000000002", "second")])
    assert labels() == {("100000000001", 1, "codes", True), ("100000000002", 2, "codes", False)}
    follow([judged("100000000001", "100000000002", "neither")])
    assert {found for *_who, found in labels()} == {True}
    follow([judged("100000000001", "100000000002", "analysis")])
    follow([judged("100000000001", "100000000002", "neither", kind="classification.outcome_taken_back")])
    assert labels() == set()


def test_an_audit_labels_every_line_by_what_it_owes_since(customs: World) -> None:
    number = lodged(customs)
    heard()
    audited = Message(1, 1, "declaration.audit", f"declaration:{number}", b"{}", now() + timedelta(days=200))
    follow([audited])
    rows = Outcome.objects.filter(number=number, source="audit")
    assert {(row.found, row.evaded_vnd, row.known_at) for row in rows} == {(False, Decimal(0), audited.at)}
    assert len(rows) == 5
    trade = own_trade(now() + timedelta(minutes=1))
    potential = np.full(len(trade), 1e6)
    assert not len(own_findings(trade, potential, now() + timedelta(days=199)).findings.revealed.row)
    assert len(own_findings(trade, potential, now() + timedelta(days=201)).findings.revealed.row) == 5


def test_what_a_line_owes_more_is_counted_with_what_is_secured() -> None:
    def decided(*owed: tuple[int, int]) -> Decision:
        lines = [
            LineDuties(number=place, value_vnd=Decimal(100), due_vnd=Decimal(due), secured_vnd=Decimal(secured))
            for place, (due, secured) in enumerate(owed, 1)
        ]
        return Decision(accepted=True, lines=tuple(lines))

    before, after = decided((10, 0), (20, 5), (30, 0)), decided((10, 0), (30, 0), (25, 0), (4, 0))
    assert more_owed(before, after) == {1: 0, 2: 5, 3: 0, 4: 4}


def test_a_certificate_refused_by_its_authority_labels_the_lines_that_used_it(customs: World) -> None:
    at = lodged_world()
    trade = own_trade(at)
    number, line = str(int(trade.declaration[7])), int(trade.line[7])
    made = {"number": "E1", "agreement": "ACFTA", "country": "CN", "tax_code": ENTERPRISE, "by_chance": False}
    VerifiedProof.objects.create(verification=1, wrong=True, uses={number: [line]}, closed_at=at, **made)
    potential = np.full(len(trade), 1e6)
    assert "certificate" not in own_findings(trade, potential, at).counted.found
    after = own_findings(trade, potential, at + timedelta(seconds=1))
    assert after.counted.found["certificate"] == 1
    assert after.findings.revealed.fraud[after.findings.revealed.row == 7] == 1


def test_features_of_own_records_are_those_of_a_world(customs: World) -> None:
    """One definition: the same trade, read from the database and from the files of a world, gives the same numbers."""
    at = lodged_world()
    trade, told = world()
    mine = own_trade(at)
    assert (mine.declaration - FIRST == trade.declaration).all()
    ours, theirs = features_of(mine), features_of(trade)
    assert ours.names == theirs.names
    np.testing.assert_allclose(ours.values, theirs.values, rtol=1e-5, equal_nan=True)
    found = own_findings(mine, np.full(len(mine), 1e6), at).findings.revealed
    assert found.fraud.sum() == sum(is_fraud for *_who, when, is_fraud in told if when < at)


def test_what_was_never_handed_over_is_caught_up_once(customs: World) -> None:
    lodged(customs)
    assert catch_up() == 1
    assert TradeLine.objects.count() == 5
    assert catch_up() == 0
