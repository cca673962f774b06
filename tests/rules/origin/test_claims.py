"""What claims under certificates tell: a reason for each outcome that is not simply granted, words for the declarant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.rules.builders import ON, document
from thongquan.rules.clearance import redacted
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, LineDuties
from thongquan.rules.duties import Assessment
from thongquan.rules.origin.certificate import Paper
from thongquan.rules.origin.claims import Claim, left_after, overdrawn, reasons, warnings
from thongquan.rules.origin.declared import Declared
from thongquan.rules.origin.findings import Grade, found
from thongquan.rules.origin.preference import _secured
from thongquan.rules.origin.presented import Presented, Take
from thongquan.rules.origin.result import LineOutcome, Result

PAPER = Paper(agreement="ACFTA", form="E", number="E1")


def claim(result: Result, grade: Grade, code: Code, *, takes: tuple[Take, ...] = ()) -> Claim:
    return Claim(
        presented=Presented(id=7, state="registered", paper=PAPER, left={"1": Decimal(10)}),
        declared=Declared(on=ON),
        findings=(found(code, grade, "16", "hs", line=2),),
        pairs=(),
        outcomes=(LineOutcome(line=2, result=result, codes=(code,), certificate="E1"),),
        takes=takes,
    )


@pytest.mark.parametrize(
    ("result", "grade", "asks"),
    [
        ("refused", "refuse", Code.TQ_CHN_015),
        ("doubt", "doubt", Code.TQ_CHN_016),
        ("guaranteed", "pending", Code.TQ_CHN_017),
    ],
)
def test_each_outcome_asks_for_documents_with_its_article(result: Result, grade: Grade, asks: Code) -> None:
    one = claim(result, grade, Code.TQ_ORI_041)
    (reason,) = reasons([one])
    assert (reason.code, reason.channel, reason.line) == (asks, 2, 2)
    assert reason.source == "Circular 33/2023/TT-BTC Art. 16"
    assert reason.values == {"certificate": "E1", "finding": Code.TQ_ORI_041}
    assert [(told.code, told.severity) for told in warnings([one])] == [(Code.TQ_ORI_041, "warning")]


def test_what_names_a_certificate_of_others_is_for_officers() -> None:
    one = claim("doubt", "doubt", Code.TQ_ORI_052)
    (reason,) = reasons([one])
    assert reason.audience == "officer"
    assert warnings([one]) == []
    decision = Decision(accepted=True, channel=2, reasons=(reason,), origin=one.outcomes)
    told = redacted(decision, "declarant", lodged=True)
    assert [outcome.codes for outcome in told.origin] == [()]
    assert [outcome.codes for outcome in redacted(decision, "officer").origin] == [(Code.TQ_ORI_052,)]


def test_lines_count_the_balance_down_in_their_order() -> None:
    takes = tuple(Take(certificate=7, item=1, line=line, quantity=Decimal(6)) for line in (1, 2))
    (fault,) = overdrawn([claim("granted", "note", Code.TQ_ORI_035, takes=takes)], document(2))
    assert (fault.code, fault.line, fault.path) == (Code.TQ_ORI_053, 2, "lines[1].certificate")
    assert fault.values == {"left": "4", "wanted": "6"}


def test_what_an_earlier_part_took_is_gone() -> None:
    presented = claim("granted", "note", Code.TQ_ORI_035).presented
    takes = [
        Take(certificate=7, item=1, line=1, quantity=Decimal(6)),
        Take(certificate=8, item=1, line=1, quantity=Decimal(6)),
    ]
    assert [one.left for one in left_after([presented], takes)] == [{"1": Decimal(4)}]
    assert left_after([presented], []) == (presented,)


def test_a_difference_under_guarantee_is_secured() -> None:
    lines = tuple(LineDuties(number=number, value_vnd=Decimal(100), due_vnd=Decimal(8)) for number in (1, 2))
    outcome = LineOutcome(line=2, result="guaranteed", difference_vnd=Decimal(5))
    first, second = _secured(Assessment(lines, ""), (outcome,)).lines
    assert first == lines[0]
    assert second == replace(lines[1], secured_vnd=Decimal(5), difference_vnd=Decimal(5))
