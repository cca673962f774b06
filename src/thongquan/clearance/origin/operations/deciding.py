"""Accepting, doubting and withdrawing a certificate.

Legal basis: Circular 33/2023/TT-BTC Art. 15 (acceptance and refusal), 19 (doubt).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Certificate
from thongquan.clearance.origin.operations.steps import locked, needed_words, take
from thongquan.clearance.origin.operations.verifying import verified_already
from thongquan.clearance.origin.states import Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def accept_certificate(*, actor: Actor, certificate: int, at: datetime, words: str = "") -> None:
    """Accept a certificate that was checked. A doubt of the check is overcome by words only, a refusal never.

    Raises `NotFound`, `NotAllowed`; `Refused`: TQ-ORI-054, -055 (words), -058 (refused by its check), -060 (unchecked),
    -091 (being verified).
    """
    with transaction.atomic():
        row = locked(actor, certificate, Step.ACCEPT)
        check_not_verified(row)
        if not row.grade:
            raise Refused([Fault(code=Code.TQ_ORI_060, path="state", value=row.number)])
        if row.grade == "refuse":
            raise Refused([_refused(row)])
        if row.grade in ("doubt", "pending"):
            words = needed_words(words)
        take(row, Step.ACCEPT, actor, at, words=words)


def _refused(row: Certificate) -> Fault:
    last = row.checks.order_by("-id").first()
    codes = {one["code"] for one in last.findings if one["grade"] == "refuse"} if last else set()
    return Fault(code=Code.TQ_ORI_058, path="state", value=row.number, values={"codes": ", ".join(sorted(codes))})


def check_not_verified(row: Certificate) -> None:
    """Raise `Refused` with TQ-ORI-091 while a verification of the certificate is open: its end decides."""
    if fault := verified_already(row):
        raise Refused([fault])


def doubt_certificate(*, actor: Actor, certificate: int, words: str, at: datetime) -> None:
    """Doubt a certificate: nothing more may use it. Raises as `accept_certificate` (TQ-ORI-054, -055)."""
    with transaction.atomic():
        row = locked(actor, certificate, Step.DOUBT)
        take(row, Step.DOUBT, actor, at, words=needed_words(words))


def withdraw_certificate(*, actor: Actor, certificate: int, words: str, at: datetime) -> None:
    """Withdraw a certificate that nothing uses: its number is free again. Raises TQ-ORI-054 (used), -055, -091."""
    with transaction.atomic():
        row = locked(actor, certificate, Step.WITHDRAW)
        check_not_verified(row)
        if row.items.filter(used__gt=0).exists():
            values = {"step": Step.WITHDRAW.value, "state": row.state}
            raise Refused([Fault(code=Code.TQ_ORI_054, path="state", value=row.number, values=values)])
        take(row, Step.WITHDRAW, actor, at, words=needed_words(words))
