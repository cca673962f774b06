"""One act on several declarations: each in a transaction of its own, so that one refusal stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.assigning import (
    assign_declaration,
    give_back_declaration,
    take_declaration,
)
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TAKE, GIVE_BACK, ASSIGN = "take", "give_back", "assign"
ACTS = (TAKE, GIVE_BACK, ASSIGN)
"""What can be done to several at once: none of these decides anything about goods or money."""
MOST_ROWS = 100


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row: done, or refused for these faults; `hidden` when it is not there or not the actor's."""

    number: str
    done: bool
    faults: tuple[Fault, ...] = ()
    hidden: bool = False


def act_on_many(*, actor: Actor, act: str, numbers: Sequence[str], to: str, reason: str, at: datetime) -> list[Outcome]:
    """Do the same to each of these declarations, in order.

    Raises `Refused` with TQ-VIE-007 for none or too many rows, TQ-VIE-008 for what is not done to several at once;
    whatever refuses a single row is told in its outcome.
    """
    check_rows(act, numbers)
    acts: dict[str, Callable[[str], object]] = {
        TAKE: lambda number: take_declaration(actor=actor, number=number, at=at),
        GIVE_BACK: lambda number: give_back_declaration(actor=actor, number=number, reason=reason, at=at),
        ASSIGN: lambda number: assign_declaration(actor=actor, number=number, to=to, reason=reason, at=at),
    }
    return [_outcome(acts[act], number) for number in dict.fromkeys(numbers)]


def check_rows(act: str, numbers: Sequence[str]) -> None:
    """Raises `Refused` as `act_on_many` does before the first row."""
    if act not in ACTS:
        values = {"allowed": ", ".join(ACTS)}
        raise Refused((Fault(code=Code.TQ_VIE_008, path="act", value=act[:40], values=values),))
    count = len(set(numbers))
    if not 1 <= count <= MOST_ROWS:
        raise Refused((Fault(code=Code.TQ_VIE_007, value=str(count), values={"max": str(MOST_ROWS)}),))


def _outcome(act: Callable[[str], object], number: str) -> Outcome:
    try:
        act(number)
    except Refused as refusal:
        return Outcome(number=number, done=False, faults=tuple(refusal.faults))
    except (NotFound, NotAllowed):
        return Outcome(number=number, done=False, hidden=True)
    return Outcome(number=number, done=True)
