"""The period of a dry run: `30d`, `12w`, or a day; always whole days of the customs office's time."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

_LENGTH = re.compile(r"([1-9]\d{0,3})([dw])", re.ASCII)
_DAYS = {"d": 1, "w": 7}


def since_of(text: str, at: datetime) -> datetime:
    """The first moment of the period that a text names, reckoned back from `at`. Raises `Refused` with TQ-LWD-011."""
    text = text.strip().lower()
    length = _LENGTH.fullmatch(text)
    try:
        days = int(length[1]) * _DAYS[length[2]] if length else 0
        first = timezone.localdate(at) - timedelta(days=days) if length else date.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Refused([Fault(code=Code.TQ_LWD_011, path="since", value=text[:40])]) from None
    return start_of(first)


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))
