"""Applications for advance rulings as those in them may read them, their clocks, and rulings as everyone may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import Ruling, RulingEvent
from thongquan.clearance.classification.permissions import may, offices_for, own_enterprises
from thongquan.clearance.classification.queries.ruling_values import (
    GOODS_FIELDS,
    PublishedRuling,
    RulingClock,
    RulingFile,
    RulingQuestion,
    RulingRow,
    RulingStep,
)
from thongquan.clearance.classification.ruling_states import APPLY, RULE, WORK, RulingAct, RulingState
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.calendars import calendar_of
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.rules.law import Parameter
from thongquan.rules.redaction import redacted
from thongquan.rules.terms import Terms, left_of
from thongquan.rules.text import fold

DECIDED = (RulingState.ISSUED, RulingState.REVOKING, RulingState.REFUSED, RulingState.REVOKED)
OPEN_TO_CUSTOMS = (RulingState.FILED, RulingState.RECEIVED, RulingState.PROPOSED, RulingState.REVOKING)
INTAKE, DECISION, COMPLEX, ANSWER = (
    "advance_ruling_intake_days",
    "advance_ruling_days",
    "advance_ruling_complex_days",
    "advance_ruling_answer_days",
)
_OFFICERS_ONLY = frozenset({"propose", "send_back", "propose_end", "keep"})
_WORDS_TOLD = frozenset({"give_back", "ask", "answer", "call_complex", "withdraw", "revoke"})
_TERMS: dict[str, tuple[str, str, frozenset[str]]] = {
    "file": ("intake", "customs", frozenset({"receive", "give_back", "withdraw"})),
    "receive": ("decision", "customs", frozenset({"sign", "withdraw"})),
    "ask": ("answer", "trader", frozenset({"answer", "withdraw"})),
}
"""By the step that begins a term: its name, whom it binds, and the steps that end it."""


def subject_of(row: Ruling) -> str:
    """The typed reference of an application."""
    return f"ruling:{row.pk}"


def rulings_in_scope(actor: Actor) -> QuerySet[Ruling]:
    """Applications of the actor's enterprises, and filed ones of the actor's offices."""
    own = Q(tax_code__in=own_enterprises(actor))
    customs = Q(office__in=offices_for(actor, "classification.see")) & ~Q(state=RulingState.DRAFT)
    return Ruling.objects.filter(own | customs)


def rulings(
    *, actor: Actor, at: datetime, state: str = "", text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[RulingRow], bool]:
    """Applications in the actor's scope, newest first, and whether there are more; narrowed by state and words."""
    rows = rulings_in_scope(actor).order_by("-id").prefetch_related("events")
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(goods__icontains=text) | Q(trader_name__icontains=text) | Q(number__icontains=text))
    found = list(rows[offset : offset + limit + 1])
    works = bool(offices_for(actor, "classification.see"))
    return [_row(one, _clocks(one, at), works=works) for one in found[:limit]], len(found) > limit


def ruling_file(*, actor: Actor, ruling: int, at: datetime) -> RulingFile:
    """An application. Raises `NotFound` also for those who may not see it."""
    row = rulings_in_scope(actor).filter(id=ruling).first() if 0 < ruling < 2**63 else None
    if row is None:
        raise NotFound(str(ruling))
    works = may(actor, "classification.see", office=row.office)
    told = works or row.state in DECIDED
    events = list(row.events.order_by("id"))
    kept = row.precedent if row.number and hasattr(row, "precedent") else None
    clocks = _clocks(row, at)
    return RulingFile(
        row=_row(row, clocks, works=works),
        **{name: getattr(row, name) for name in ("description", "composition", "process", "use", "maker")},
        secret=tuple(row.secret),
        own_reasons=row.own_reasons,
        complex=row.complex,
        reasons=row.reasons if told else "",
        ground=row.ground if told else "",
        questions=tuple(_questions(events)),
        clocks=tuple(clocks),
        events=tuple(_step(one, works=works) for one in reversed(events) if works or one.step not in _OFFICERS_ONLY),
        precedent=kept.pk if kept else None,
        works=works,
    )


def may_see_ruling(actor: Actor, subject: str) -> bool:
    """Whether the actor may read the application that a typed reference (`ruling:12`) names."""
    key = subject.partition(":")[2]
    known = key.isascii() and key.isdecimal() and len(key) < 19 and key == str(int(key))
    return known and rulings_in_scope(actor).filter(id=int(key)).exists()


def may_file_ruling(actor: Actor, subject: str) -> str:
    """The owner under which the actor's files come to an open application: enterprise or office; '' for others."""
    if not may_see_ruling(actor, subject):
        return ""
    row = Ruling.objects.get(id=int(subject.partition(":")[2]))
    if row.state in (*DECIDED, RulingState.WITHDRAWN):
        return ""
    if may(actor, APPLY, tax_code=row.tax_code):
        return f"enterprise:{row.tax_code}"
    works = any(may(actor, permission, office=row.office) for permission in (WORK, RULE))
    return f"office:{row.office}" if works else ""


def count_open_rulings(actor: Actor) -> int:
    """Applications that wait for the actor's offices."""
    offices = offices_for(actor, WORK) | offices_for(actor, RULE)
    return Ruling.objects.filter(office__in=offices, state__in=OPEN_TO_CUSTOMS).count() if offices else 0


def published_rulings(*, text: str = "", code: str = "", on: date, most: int = 200) -> list[PublishedRuling]:
    """Rulings for everyone, newest first: narrowed by what may be read of them, never by what is blanked."""
    rows = Ruling.objects.exclude(number="").order_by("-valid_from", "-id")
    if digits := digits_of(code):
        rows = rows.filter(hs__startswith=digits)
    wanted = fold(text).split()[:8]
    found: list[PublishedRuling] = []
    for row in rows.iterator():
        shown = published(row, on)
        words = fold(" ".join([shown.number, shown.hs, shown.reasons, *(getattr(shown, one) for one in _PUBLIC)]))
        if all(word in words for word in wanted):
            found.append(shown)
        if len(found) == most:
            break
    return found


def published_ruling(number: str, *, on: date) -> PublishedRuling | None:
    """One of them by its number."""
    row = Ruling.objects.exclude(number="").filter(number=number[:60].replace("\x00", "")).first()
    return published(row, on) if row else None


_PUBLIC = tuple(name for name in GOODS_FIELDS if name != "own_reasons")


def published(row: Ruling, on: date) -> PublishedRuling:
    """A ruling without its applicant and trade secrets: marked fields are empty, and blanked wherever else they stand.

    The applicant's own reasons are never published.
    """
    secrets = [getattr(row, name) for name in row.secret]
    names = [row.tax_code, row.trader_name, " ".join(row.trader_name.split()[-2:])]
    shown = {name: "" if name in row.secret else redacted(getattr(row, name), [*secrets, *names]) for name in _PUBLIC}
    return PublishedRuling(
        number=row.number,
        office=row.office,
        hs=row.hs,
        **shown,
        reasons=redacted(row.reasons, [*secrets, *names]),
        valid_from=row.valid_from or on,
        valid_to=row.valid_to or on,
        in_force=row.state in (RulingState.ISSUED, RulingState.REVOKING)
        and bool(row.valid_from and row.valid_to and row.valid_from <= on < row.valid_to),
    )


def _row(row: Ruling, clocks: Sequence[RulingClock], *, works: bool) -> RulingRow:
    told = works or row.state in DECIDED
    plain = [one for one in RulingRow.__struct_fields__ if one not in ("clock", "outcome", "hs", "state")]
    state = row.state if works or row.state not in (RulingState.PROPOSED, RulingState.REVOKING) else _TOLD[row.state]
    return RulingRow(
        **{name: getattr(row, name) for name in plain},
        state=state,
        outcome=row.outcome if told else "",
        hs=row.hs if told else "",
        clock=next((one for one in reversed(clocks) if one.runs), None),
    )


_TOLD = {"proposed": "received", "revoking": "issued"}
"""What an applicant is told of a state that is customs' own."""


def _clocks(row: Ruling, at: datetime) -> list[RulingClock]:
    """The terms of an application, derived from its events."""
    terms = Terms(calendar_of(row.office, around=timezone.localdate(row.opened_at)), _parameter)
    events = sorted(row.events.all(), key=lambda one: one.pk)
    found = []
    for place, event in enumerate(events):
        if event.step not in _TERMS:
            continue
        name, side, ends = _TERMS[event.step]
        length = {"intake": INTAKE, "answer": ANSWER}.get(name, COMPLEX if row.complex else DECISION)
        term = terms.begin(length, event.at)
        if term is None:
            continue
        stopped = next((one.at for one in events[place + 1 :] if one.step in ends), None)
        left = left_of(term.due_at, stopped or at, terms.calendar if term.working else None)
        found.append(
            RulingClock(
                name=name,
                for_whom=side,
                due_at=term.due_at,
                stopped_at=stopped,
                working=term.working,
                source=term.source,
                verified=term.verified,
                left=left,
            )
        )
    return found


def _parameter(name: str, on: date) -> Parameter | None:
    return current_law().parameter(name, on)


def _questions(events: Sequence[RulingEvent]) -> Iterable[RulingQuestion]:
    for place, one in enumerate(events):
        if one.step == RulingAct.ASK:
            answer = next((later for later in events[place + 1 :] if later.step == RulingAct.ANSWER), None)
            yield RulingQuestion(
                words=one.words,
                asked_at=one.at,
                answer=answer.words if answer else "",
                answered_at=answer.at if answer else None,
            )


def _step(event: RulingEvent, *, works: bool) -> RulingStep:
    return RulingStep(
        step=event.step,
        at=event.at,
        actor=event.actor if works else "",
        words=event.words if works or event.step in _WORDS_TOLD else "",
        data=event.data if works else {},
    )
