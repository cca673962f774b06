"""Where a version of the model of risk stands, how far it is let in, and the steps that two people take.

Legal basis: Customs Law 54/2014/QH13 Art. 17; Circular 81/2019/TT-BTC Art. 5-7. A model adds controls and takes none
away; it is let in step by step, and back in one.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """One version is the champion. A challenger is new and compared week by week; a shadow is compared for longer, by
    a person's wish; what was replaced or left aside is retired, its files kept to fall back to."""

    CHALLENGER = "challenger"
    SHADOW = "shadow"
    CHAMPION = "champion"
    RETIRED = "retired"


class Mode(StrEnum):
    """How far the champion is let in: it scores and nobody sees it, officers see what it says, it opens goods."""

    SHADOW = "shadow"
    INFORMED = "informed"
    ACTIVE = "active"


class Step(StrEnum):
    """What happens to a version; `fall` and `return_seat` are the program's."""

    REGISTER = "register"
    PROPOSE = "propose"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    WATCH = "watch"
    RETIRE = "retire"
    RETREAT = "retreat"
    REPLACED = "replaced"
    FALL = "fall"


class Asked(StrEnum):
    """What a proposal asks for: the seat of the champion, or the next mode for who holds it."""

    SEAT = "seat"
    MODE = "mode"


class Trouble(StrEnum):
    """Why a version cannot be relied on."""

    MISSING = "missing"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    DRIFT = "drift"


MODES = tuple(Mode)
NEXT: dict[Mode, Mode] = {Mode.SHADOW: Mode.INFORMED, Mode.INFORMED: Mode.ACTIVE}
"""One step at a time: nothing opens goods that was not read by officers first."""
BACK: dict[Mode, Mode] = {Mode.ACTIVE: Mode.INFORMED, Mode.INFORMED: Mode.SHADOW}
SEATABLE = frozenset({Role.CHALLENGER, Role.SHADOW, Role.RETIRED})


def not_beyond(one: Mode, other: Mode) -> Mode:
    """The more cautious of two modes."""
    return MODES[min(MODES.index(one), MODES.index(other))]
