"""What became of the goods of past days: inspected where officers are on duty, and gone once they were cleared.

Legal basis: none of its own; every step is taken through the operation of its room. What an inspection finds is what
really crossed in the practice world.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from thongquan.academy.filing import plate_of
from thongquan.academy.operations.specimens import Kept
from thongquan.academy.worlds import Crossed, Goods
from thongquan.base.accounts.queries import Actor, actor_of_email, demo_people, system_actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.control.operations.acts import note_finding, save_line, sign_act
from thongquan.clearance.control.operations.exits import let_out
from thongquan.clearance.control.operations.inspections import assign_inspection
from thongquan.clearance.control.operations.releasing import clear_goods
from thongquan.clearance.control.operations.slips import issue_slip
from thongquan.clearance.control.queries.inspections import Measured, inspection_file
from thongquan.clearance.declarations.operations import present_goods
from thongquan.clearance.declarations.queries import stand_by_subject
from thongquan.clearance.declarations.states import State

INSPECTION_TAKES, WAY_TO_GATE, BETWEEN = timedelta(minutes=35), timedelta(minutes=25), timedelta(minutes=2)
STAYS_OF = 5
"""Of so many cleared declarations one is still in the yard."""


def inspect_goods(lodged: Sequence[Kept], officer: Actor, first: datetime, at: datetime) -> None:
    """One after the other, as many as there was time for; their office needs officers enough for a draw."""
    for place, one in enumerate(lodged):
        moment = first + place * INSPECTION_TAKES
        if moment + INSPECTION_TAKES > at:
            return
        with suppress(Refused):  # not paid, or it differs from what is declared: it waits, as it would
            _inspect(one, officer, moment)
            clear_goods(actor=officer, number=one.number, at=moment + INSPECTION_TAKES)


def _inspect(one: Kept, officer: Actor, at: datetime) -> None:
    """From the draw to both signatures."""
    filing = one.slot.filing
    trader = system_actor("sample", enterprises=[filing.head.trader_code])
    present_goods(actor=trader, number=one.number, at=at)
    assign_inspection(actor=officer, number=one.number, at=at)
    team = _team(officer, one.number, at)
    for line, truth in zip(filing.lines, filing.truths, strict=True):
        kind, found = _difference(line, truth)
        measured = Measured(line=line.line_no, agrees=not kind)
        save_line(actor=team[0], number=one.number, measured=measured, at=at)
        if kind:
            note_finding(actor=team[0], number=one.number, kind=kind, line=line.line_no, found=found, at=at)
    for place, signing in enumerate(team, 1):
        act = inspection_file(actor=signing, number=one.number).act
        digest = act.digest if act else ""
        sign_act(actor=signing, number=one.number, digest=digest, at=at + INSPECTION_TAKES * place / len(team))


def _team(officer: Actor, number: str, at: datetime) -> list[Actor]:
    """The two officers that were drawn."""
    act = inspection_file(actor=officer, number=number).act
    drawn = {one.officer for one in act.assigned} if act else set()
    return [replace(one, mfa=True) for one in _demo_actors(at) if one.reference in drawn]


def _demo_actors(at: datetime) -> Iterator[Actor]:
    for person in demo_people(at):
        yield actor_of_email(person.email, at)


def _difference(line: Goods, truth: Crossed) -> tuple[str, str]:
    """Kind of finding and what was found, of a line that is not what it says; empty when it is."""
    if truth.hs != line.hs:
        return "code", truth.hs
    if truth.quantity != line.quantity:
        return "quantity", f"{truth.quantity:f}"
    return ("origin", truth.origin) if truth.origin != line.origin else ("", "")


def let_goods_out(lodged: Sequence[Kept], officer: Actor, first: datetime, at: datetime) -> None:
    """Four of five cleared declarations left the afternoon after they were lodged, each on one slip."""
    for place, one in enumerate(lodged):
        moment, stand = first + place * BETWEEN, stand_by_subject(one.subject)
        if moment + WAY_TO_GATE > at:
            return
        if stand is None or stand.state != State.CLEARED or place % STAYS_OF == 0:
            continue
        plate, gate = plate_of(one.slot.filing), one.slot.filing.head.gate
        slip = issue_slip(actor=officer, number=one.number, plate=plate, gate=gate, at=moment)
        let_out(actor=officer, code=slip.serial, plate=plate, gate=gate, at=moment + WAY_TO_GATE)
