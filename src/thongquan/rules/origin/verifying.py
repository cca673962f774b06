"""Verification of a proof of origin in doubt: its clocks, and what an answer comes to. Pure.

Legal basis: Circular 33/2023/TT-BTC Art. 15.4 (the declarant amends within 5 working days of a refusal), 19
(explanation 5 working days, documents on the criterion 10 days, report to headquarters 5 working days from a moment
that the law at hand does not name, so an officer starts it; 180 days in all, MFN meanwhile), 20 (consent to a visit 30
days); the days of the exporting party to answer are those of the agreement.

Lengths are dated rows of the law with their own source; one that the law in hand does not give starts no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from thongquan.rules.origin.findings import OriginFinding
from thongquan.rules.parts import Frozen
from thongquan.rules.terms import Terms

Side = Literal["trader", "authority", "customs"]
Answer = Literal["genuine", "not_genuine", "no_answer", "criterion", "partly"]
Outcome = Literal["accepted", "refused", "partly"]
OUTCOMES: dict[str, Outcome] = {
    "genuine": "accepted",
    "not_genuine": "refused",
    "no_answer": "refused",
    "criterion": "refused",
    "partly": "partly",
}
"""What each answer of the authority comes to; without one customs decides by what the trader explained."""


class Doubt(Frozen, frozen=True, kw_only=True):
    """Why a certificate is verified: a finding of its check carried over, or words of an officer."""

    certificate: int
    finding: OriginFinding | None = None
    words: str = ""


class Step(Frozen, frozen=True, kw_only=True):
    """What happened in a case, as clocks read it. `about` ties an answer to what it answers."""

    name: str
    at: datetime
    about: int = 0
    outcome: str = ""


class VerificationClock(Frozen, frozen=True, kw_only=True):
    """A clock of a case; `source` and `verified` are those of its length in the law."""

    name: str
    for_whom: Side
    began_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    working: bool
    source: str
    verified: bool
    about: int = 0

    def runs(self) -> bool:
        """Whether it still runs."""
        return self.stopped_at is None


class Kind(Frozen, frozen=True, kw_only=True):
    """A kind of clock: the step that starts it, the one that stops it, its length, one that makes it longer."""

    name: str
    starts: str
    stops: str
    length: str
    for_whom: Side
    more_on: str = ""
    more: str = ""


KINDS = (
    Kind(name="total", starts="open", stops="close", length="origin_verification_days", for_whom="customs"),
    Kind(name="explanation", starts="explain", stops="answer", length="origin_explanation_days", for_whom="trader"),
    Kind(name="documents", starts="documents", stops="answer", length="criterion_documents_days", for_whom="trader"),
    Kind(
        name="reply",
        starts="sign_request",
        stops="record",
        length="answer_days",
        for_whom="authority",
        more_on="sign_reminder",
        more="answer_more_days",
    ),
    Kind(name="report", starts="report_due", stops="report", length="headquarters_report_days", for_whom="customs"),
    Kind(name="consent", starts="sign_visit", stops="consent", length="consent_days", for_whom="authority"),
    Kind(name="amendment", starts="close_refused", stops="", length="amendment_days", for_whom="trader"),
)
_SPOKEN = {kind.name for kind in KINDS if kind.stops == "answer"}


def clocks_of(steps: Sequence[Step], terms: Terms) -> tuple[VerificationClock, ...]:
    """Every clock of a case, running ones first, each in the order in which it ends."""
    found = [clock for kind in KINDS for clock in _of_kind(kind, steps, terms)]
    return tuple(sorted(found, key=lambda one: (not one.runs(), one.due_at)))


def clock_that_matters(clocks: Iterable[VerificationClock], side: Side | None = None) -> VerificationClock | None:
    """The running clock that is due first, those of one's own side before the others."""
    running = [one for one in clocks if one.runs()]
    return min(running, key=lambda one: (one.for_whom != side if side else False, one.due_at), default=None)


def _of_kind(kind: Kind, steps: Sequence[Step], terms: Terms) -> Iterable[VerificationClock]:
    for place, step in enumerate(steps):
        if step.name != kind.starts and f"{step.name}_{step.outcome}" != kind.starts:
            continue
        term = terms.begin(kind.length, step.at)
        if term is None:
            continue
        later = steps[place + 1 :]
        stop = next((one for one in later if _stops(kind, step, one)), None)
        if kind.more and any(one.name == kind.more_on for one in later):
            term = terms.extend(term, kind.more, step.at)
        yield VerificationClock(
            name=kind.name,
            for_whom=kind.for_whom,
            began_at=step.at,
            due_at=term.due_at,
            stopped_at=stop.at if stop else None,
            working=term.working,
            source=term.source,
            verified=term.verified,
            about=step.about,
        )


def _stops(kind: Kind, start: Step, one: Step) -> bool:
    """A question ends with its own answer, a report only when it is made, everything else with the case."""
    if one.name == kind.stops:
        return kind.name not in _SPOKEN or one.about == start.about
    return one.name == "close" and bool(kind.stops) and kind.name != "report"
