"""Lanes: quotas that keep a flood of one kind of work from the others (docs/adr, "Lanes").

Each serving process holds its share of a lane's quota: so much work at once, so much that waits. What goes beyond is
told at once to come again, with its place in the queue, never left until it times out.
"""

from thongquan.base.core.lanes.gates import (
    EXPRESS,
    LANES,
    ORDINARY,
    PERISHABLE,
    Gate,
    Quota,
    Saturated,
    entered,
    gate_of,
    gates_from,
)
from thongquan.base.core.lanes.reports import LaneNow, lane_reports, report_lanes

__all__ = [
    "EXPRESS",
    "LANES",
    "ORDINARY",
    "PERISHABLE",
    "Gate",
    "LaneNow",
    "Quota",
    "Saturated",
    "entered",
    "gate_of",
    "gates_from",
    "lane_reports",
    "report_lanes",
]
