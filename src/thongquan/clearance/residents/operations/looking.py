"""Looking at who carries for whom: only with a purpose typed first, and every look is written down.

Legal basis: Circular 80/2019/TT-BTC Art. 9 (control of quotas); Law 91/2025/QH15 (purpose and limits of the use of
personal data). Thresholds and the time data are kept are dated parameters, unverified.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.residents.models import Look
from thongquan.clearance.residents.operations.steps import needed_words
from thongquan.clearance.residents.permissions import check_may
from thongquan.clearance.residents.queries.carriers import Carriers, carriers_of, kept_since
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def look_at_carriers(
    *, actor: Actor, office: str, purpose: str, since: date, until: date, shape: str = "page", at: datetime
) -> Carriers:
    """Who stands behind many quotas of an office from `since` to `until`, both days included; the look is logged.

    Days before the retention limit are not shown. `shape` is how it is taken: `page`, `csv` or `xlsx`. Raises
    `NotAllowed`; `Refused` with TQ-RES-008 without a purpose, TQ-FMT-018 for days in the wrong order.
    """
    check_may(actor, "residents.watch", office=office)
    words = needed_words(purpose, "purpose")
    if since > until:
        raise Refused([Fault(code=Code.TQ_FMT_018, path="since", value=since.isoformat())])
    begin = max(since, kept_since(timezone.localdate(at)))
    with transaction.atomic():
        row = Look.objects.create(office=office, actor=actor.reference, at=at, purpose=words, since=begin, until=until)
        details = {"office": office, "since": begin.isoformat(), "until": until.isoformat(), "shape": shape}
        subject = f"look:{row.pk}"
        record(action="residents.looked", subject=subject, actor=actor.reference, at=at, details=details)
        announce(kind="residents.looked", subject=subject, payload=details, at=at)
        return carriers_of(office, begin, until)
