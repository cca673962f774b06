"""Values of verifications: cases, questions, letters, what followed, and how people call them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from thongquan.base.signatures.signings import Signing
from thongquan.rules.origin.verifying import Doubt, VerificationClock
from thongquan.rules.terms import Left


class CaseClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of a case with what is left of it, or by how much it is overdue."""

    clock: VerificationClock
    left: Left


class VerificationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case of a list; `clock` is the running one that matters to the reader."""

    id: int
    office: str
    tax_code: str
    trader_name: str
    agreement: str
    country: str
    issuer: str
    exporter: str
    why: str
    state: str
    answer: str
    outcome: str
    opened_at: datetime
    closed_at: datetime | None
    numbers: tuple[str, ...]
    clock: CaseClock | None


class OfCase(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate of a case; `refused` are its lines that were refused."""

    id: int
    number: str
    form: str
    issued_on: date | None
    state: str
    lines: tuple[int, ...]
    refused: tuple[int, ...]


class TraderQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What the trader was asked, and the answer when there is one. `kind`: explain, documents."""

    number: int
    kind: str
    words: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    clock: CaseClock | None


class AuthorityLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a case; unsigned it is a draft."""

    id: int
    number: str
    kind: str
    addressee: str
    languages: tuple[str, ...]
    answer_by: date
    made_at: datetime
    made_by: str
    signed_at: datetime | None
    signed_by: str
    sealed: bool = False


class SignedLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A signed letter as it went out: each language with the signatures in it as they hold now."""

    letter: AuthorityLetter
    papers: tuple[tuple[str, tuple[Signing, ...]], ...]


class FollowedFrom(msgspec.Struct, frozen=True, kw_only=True):
    """What followed for one that used a certificate."""

    subject: str
    what: str
    at: datetime
    details: dict[str, Any]


class VerificationStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str
    data: dict[str, Any]


class VerificationFile(msgspec.Struct, frozen=True, kw_only=True):
    """A case as one person may read it; `works` tells an officer of its office from the trader."""

    row: VerificationRow
    certificates: tuple[OfCase, ...]
    doubts: tuple[Doubt, ...]
    questions: tuple[TraderQuestion, ...]
    letters: tuple[AuthorityLetter, ...]
    clocks: tuple[CaseClock, ...]
    uses: tuple[str, ...]
    followed: tuple[FollowedFrom, ...]
    events: tuple[VerificationStep, ...]
    works: bool


class LetterContent(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter says, before it is written in a language."""

    number: str
    kind: str
    office: str
    addressee: str
    contact: str
    words: str
    agreement: str
    country: str
    exporter: str
    answer_by: date
    on: date
    signed_by: str
    certificates: tuple[tuple[str, str, date | None], ...]
    doubts: tuple[Doubt, ...]


def case_number(key: int) -> str:
    """How people call a case."""
    return f"XM-{key:06d}"


def letter_number(key: int, office: str) -> str:
    """The number of a letter, as it stands under the agency."""
    return f"{key:05d}/XMXX-{office}"
