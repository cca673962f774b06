"""The status page and what can be taken from it. Everything here is public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.clock import now
from thongquan.base.core.tables import csv_table
from thongquan.base.web.guard import open_page
from thongquan.insight.status.charts import course_of
from thongquan.insight.status.groups import GROUPS
from thongquan.insight.status.queries import word_of
from thongquan.insight.status.queries.hours import IMPAIRED, UP
from thongquan.insight.status.shown import (
    DAY,
    HANOI,
    LANES,
    PARTS,
    SHOWN_DAYS,
    TIMED_HOURS,
    WORDS,
    Measured,
    days_of,
    hours_table,
    lane_state,
    measured,
    times_table,
)

FRESH_SECONDS = 30
HOURS_HEAD = ("hour", "availability_percent", "alive_percent", "answered_percent", "requests", "refused", "failed")
TIMES_HEAD = ("hour", "group", "answers", "p50_ms", "p95_ms")


@require_safe
@open_page
@open_to_public
def status(request: HttpRequest) -> HttpResponse:
    """How the installation is and was."""
    found = measured(now())
    context = {
        "found": found,
        "components": [(one, PARTS[one.name], WORDS[one.state]) for one in found.components],
        "lanes": [(one, LANES.get(one.lane, one.lane), lane_state(one), WORDS[lane_state(one)]) for one in found.lanes],
        "periods": [(name, period, word_of(period.availability)) for name, period in found.periods.items()],
        "hours": range(DAY),
        "days": days_of(found.hours[-(SHOWN_DAYS + 1) * DAY :]),
        "courses": list(_courses(found)),
        "words": WORDS,
        "limits": (UP, IMPAIRED),
    }
    answer = render(request, "status/status.html", context)
    patch_cache_control(answer, private=True, max_age=FRESH_SECONDS)
    return answer


def _courses(found: Measured) -> Iterator[dict[str, Any]]:
    """Each group that answered anything, with its drawing and its hours."""
    hours = [hour.at for hour in found.hours[-TIMED_HOURS:]]
    labels = [f"{hour.astimezone(HANOI):%H}" for hour in hours]
    for whole in found.groups:
        rows = [one for one in found.times if one.group == whole.group]
        yield {
            "name": GROUPS.get(whole.group, whole.group),
            "whole": whole,
            "rows": rows,
            "course": course_of(rows, hours, labels),
        }


@require_safe
@open_to_public
def hours_file(request: HttpRequest) -> HttpResponse:
    """Every measured hour of the last 90 days as CSV."""
    return _csv("status-hours", csv_table(HOURS_HEAD, hours_table(measured(now()).hours)))


@require_safe
@open_to_public
def times_file(request: HttpRequest) -> HttpResponse:
    """p50 and p95 of each group and hour of the last day as CSV."""
    return _csv("status-times", csv_table(TIMES_HEAD, times_table(measured(now()).times)))


def _csv(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
    return answer
