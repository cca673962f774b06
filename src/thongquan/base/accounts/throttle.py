"""How many requests one may send: a program by `settings.API_RATE_LIMIT`, a stranger at a public page by
`settings.PUBLIC_RATE_LIMIT`; counted per person or address, and per process.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache, wraps
from math import ceil
from threading import Lock, local
from typing import NamedTuple, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from limits import RateLimitItem, parse
from ninja.throttling import BaseThrottle

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.middleware import plain_answer
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

View = TypeVar("View", bound=Callable[..., HttpResponse])
REMEMBERED = 10_000


class Count(NamedTuple):
    """Requests of one caller in a window of time and in the one before it."""

    window: int
    before: int
    now: int


class SlidingWindow:
    """Two counts per caller, the older one weighed by how much of its window still matters: constant time and room."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, Count] = OrderedDict()
        self._lock = Lock()

    def hit(self, who: str, *, most: int, seconds: int, at: float) -> bool:
        """Whether a request at this moment (seconds since the epoch) is within `most` per `seconds`; counts it then."""
        window, passed = divmod(at, seconds)
        with self._lock:
            before, now = self._of(who, int(window))
            allowed = before * (1 - passed / seconds) + now + 1 <= most
            self._counts[who] = Count(int(window), before, now + allowed)
            if len(self._counts) > REMEMBERED:
                self._counts.popitem(last=False)
        return allowed

    def _of(self, who: str, window: int) -> tuple[int, int]:
        known = self._counts.pop(who, None)
        if known is None or known.window < window - 1:
            return 0, 0
        return (known.now, 0) if known.window == window - 1 else (known.before, known.now)

    def forget(self) -> None:
        """Drop all counts."""
        self._counts.clear()


class ApiThrottle(BaseThrottle):
    """A sliding window in this process's memory.

    Counts are kept per process, so the true limit is at most this times the number of workers. A refusal is answered
    429 with `Retry-After`.
    """

    def __init__(self, setting: str = "API_RATE_LIMIT") -> None:
        self.setting = setting
        self.window = SlidingWindow()
        self.asked = local()

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this request is within the limit; counts it when it is."""
        limit, at = _limit(getattr(settings, self.setting)), time.time()
        self.asked.wait = max(1, ceil(limit.get_expiry() - at % limit.get_expiry()))
        return self.window.hit(_who(request), most=limit.amount, seconds=limit.get_expiry(), at=at)

    def wait(self) -> float | None:
        """Seconds until the next request may come, for the thread that was just refused: the end of this window."""
        seconds: float = self.asked.wait
        return seconds

    def forget(self) -> None:
        """Start counting anew (tests)."""
        self.window.forget()


def _who(request: HttpRequest) -> str:
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor) and actor.is_authenticated:
        return actor.reference
    return address_of(request)


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from: what a trusted proxy says, which is the last it wrote down."""
    said = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return said.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "unknown"


@lru_cache(maxsize=8)
def _limit(text: str) -> RateLimitItem:
    return parse(text)


api_throttle = ApiThrottle()
public_throttle = ApiThrottle("PUBLIC_RATE_LIMIT")


def within(throttle: ApiThrottle) -> Callable[[View], View]:
    """A page within the limit of a throttle, else 429 with `Retry-After` (TQ-API-002)."""

    def limited(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if throttle.allow_request(request):
                return view(request, *args, **kwargs)
            seconds = str(round(throttle.wait() or 60))
            refused = plain_answer(request, Fault(code=Code.TQ_API_002, values={"seconds": seconds}), status=429)
            refused["Retry-After"] = seconds
            return refused

        return cast("View", answer)

    return limited


open_to_public = within(public_throttle)
"""A page for everyone."""
