"""What customs does with an application: looks it through, asks, proposes a decision, and signs it by another person.

Legal basis: Decree 08/2015/NĐ-CP Art. 24 as amended (30 days, 60 in complex cases; valid for at most 3 years).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.classification.models import Ruling
from thongquan.clearance.classification.operations.precedents import (
    PrecedentGiven,
    code_faults,
    store_precedent,
    years_after,
)
from thongquan.clearance.classification.operations.ruling_steps import locked_ruling, needed_words, take
from thongquan.clearance.classification.queries.ruling_values import ruling_name, ruling_number
from thongquan.clearance.classification.ruling_states import RulingAct
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.learning.suggest.knowledge import digits_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

YEARS = "advance_ruling_years"
GROUNDS = "ruling_refusal"
OUTCOMES = ("issued", "refused")
LONG_TEXT = 10_000


def receive_ruling(*, actor: Actor, ruling: int, at: datetime) -> None:
    """Confirm that the file is complete: the term of the decision runs. Raises `NotFound`, `NotAllowed`, `Refused`."""
    with transaction.atomic():
        take(locked_ruling(actor, ruling, RulingAct.RECEIVE), RulingAct.RECEIVE, actor, at)


def give_back_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Give an incomplete file back, saying what is missing. Raises `NotFound`, `NotAllowed`, `Refused` (-046, -050)."""
    _worded(actor, ruling, RulingAct.GIVE_BACK, words, at)


def ask_applicant(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Ask the applicant; the term of the decision runs on. Raises `NotFound`, `NotAllowed`, `Refused` (-046, -050)."""
    _worded(actor, ruling, RulingAct.ASK, words, at)


def call_complex(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Call a case complex, saying why: the longer term counts. Raises `NotFound`, `NotAllowed`, `Refused`."""
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.CALL_COMPLEX)
        row.complex = True
        take(row, RulingAct.CALL_COMPLEX, actor, at, words=needed_words(words), changed=("complex",))


def propose_ruling(
    *,
    actor: Actor,
    ruling: int,
    outcome: str,
    at: datetime,
    hs: str = "",
    reasons: str = "",
    ground: str = "",
    valid_to: date | None = None,
) -> None:
    """Propose a ruling (`issued`: code, reasons, last day) or a refusal (`refused`: ground, reasons) to be signed.

    Raises `NotFound`, `NotAllowed`; `Refused` with every fault: TQ-CLS-040 (code), -042 and -052 (last day), -045
    (outcome, ground), -046 (reasons), -049, -050.
    """
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.PROPOSE)
        told, on = storable(reasons), timezone.localdate(at)
        faults = [] if told else [Fault(code=Code.TQ_CLS_046, path="reasons", values={"field": "ruling.reasons"})]
        if len(told) > LONG_TEXT:
            values = {"field": "ruling.reasons", "limit": str(LONG_TEXT)}
            faults.append(Fault(code=Code.TQ_CLS_049, path="reasons", values=values))
        if outcome == "issued":
            faults += [*code_faults(hs, "hs", on), *_period_faults(valid_to, on)]
        elif outcome == "refused":
            faults += _ground_faults(ground, on)
        else:
            values = {"field": "outcome", "allowed": ", ".join(OUTCOMES)}
            faults.append(Fault(code=Code.TQ_CLS_045, path="outcome", value=outcome[:40], values=values))
        if faults:
            raise Refused(faults)
        issued = outcome == "issued"
        row.outcome, row.reasons = outcome, told
        row.hs, row.ground = digits_of(hs) if issued else "", "" if issued else ground
        row.valid_to = None
        asked = valid_to.isoformat() if valid_to and issued else ""
        changed = ("outcome", "reasons", "hs", "ground", "valid_to")
        take(row, RulingAct.PROPOSE, actor, at, data={"outcome": outcome, "valid_to": asked}, changed=changed)


def send_back_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Send a proposal back to who examines the file. Raises `NotFound`, `NotAllowed`, `Refused` (-046, -050)."""
    _worded(actor, ruling, RulingAct.SEND_BACK, words, at)


def sign_ruling(*, actor: Actor, ruling: int, at: datetime) -> None:
    """Sign what another person proposed: a refusal is told; a ruling gets its number, holds, and is a precedent.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-050, -051 (own proposal), -042 (its last day is over).
    """
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.SIGN)
        proposal = row.events.filter(step=RulingAct.PROPOSE).latest("id")
        _check_another(proposal.actor, actor, row)
        row.decided_at = at
        if row.outcome == "refused":
            take(row, RulingAct.SIGN, actor, at, changed=("decided_at",))
            return
        today = timezone.localdate(at)
        asked = proposal.data.get("valid_to")
        row.valid_from, row.valid_to = today, date.fromisoformat(asked) if asked else _longest(today)[0]
        if row.valid_to <= today:
            raise Refused([Fault(code=Code.TQ_CLS_042, path="valid_to")])
        row.number = ruling_number(row.pk, row.office)
        take(row, RulingAct.SIGN, actor, at, changed=("decided_at", "valid_from", "valid_to", "number"))
        store_precedent(_precedent_of(row, today), actor=actor, at=at, ruling=row.pk)


def propose_end(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Propose to revoke a ruling, saying why. Raises `NotFound`, `NotAllowed`, `Refused` (-046, -050)."""
    _worded(actor, ruling, RulingAct.PROPOSE_END, words, at)


def keep_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Keep a ruling whose end was proposed. Raises `NotFound`, `NotAllowed`, `Refused` (-046, -050)."""
    _worded(actor, ruling, RulingAct.KEEP, words, at)


def revoke_ruling(*, actor: Actor, ruling: int, words: str, at: datetime) -> None:
    """Revoke a ruling from today on, by another person than who proposed it; what relied on it before stays right.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-046, -050, -051.
    """
    with transaction.atomic():
        row = locked_ruling(actor, ruling, RulingAct.REVOKE)
        _check_another(row.events.filter(step=RulingAct.PROPOSE_END).latest("id").actor, actor, row)
        said, today = needed_words(words), timezone.localdate(at)
        row.revoked_at = at
        kept = row.precedent
        if row.valid_from is not None and today > row.valid_from:
            row.valid_to = min(today, row.valid_to or today)
            kept.valid_to = row.valid_to
        else:
            kept.withdrawn_at, kept.withdrawn_by = at, actor.reference
        kept.words = said
        kept.save(update_fields=["valid_to", "withdrawn_at", "withdrawn_by", "words"])
        take(row, RulingAct.REVOKE, actor, at, words=said, changed=("revoked_at", "valid_to"))


def _worded(actor: Actor, ruling: int, step: RulingAct, words: str, at: datetime) -> None:
    with transaction.atomic():
        row = locked_ruling(actor, ruling, step)
        take(row, step, actor, at, words=needed_words(words))


def _check_another(proposer: str, actor: Actor, row: Ruling) -> None:
    if proposer == actor.reference:
        raise Refused([Fault(code=Code.TQ_CLS_051, path="actor", value=ruling_name(row.pk))])


def _longest(on: date) -> tuple[date, int]:
    """The first day on which a ruling of a day may hold no more, and the years the law gives."""
    found = current_law().parameter(YEARS, on)
    years = int(found.value) if found and found.value.isdigit() else 1
    return years_after(on, years), years


def _period_faults(valid_to: date | None, on: date) -> list[Fault]:
    last, years = _longest(on)
    if valid_to is not None and valid_to <= on:
        return [Fault(code=Code.TQ_CLS_042, path="valid_to")]
    if valid_to is not None and valid_to > last:
        values = {"years": str(years)}
        return [Fault(code=Code.TQ_CLS_052, path="valid_to", value=last.isoformat(), values=values)]
    return []


def _ground_faults(ground: str, on: date) -> list[Fault]:
    if code_name(GROUNDS, ground, on, "vi"):
        return []
    values = {"field": "ruling.ground", "allowed": "–"}
    return [Fault(code=Code.TQ_CLS_045, path="ground", value=ground[:40], values=values)]


def _precedent_of(row: Ruling, today: date) -> PrecedentGiven:
    return PrecedentGiven(
        kind="ruling",
        number=row.number,
        issued_by=row.office,
        issued_on=today,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        addressee=row.tax_code,
        hs=row.hs,
        description=row.description,
        maker=row.maker,
        reasons=row.reasons,
        source=ruling_name(row.pk),
    )
