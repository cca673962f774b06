"""Measures every real request, outside of everything else, so that failures of the rest are counted too."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from thongquan.insight.status.groups import group_of
from thongquan.insight.status.measuring import HOUR_SECONDS, Key, measures, outcome_of

Next = Callable[[HttpRequest], HttpResponse]


class Measured:
    """Counts each answer by its group and outcome with the time until it was ready to be sent."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter_ns()
        answer = self.get_response(request)
        group = group_of(request.method or "", request.path_info)
        if group:
            took = (time.perf_counter_ns() - began) // 1000
            hour = int(time.time()) // HOUR_SECONDS
            measures.count(Key(hour, group, outcome_of(answer.status_code)), took)
        return answer
