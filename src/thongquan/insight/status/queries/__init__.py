"""What was measured, as typed frozen values. Everything here is public."""

from thongquan.insight.status.queries.components import Component, components_now
from thongquan.insight.status.queries.hours import (
    Hour,
    Incident,
    Period,
    hours_until,
    incidents_in,
    period_of,
    word_of,
)
from thongquan.insight.status.queries.times import Times, times_until

__all__ = [
    "Component",
    "Hour",
    "Incident",
    "Period",
    "Times",
    "components_now",
    "hours_until",
    "incidents_in",
    "period_of",
    "times_until",
    "word_of",
]
