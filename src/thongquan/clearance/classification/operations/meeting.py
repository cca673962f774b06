"""Declared lines held against what customs ruled, after lodging, and what officers say of a disagreement.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 (one item, one code); Circular 38/2015/TT-BTC Art. 24 as amended (wrong
code: amend, else assess); Decree 169/2026/NĐ-CP Art. 15.1b (a code that customs had guided, wrong again).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import PrecedentMet
from thongquan.clearance.classification.permissions import check_may, offices_for
from thongquan.clearance.classification.queries.precedents import (
    AGREES,
    PrecedentShown,
    met_shown,
    precedents_named,
    same_goods,
)
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

SYSTEM = "system:precedents"
OUTCOMES = ("wrong_code", "other_goods", "wrong_precedent")
MOST_WORDS = 2_000


class LineGiven(msgspec.Struct, frozen=True, kw_only=True):
    """A declared line as it is held against precedents; `named` are the numbers of rulings it names."""

    number: int
    hs: str
    description: str
    named: tuple[str, ...] = ()


def hold_against_precedents(
    *, subject: str, office: str, tax_code: str, on: date, lines: Sequence[LineGiven], at: datetime
) -> int:
    """Write what the lines of a declaration meet in the store; gives how many contradictions are new.

    Doing it again changes nothing; what a line no longer meets is not live any more, and what an officer said stays.
    """
    with transaction.atomic():
        before = {(row.line, row.precedent_id): row for row in _rows(subject).select_for_update()}
        fresh = 0
        met: set[tuple[int, int]] = set()
        for line in lines:
            for one, named in _precedents_of(line, tax_code, on):
                key = (line.number, one.id)
                met.add(key)
                row = before.get(key) or PrecedentMet(subject=subject, line=line.number, precedent_id=one.id)
                if _changed(row, one, line, named=named):
                    row.office, row.tax_code, row.on, row.at = office, tax_code, on, at
                    row.outcome = ""
                    row.save()
                    fresh += not row.agrees
                    _tell(row, at)
        gone = [row.pk for key, row in before.items() if key not in met]
        _rows(subject).filter(pk__in=gone).update(live=False)
        return fresh


def judge_met(*, actor: Actor, met: int, outcome: str, words: str, at: datetime) -> None:
    """Say what is right: wrong_code, other_goods or wrong_precedent; saying it anew replaces it, the ledger keeps both.

    Raises `NotFound` outside the actor's offices, `NotAllowed`; `Refused` with TQ-CLS-045, TQ-CLS-046.
    """
    with transaction.atomic():
        seen = PrecedentMet.objects.filter(office__in=offices_for(actor, "classification.see"), agrees=False)
        row = seen.select_for_update().filter(pk=met).first() if 0 < met < 2**63 else None
        if row is None:
            raise NotFound(str(met))
        check_may(actor, "classification.judge", office=row.office)
        said = storable(words)[:MOST_WORDS]
        faults = [] if said else [Fault(code=Code.TQ_CLS_046, path="words")]
        if outcome not in OUTCOMES:
            values = {"field": "outcome", "allowed": ", ".join(OUTCOMES)}
            faults.append(Fault(code=Code.TQ_CLS_045, path="outcome", value=outcome[:40], values=values))
        if faults:
            raise Refused(faults)
        row.outcome, row.words, row.judged_at, row.judged_by = outcome, said, at, actor.reference
        row.save(update_fields=["outcome", "words", "judged_at", "judged_by"])
        details = {"line": row.line, "precedent": row.precedent_id, "outcome": outcome}
        record(action="classification.met_judged", subject=row.subject, actor=actor.reference, at=at, details=details)
        announce(kind="classification.met_judged", subject=row.subject, payload=details, at=at)


def _rows(subject: str) -> QuerySet[PrecedentMet]:
    return PrecedentMet.objects.filter(subject=subject)


def _precedents_of(line: LineGiven, tax_code: str, on: date) -> list[tuple[PrecedentShown, bool]]:
    """What a line meets, each once, and whether the line names it. Rulings told to another trader bind nobody else."""
    named = [one for many in precedents_named(line.named, on=on, addressee=tax_code).values() for one in many]
    found = same_goods(description=line.description, addressee=tax_code, on=on) if line.description else []
    known = {one.id for one in named}
    return [(one, True) for one in named] + [(one, False) for one in found if one.id not in known]


def _changed(row: PrecedentMet, one: PrecedentShown, line: LineGiven, *, named: bool) -> bool:
    """Put what is now into the row; whether it is new or other than before."""
    now_is = {
        "declared": line.hs[:8],
        "description": line.description,
        "agrees": one.agrees_with(line.hs),
        "named": named,
        "own": one.own,
        "likeness": one.likeness,
        "live": True,
    }
    was = {name: getattr(row, name) for name in now_is} if row.pk else {}
    for name, value in now_is.items():
        setattr(row, name, value)
    return was != now_is


def _tell(row: PrecedentMet, at: datetime) -> None:
    """A contradiction goes into the ledger and to others; who agrees with a ruling is counted only."""
    shown = met_shown(row)
    if shown.kind == AGREES:
        return
    details = {"line": row.line, "precedent": row.precedent_id, "declared": row.declared, "office": row.office}
    action = f"classification.{shown.kind}"
    record(action=action, subject=row.subject, actor=SYSTEM, at=at, details=details)
    announce(kind=action, subject=row.subject, payload=details, at=at)
