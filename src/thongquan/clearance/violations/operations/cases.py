"""Cases: acts are recorded, an officer proposes, a second person decides, a director may annul.

Legal basis: Decree 169/2026/NĐ-CP Art. 10, 15. A decision is never that of the one who proposed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db import IntegrityError, transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.violations.models import Case, Finding
from thongquan.clearance.violations.operations.steps import check_words, locked_case, reference_of, take_step
from thongquan.clearance.violations.permissions import check_may
from thongquan.clearance.violations.queries import act_on
from thongquan.clearance.violations.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.penalties import Charge, Fine, charge_faults, fine_of, total_of


class Recorded(msgspec.Struct, frozen=True):
    """Where an act was recorded: its case and its finding, and the case's typed reference (`violation:12`)."""

    case: int
    finding: int
    subject: str


def record_act(
    *,
    actor: Actor,
    subject: str,
    tax_code: str,
    office: str,
    act: str,
    declared: str,
    found: str,
    at: datetime,
    on: date,
    difference_vnd: Decimal = Decimal(0),
    trader_name: str = "",
    line: int | None = None,
    once: bool = False,
) -> Recorded:
    """Record an act against a subject, in its open case or in a new one. `on` is the day the act was done.

    `difference_vnd` is duty owed less duty declared, in dong. With `once` an act whose two sides were recorded against
    the subject before, in whatever case, is not recorded again: for handlers, which may be asked twice.
    Raises `NotAllowed`; `Refused` with TQ-VIO-001 when the law of that day knows no such act and TQ-VIO-006 when one of
    the two sides is not said.
    """
    check_may(actor, "violations.record", office)
    if faults := _finding_faults(act, on, declared, found):
        raise Refused(faults)
    with transaction.atomic():
        if once and (known := _recorded(subject, act, declared, found)):
            return known
        case = _open_case(subject, tax_code, trader_name, office, actor, at)
        finding = Finding.objects.create(
            case=case,
            act=act,
            on=on,
            line=line,
            declared=declared.strip(),
            found=found.strip(),
            difference_vnd=difference_vnd,
            found_at=at,
            found_by=actor.reference,
        )
        details = {"about": subject, "act": act, "on": on.isoformat(), "difference_vnd": str(difference_vnd)}
        take_step(case, Step.RECORD, actor, at, details=details)
        return Recorded(case.id, finding.id, reference_of(case))


def _recorded(subject: str, act: str, declared: str, found: str) -> Recorded | None:
    """Where this very act stands already, withdrawn or decided or not."""
    rows = Finding.objects.filter(case__subject=subject, act=act, declared=declared.strip(), found=found.strip())
    known = rows.select_related("case").order_by("id").first()
    return Recorded(known.case_id, known.id, reference_of(known.case)) if known else None


def propose_decision(
    *, actor: Actor, case: int, words: str, at: datetime, stated_vnd: Mapping[int, Decimal] | None = None
) -> Decimal:
    """Propose the fines of a case, in dong; gives their sum. `stated_vnd`: by finding, where the law states no share.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-VIO-002, -004, -005, -006, all at once.
    """
    with transaction.atomic():
        row = locked_case(case, actor, Step.PROPOSE)
        faults, fines = _fines(row, stated_vnd or {})
        if not words.strip():
            faults.append(Fault(code=Code.TQ_VIO_006, path="words"))
        if faults:
            raise Refused(faults)
        total = total_of([fine for _finding, fine in fines])
        row.state = State.PROPOSED
        row.save(update_fields=["state"])
        take_step(row, Step.PROPOSE, actor, at, words=words, fines=fines, details={"fine_vnd": str(total)})
        return total


def decide_case(*, actor: Actor, case: int, words: str, at: datetime) -> Decimal:
    """Decide a case as proposed; the fine, in dong, is announced as `violation.decided` for revenue to post.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-VIO-002, TQ-VIO-003 (the one who proposed cannot decide),
    TQ-VIO-006.
    """
    with transaction.atomic():
        row = locked_case(case, actor, Step.DECIDE)
        proposal = row.moves.filter(step=Step.PROPOSE).order_by("-id")[0]
        _check_second_person(row, proposal.actor, actor)
        check_words(words)
        row.state, row.decided_at, row.fine_vnd = State.DECIDED, at, proposal.fine_vnd
        row.save(update_fields=["state", "decided_at", "fine_vnd"])
        fines = [(int(line["finding"]), _fine(line)) for line in proposal.fines]
        take_step(row, Step.DECIDE, actor, at, words=words, fines=fines, details={"fine_vnd": str(proposal.fine_vnd)})
        return proposal.fine_vnd or Decimal(0)


def return_case(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Give a proposal back with a reason. Raises as `decide_case`."""
    _simple(Step.RETURN, actor=actor, case=case, words=words, at=at)


def drop_case(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """End a case without a decision, with a reason. Raises as `decide_case`."""
    _simple(Step.DROP, actor=actor, case=case, words=words, at=at)


def annul_decision(*, actor: Actor, case: int, words: str, at: datetime) -> None:
    """Annul a decision, for instance when an objection is upheld; announced as `violation.annulled`.

    The payload is that of `violation.decided`: revenue takes the fine back. A director may correct the own decision in
    the trader's favor, so no second person is asked. Raises `NotFound`, `NotAllowed`; `Refused` as `decide_case`.
    """
    _simple(Step.ANNUL, actor=actor, case=case, words=words, at=at)


def _simple(step: Step, *, actor: Actor, case: int, words: str, at: datetime) -> None:
    with transaction.atomic():
        row = locked_case(case, actor, step)
        if step is Step.DROP:
            _check_second_person(row, row.opened_by, actor)
        check_words(words)
        row.state = STEPS[step].moves[State(row.state)]
        row.save(update_fields=["state"])
        take_step(row, step, actor, at, words=words, details={"fine_vnd": str(row.fine_vnd or 0)})


def _finding_faults(act: str, on: date, declared: str, found: str) -> list[Fault]:
    faults = []
    if act_on(act, on) is None:
        faults.append(Fault(code=Code.TQ_VIO_001, path="act", value=act, values={"on": on.isoformat()}))
    sides = (("declared", declared), ("found", found))
    return faults + [Fault(code=Code.TQ_VIO_006, path=path) for path, text in sides if not text.strip()]


def _open_case(subject: str, tax_code: str, trader_name: str, office: str, actor: Actor, at: datetime) -> Case:
    """The open case of the subject, locked, or a new one; two who record at once share one."""
    made = {
        "tax_code": tax_code,
        "trader_name": trader_name,
        "office": office,
        "opened_at": at,
        "opened_by": actor.reference,
    }
    for _try in range(2):
        row = Case.objects.select_for_update().filter(subject=subject, state=State.OPEN).first()
        if row is not None:
            return row
        try:
            with transaction.atomic():
                return Case.objects.create(subject=subject, state=State.OPEN, **made)
        except IntegrityError:
            continue
    return Case.objects.select_for_update().get(subject=subject, state=State.OPEN)


def _check_second_person(row: Case, first: str, actor: Actor) -> None:
    if first == actor.reference:
        raise Refused([Fault(code=Code.TQ_VIO_003, path="actor", value=str(row.id))])


def _fines(row: Case, stated: Mapping[int, Decimal]) -> tuple[list[Fault], list[tuple[int, Fine]]]:
    """The fine of every finding under the law of the day of its act, and what keeps it from being fined."""
    faults: list[Fault] = []
    fines: list[tuple[int, Fine]] = []
    for finding in row.findings.filter(withdrawn_at=None).order_by("id"):
        known = act_on(finding.act, finding.on)
        if known is None:
            values = {"on": finding.on.isoformat()}
            faults.append(Fault(code=Code.TQ_VIO_001, path="act", value=finding.act, values=values))
            continue
        charge = Charge(act=known.law, difference_vnd=finding.difference_vnd, stated_vnd=stated.get(finding.id))
        faults += charge_faults(charge, path=f"stated-{finding.id}")
        fines.append((finding.id, fine_of(charge)))
    return faults, fines


def _fine(row: Mapping[str, object]) -> Fine:
    return msgspec.convert({key: value for key, value in row.items() if key != "finding"}, Fine, strict=False)
