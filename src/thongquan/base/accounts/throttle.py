"""How many requests a program may send: per person or address, per process, by `settings.API_RATE_LIMIT`."""

from __future__ import annotations

import time
from functools import lru_cache
from math import ceil
from threading import local

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from ninja.throttling import BaseThrottle

from thongquan.base.accounts.queries import Actor


class ApiThrottle(BaseThrottle):
    """A sliding window in this process's memory: constant time and room, also under a limit of a million.

    Counts are kept per process, so the true limit is at most this times the number of workers. A refusal is answered
    429 with `Retry-After`.
    """

    def __init__(self) -> None:
        self.limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.asked = local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this request is within the limit; counts it when it is."""
        limit = _limit(settings.API_RATE_LIMIT)
        self.asked.by = (limit, _who(request))
        return self.limiter.hit(limit, _who(request))

    def wait(self) -> float | None:
        """Seconds until the next request may come, for the thread that was just refused."""
        limit, who = self.asked.by
        return max(1, ceil(self.limiter.get_window_stats(limit, who).reset_time - time.time()))

    def forget(self) -> None:
        """Start counting anew (tests)."""
        self.limiter.storage.reset()


def _who(request: HttpRequest) -> str:
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and actor.is_authenticated:
        return actor.reference
    return request.META.get("REMOTE_ADDR") or "unknown"


@lru_cache(maxsize=8)
def _limit(text: str) -> RateLimitItem:
    return parse(text)


api_throttle = ApiThrottle()
