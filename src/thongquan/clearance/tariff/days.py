"""The day a reader asks about."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff.formats.reading import EARLIEST, LATEST
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def day_asked(text: str | None) -> date:
    """The day named by an ISO date, today in Hà Nội when none is named.

    Raises Refused: TQ-FMT-018 when it is no date, TQ-FMT-008 outside 1975 to 2100.
    """
    if not text:
        return timezone.localdate(now())
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused([Fault(code=Code.TQ_FMT_018, path="on", value=text[:40])]) from None
    if not EARLIEST <= day <= LATEST:
        raise Refused([Fault(code=Code.TQ_FMT_008, path="on", value=text[:40])])
    return day
