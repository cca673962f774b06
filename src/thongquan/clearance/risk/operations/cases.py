"""Cases of analysts: built from a part of a chart, written on, handed to officers or to audit, closed with an outcome.

Legal basis: Customs Law 54/2014/QH13 Art. 17 and 78. Handing on decides nothing: an officer checks what the channel
asks for with the question before them, an auditor opens an audit by the law's own grounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.accounts.queries.people import officers_of
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.case_states import CASE_STEPS, OUTCOMES, CaseState, CaseStep
from thongquan.clearance.risk.models import CaseEvent, CaseItem, RiskCase
from thongquan.clearance.risk.permissions import ANALYSTS, check_may, offices_for
from thongquan.clearance.risk.queries.picking import Picked, copies
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_ITEMS = 200
MOST_TITLE, MOST_LOOK, MOST_WORDS = 120, 300, 600


def start_case(*, actor: Actor, picked: Picked, title: str, question: str, at: datetime) -> int:
    """Build a case from a part of a chart, the newest 200 declarations of it; gives its number. The actor owns it.

    Raises `NotAllowed`; `Refused` with TQ-RSK-009 (words missing), TQ-RSK-014 (too long, or no declaration), at once.
    """
    check_may(actor, "risk.case")
    rows = copies(actor=actor, picked=picked, at=at).order_by("-registered_at").values_list("number", "office")
    chosen = list(rows[:MOST_ITEMS])
    faults = [*_words(title=(title, MOST_TITLE)), *_words(question=(question, MOST_WORDS))]
    if not chosen:
        faults.append(Fault(code=Code.TQ_RSK_014, path="title", value="0"))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = RiskCase.objects.create(
            title=storable(title).strip(),
            question=storable(question).strip(),
            picked=msgspec.to_builtins(picked),
            offices=sorted({office for _number, office in chosen}),
            state=CaseState.OPEN,
            owner=actor.reference,
            opened_by=actor.reference,
            opened_at=at,
        )
        CaseItem.objects.bulk_create(CaseItem(case=row, number=number, office=office) for number, office in chosen)
        _happened(row, CaseStep.START, actor, at, data={"declarations": len(chosen)})
        return row.pk


def note_case(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Write a note. Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-008, TQ-RSK-009, TQ-RSK-014."""
    with transaction.atomic():
        row = _locked(actor, case, CaseStep.NOTE)
        _check(_words(words=(words, MOST_WORDS)))
        _take(row, CaseStep.NOTE, actor, at, words=words)


def assign_case(*, actor: Actor, case: int, owner: str, at: datetime) -> None:
    """Give a case to another analyst of its offices. Raises as `note_case`; TQ-RSK-014 for who is none of them."""
    with transaction.atomic():
        row = _locked(actor, case, CaseStep.ASSIGN)
        if owner == row.owner or owner not in analysts_of(row.offices, at):
            _check([Fault(code=Code.TQ_RSK_014, path="owner", value=owner[:40])])
        before, row.owner = row.owner, owner
        _take(row, CaseStep.ASSIGN, actor, at, data={"from": before, "to": owner}, changed=("owner",))


def hand_to_officers(*, actor: Actor, case: int, look_at: str, at: datetime) -> None:
    """Show officers what to look at on the declarations of the case, and tell who has them in hand.

    Raises as `note_case`. Title and question stay with analysts.
    """
    _hand(actor, case, CaseStep.OFFICERS, look_at, at)


def propose_audit(*, actor: Actor, case: int, look_at: str, at: datetime) -> None:
    """Put the declarations of the case before those who audit. Raises as `note_case`."""
    _hand(actor, case, CaseStep.AUDIT, look_at, at)


def close_case(*, actor: Actor, case: int, outcome: str, words: str, at: datetime) -> None:
    """Close a case with what came of it: `confirmed`, `unfounded` or `unclear`. Raises as `note_case`."""
    with transaction.atomic():
        row = _locked(actor, case, CaseStep.CLOSE)
        faults = _words(words=(words, MOST_WORDS))
        if outcome not in OUTCOMES:
            faults.append(Fault(code=Code.TQ_RSK_014, path="outcome", value=outcome[:40]))
        _check(faults)
        row.outcome, row.conclusion, row.closed_at = outcome, storable(words).strip(), at
        changed = ("outcome", "conclusion", "closed_at")
        _take(row, CaseStep.CLOSE, actor, at, words=words, data={"outcome": outcome}, changed=changed)


def reopen_case(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Open a closed case again. Raises as `note_case`."""
    with transaction.atomic():
        row = _locked(actor, case, CaseStep.REOPEN)
        _check(_words(words=(words, MOST_WORDS)))
        row.outcome, row.conclusion, row.closed_at, row.handed, row.handed_at = "", "", None, "", None
        changed = ("outcome", "conclusion", "closed_at", "handed", "handed_at")
        _take(row, CaseStep.REOPEN, actor, at, words=words, changed=changed)


def analysts_of(offices: list[str], at: datetime) -> dict[str, str]:
    """Analysts who hold every one of these offices, by reference, with their names."""
    held = [officers_of(office, ANALYSTS, at) for office in offices]
    return {one: name for one, name in held[0].items() if all(one in other for other in held)} if held else {}


def _hand(actor: Actor, case: int, step: CaseStep, look_at: str, at: datetime) -> None:
    with transaction.atomic():
        row = _locked(actor, case, step)
        _check(_words(look_at=(look_at, MOST_LOOK)))
        row.handed, row.handed_at, row.look_at = str(step), at, storable(look_at).strip()
        _take(row, step, actor, at, words=look_at, changed=("handed", "handed_at", "look_at"))
        for number, office in row.items.order_by("pk").values_list("number", "office"):
            payload = {"case": row.pk, "number": number, "office": office, "actor": actor.reference}
            announce(kind=f"risk.asked_{step}", subject=f"declaration:{number}", payload=payload, at=at)


def _locked(actor: Actor, case: int, step: CaseStep) -> RiskCase:
    """The case, locked, when the actor holds all of its offices and its state allows the step."""
    check_may(actor, CASE_STEPS[step].who)
    row = RiskCase.objects.select_for_update().filter(pk=case).first()
    if row is None or not set(row.offices) <= offices_for(actor, "risk.case"):
        raise NotFound(str(case))
    if CaseState(row.state) not in CASE_STEPS[step].moves:
        raise Refused([Fault(code=Code.TQ_RSK_008, path="state", value=row.title)])
    return row


def _take(
    row: RiskCase,
    step: CaseStep,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    row.state = CASE_STEPS[step].moves[CaseState(row.state)]
    row.save(update_fields=["state", *changed])
    _happened(row, step, actor, at, words=words, data=data)


def _happened(
    row: RiskCase,
    step: CaseStep,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """The story with its words; ledger row and message without them."""
    given = dict(data or {})
    CaseEvent.objects.create(
        case=row, step=step, at=at, actor=actor.reference, words=storable(words).strip(), data=given
    )
    kind, subject = f"risk.case_{step}", f"riskcase:{row.pk}"
    told = {"state": row.state, **given}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    payload = {"number": f"{row.pk:06d}", "offices": row.offices, "owner": row.owner, **told}
    announce(kind=kind, subject=subject, payload=payload, at=at)


def _words(**fields: tuple[str, int]) -> list[Fault]:
    """Faults of texts that are missing or too long."""
    found = [Fault(code=Code.TQ_RSK_009, path=path) for path, (text, _most) in fields.items() if not text.strip()]
    long = [(path, most) for path, (text, most) in fields.items() if len(storable(text).strip()) > most]
    return found + [Fault(code=Code.TQ_RSK_014, path=path, value=str(most)) for path, most in long]


def _check(faults: list[Fault]) -> None:
    if faults:
        raise Refused(faults)
