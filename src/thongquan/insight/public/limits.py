"""How often codes may be tried: far less often than pages may be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

from thongquan.base.accounts.throttle import ApiThrottle
from thongquan.base.core.middleware import plain_answer
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

View = TypeVar("View", bound=Callable[..., HttpResponse])
track_throttle = ApiThrottle("TRACK_RATE_LIMIT")


def few_tries(view: View) -> View:
    """Within the limit of tries, right or wrong; else 429 with `Retry-After` (TQ-API-002)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if track_throttle.allow_request(request):
            return view(request, *args, **kwargs)
        seconds = str(round(track_throttle.wait() or 60))
        refused = plain_answer(request, Fault(code=Code.TQ_API_002, values={"seconds": seconds}), status=429)
        refused["Retry-After"] = seconds
        return refused

    return cast("View", answer)
