"""The status over HTTP, for everyone and for monitors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from ninja import Router

from thongquan.base.accounts.throttle import public_throttle
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.base.core.realm import realm_name
from thongquan.insight.status.queries import Hour, Incident, Period, word_of
from thongquan.insight.status.shown import DAY, SHOWN_DAYS, Measured, measured

router = Router(tags=["status"], auth=None, throttle=public_throttle)
FRESH_SECONDS = 10
STATUS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "at": {"type": "string", "format": "date-time"},
        "realm": {"type": "string"},
        "components": {"type": "array", "items": {"type": "object"}},
        "lanes": {"type": "array", "items": {"type": "object"}},
        "availability": {"type": "object"},
        "hours": {"type": "array", "items": {"type": "object"}},
        "times": {"type": "array", "items": {"type": "object"}},
        "incidents": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["at", "realm", "components", "availability", "hours", "times", "incidents"],
}


@router.get(
    "",
    url_name="status",
    summary="Measured availability and answer times",
    openapi_extra=described({200: ("What was measured", STATUS)}, open_to_all=True),
)
def status(request: HttpRequest) -> HttpResponse:
    """Components now; availability of today, 7, 30 and 90 days; hours of a week; p50 and p95 per hour of a day.

    Availability is the smaller of two shares: of the time with a heartbeat, of the requests not answered 5xx.
    """
    answer = answer_json(_told(measured(now())))
    patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
    return answer


def _told(found: Measured) -> dict[str, Any]:
    return {
        "at": found.at,
        "realm": realm_name(),
        "components": found.components,
        "lanes": found.lanes,
        "availability": {name: _period(one) for name, one in found.periods.items()},
        "hours": [_hour(one) for one in found.hours[-SHOWN_DAYS * DAY :] if one.judged],
        "times": found.times,
        "incidents": [_incident(one) for one in found.incidents],
    }


def _period(one: Period) -> dict[str, Any]:
    return {
        "availability": _share(one.availability),
        "state": word_of(one.availability),
        "measured_hours": one.hours,
        "since": one.since,
        "requests": one.requests,
        "failed": one.failed,
        "down_seconds": one.down_seconds,
    }


def _hour(one: Hour) -> dict[str, Any]:
    return {
        "at": one.at,
        "availability": _share(one.availability),
        "alive": _share(one.alive_share),
        "answered": _share(one.answered_share),
        "requests": one.requests,
        "refused": one.refused,
        "failed": one.failed,
    }


def _incident(one: Incident) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "begins_at": one.begins_at,
        "ends_at": None if one.ongoing else one.ends_at,
        "seconds": one.seconds,
        "requests": one.requests,
        "failed": one.failed,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
