"""Objection and appeal: filed by the trader within the days of the law, answered by those who may, with consequences.

Legal basis: Law on Complaints 02/2011/QH13; its days are dated parameters, unverified.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.postaudit.law import days_after
from thongquan.clearance.postaudit.models import Audit, Finding, Objection
from thongquan.clearance.postaudit.operations.consequences import assess_as, withdraw_acts
from thongquan.clearance.postaudit.operations.finding import recalculated
from thongquan.clearance.postaudit.operations.steps import check_words, locked, take
from thongquan.clearance.postaudit.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def file_objection(*, actor: Actor, audit: int, text: str, at: datetime) -> None:
    """Object to a signed conclusion, as the trader or its broker.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-AUD-002, -004, -008 (after the last day).
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.OBJECT)
        _file(row, "objection", row.object_by, text, actor, at)
        take(row, Step.OBJECT, actor, at, words=text)


def file_appeal(*, actor: Actor, audit: int, text: str, at: datetime) -> None:
    """Appeal against the answer to an objection. Raises as `file_objection`."""
    with transaction.atomic():
        row = locked(actor, audit, Step.APPEAL)
        _file(row, "appeal", row.reply_by, text, actor, at)
        take(row, Step.APPEAL, actor, at, words=text)


def decide_objection(*, actor: Actor, audit: int, text: str, at: datetime, withdrawn: Collection[int] = ()) -> str:
    """Answer an objection by the findings that fall; gives `upheld` (all of them), `partly` or `rejected` (none).

    Duties are assessed again with the findings that stand, and the acts that fell are taken back. Raises `NotFound`
    (also for a finding that does not stand), `NotAllowed`; `Refused` with TQ-AUD-002, -004.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.DECIDE_OBJECTION)
        outcome = _answered(row, "objection", text, withdrawn, actor, at)
        row.reply_by = days_after("appeal_days", timezone.localdate(at))
        told = {"outcome": outcome}
        take(row, Step.DECIDE_OBJECTION, actor, at, words=text, data=told, details=told, changed=("reply_by",))
        return outcome


def decide_appeal(*, actor: Actor, audit: int, text: str, at: datetime, withdrawn: Collection[int] = ()) -> str:
    """Answer an appeal, which ends the case, as somebody else than who answered the objection.

    Raises and gives as `decide_objection`, and `Refused` with TQ-AUD-014.
    """
    with transaction.atomic():
        row = locked(actor, audit, Step.DECIDE_APPEAL)
        if row.objections.filter(kind="objection", answered_by=actor.reference).exists():
            raise Refused([Fault(code=Code.TQ_AUD_014, value=row.number)])
        outcome = _answered(row, "appeal", text, withdrawn, actor, at)
        told = {"outcome": outcome}
        take(row, Step.DECIDE_APPEAL, actor, at, words=text, data=told, details=told)
        return outcome


def _file(row: Audit, kind: str, last: date | None, text: str, actor: Actor, at: datetime) -> None:
    today = timezone.localdate(at)
    check_words(text=text)
    if last is not None and today > last:
        values = {"on": last.isoformat()}
        raise Refused([Fault(code=Code.TQ_AUD_008, path="text", value=row.number, values=values)])
    Objection.objects.create(
        audit=row,
        kind=kind,
        text=text.strip(),
        filed_at=at,
        filed_by=actor.reference,
        reply_by=days_after(f"{kind}_answer_days", today),
    )


def _answered(row: Audit, kind: str, text: str, withdrawn: Collection[int], actor: Actor, at: datetime) -> str:
    """Write the answer; what fell has its consequences. Gives the outcome."""
    check_words(text=text)
    standing = list(row.findings.filter(withdrawn_at=None).order_by("id"))
    fallen = [one for one in standing if one.id in withdrawn]
    if len(fallen) != len(set(withdrawn)):
        raise NotFound(",".join(map(str, sorted(withdrawn))))
    outcome = "rejected" if not fallen else "upheld" if len(fallen) == len(standing) else "partly"
    row.objections.filter(kind=kind).update(
        outcome=outcome, answer=text.strip(), answered_at=at, answered_by=actor.reference
    )
    if fallen:
        _let_fall(row, fallen, text, actor, at)
    return outcome


def _let_fall(row: Audit, fallen: list[Finding], text: str, actor: Actor, at: datetime) -> None:
    """Findings fall: the duties are decided without them, the books follow, and so does the register of violations."""
    row.findings.filter(id__in=[one.id for one in fallen]).update(withdrawn_at=at)
    latest = recalculated(row, actor, at)
    assess_as(row, latest, "objection", actor, at)
    withdraw_acts(row, fallen, latest, text, actor, at)
