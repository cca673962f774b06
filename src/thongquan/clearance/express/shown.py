"""The lanes in words, for pages of this room and for whoever shows the state of the installation."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext as _

from thongquan.base.core.clock import now
from thongquan.base.core.lanes import LaneNow
from thongquan.clearance.express.labels import LANE_NAMES, LANE_STATES
from thongquan.clearance.express.queries import lanes_now


class LaneShown(msgspec.Struct, frozen=True, kw_only=True):
    """A lane as a page shows it: `state` good, fair or bad with its word, and one sentence."""

    name: str
    state: str
    word: str
    told: str
    lane: LaneNow


def lanes_shown() -> Sequence[LaneShown]:
    """The three lanes now."""
    return [shown(one) for one in lanes_now(now())]


def shown(lane: LaneNow) -> LaneShown:
    """A lane is busy when work waits, full when nothing more may wait."""
    state = "good" if not lane.waiting else "bad" if lane.waiting >= lane.quota_waiting else "fair"
    told = _("%(flight)d at work, %(waiting)d of at most %(most)d waiting") % {
        "flight": lane.in_flight,
        "waiting": lane.waiting,
        "most": lane.quota_waiting,
    }
    name, word = str(LANE_NAMES[lane.lane]), str(LANE_STATES[state])
    return LaneShown(name=name, state=state, word=word, told=told, lane=lane)
