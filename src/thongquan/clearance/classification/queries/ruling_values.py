"""Values of advance rulings: applications, questions, clocks and what is published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from thongquan.rules.terms import Left

GOODS_FIELDS = ("goods", "description", "composition", "process", "use", "maker", "own_reasons")
"""What the applicant tells of the goods; each may be marked as a trade secret."""


class RulingClock(msgspec.Struct, frozen=True, kw_only=True):
    """A term of an application: intake, decision or answer. `stopped_at` when it ended."""

    name: str
    for_whom: str
    due_at: datetime
    stopped_at: datetime | None
    working: bool
    source: str
    verified: bool
    left: Left

    @property
    def runs(self) -> bool:
        """Whether it is still running."""
        return self.stopped_at is None


class RulingRow(msgspec.Struct, frozen=True, kw_only=True):
    """An application of a list; `clock` is the running one that matters most."""

    id: int
    office: str
    tax_code: str
    trader_name: str
    goods: str
    own_hs: str
    state: str
    outcome: str
    hs: str
    number: str
    valid_from: date | None
    valid_to: date | None
    opened_at: datetime
    clock: RulingClock | None


class RulingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the applicant was asked, and the answer when there is one."""

    words: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class RulingStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str
    data: dict[str, Any]


class RulingFile(msgspec.Struct, frozen=True, kw_only=True):
    """An application as one person may read it; `works` tells an officer of its office from the applicant.

    What is proposed and not signed yet (`outcome`, `hs`, `reasons`, `ground`) is for officers only.
    """

    row: RulingRow
    description: str
    composition: str
    process: str
    use: str
    maker: str
    secret: tuple[str, ...]
    own_reasons: str
    complex: bool
    reasons: str
    ground: str
    questions: tuple[RulingQuestion, ...]
    clocks: tuple[RulingClock, ...]
    events: tuple[RulingStep, ...]
    precedent: int | None
    works: bool


class PublishedRuling(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling, or a notice on goods that stood under two codes, as anyone may read it.

    No applicant, no trader, no office file, nothing that was marked as a trade secret. `valid_to` is None where the
    document names no end. `kind`: ruling or notice.
    """

    number: str
    office: str
    hs: str
    goods: str
    description: str
    composition: str
    process: str
    use: str
    maker: str
    reasons: str
    valid_from: date
    valid_to: date | None
    in_force: bool
    kind: str = "ruling"


def ruling_name(key: int) -> str:
    """How people call an application."""
    return f"XDT-{key:06d}"


def ruling_number(key: int, office: str) -> str:
    """The number of a ruling, as it stands on the paper."""
    return f"{key:05d}/TB-XDTMS-{office}"
