"""Guards in front of every view: size of uploads, and trouble with the database told plainly."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from thongquan.base.core.sentences import sentence
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

Next = Callable[[HttpRequest], HttpResponse]
RETRY_SECONDS = "5"


class RequestLimits:
    """Refuses, before a byte of the body is read, what no view could use.

    A body over `MAX_UPLOAD_BYTES` by its announced length (413); an address with a NUL, which no column takes (400).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.MAX_UPLOAD_BYTES:
            limit = str(settings.MAX_UPLOAD_BYTES // (1024 * 1024))
            return plain_answer(request, Fault(code=Code.TQ_API_003, values={"limit": limit}), status=413)
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return plain_answer(request, Fault(code=Code.TQ_FMT_009, path="address"), status=400)
        return self.get_response(request)


class DatabaseTrouble:
    """Answers 503 with Retry-After when the database is away; the next request tries anew."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only trouble of the connection is meant: a constraint that fails is a defect and stays one."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 answer; the broken connection is dropped so that the next request opens a new one."""
    try:
        connection.close()
    except DatabaseError:
        connection.connection = None
    answer = plain_answer(request, Fault(code=Code.TQ_API_007), status=503)
    answer["Retry-After"] = RETRY_SECONDS
    return answer


def plain_answer(request: HttpRequest, fault: Fault, *, status: int) -> HttpResponse:
    """A refusal as JSON for programs and as a page for people, made without the database."""
    told = sentence(fault)
    if request.path.startswith("/api/"):
        body = {"faults": [{"code": fault.code, "message": told.text, "remedy": told.remedy}]}
        return JsonResponse(body, status=status)
    return HttpResponse(render_to_string("web/plain_error.html", {"told": told, "code": fault.code}), status=status)
