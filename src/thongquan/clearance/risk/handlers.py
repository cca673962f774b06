"""Answers to events of rooms below: decided acts of violation, closed verifications of origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.risk.operations.copying import keep_acts
from thongquan.clearance.risk.operations.proofs import Verdict, keep_verdicts

VIOLATIONS = frozenset({"violation.decided", "violation.annulled", "violation.withdrawn"})
VERIFICATIONS = frozenset({"origin.verification.closed"})


class _Whose(msgspec.Struct, frozen=True):
    """The trader of a case: all that is wanted of the message."""

    tax_code: str = ""


def follow_violations(messages: Sequence[Message]) -> None:
    """Copy anew the acts of the traders whose cases changed."""
    codes = {msgspec.json.decode(message.payload, type=_Whose).tax_code for message in messages} - {""}
    keep_acts(codes, at=messages[-1].at)


class _Certificate(msgspec.Struct, frozen=True):
    """A certificate of a closed case: whether it was refused, whole or in some lines."""

    number: str
    wrong: bool


class _Closed(msgspec.Struct, frozen=True, kw_only=True):
    """A closed case as `docs/events.md` gives it. Messages of before the names were told say nothing of parties."""

    verification: int
    agreement: str
    outcome: str
    why: str
    country: str = ""
    issuer: str = ""
    exporter: str = ""
    tax_code: str = ""
    certificates: tuple[_Certificate, ...] = ()
    subjects: dict[str, dict[str, list[int]]] = {}


def follow_verifications(messages: Sequence[Message]) -> None:
    """Keep what closed verifications came to, by certificate. Idempotent."""
    told = [(msgspec.json.decode(message.payload, type=_Closed), message.at) for message in messages]
    found = {(one.verification, one.number): one for case, at in told for one in _verdicts(case, at)}
    if found:
        keep_verdicts(list(found.values()))


def _verdicts(case: _Closed, at: datetime) -> Iterator[Verdict]:
    for one in case.certificates:
        used = {subject.partition(":")[2]: lines.get(one.number, []) for subject, lines in case.subjects.items()}
        yield Verdict(
            verification=case.verification,
            number=one.number,
            agreement=case.agreement,
            country=case.country,
            issuer=case.issuer,
            exporter=case.exporter,
            tax_code=case.tax_code,
            by_chance=case.why == "random",
            wrong=one.wrong,
            uses={number: lines for number, lines in used.items() if lines} if one.wrong else {},
            closed_at=at,
        )
