"""How refusals and troubles of operations are answered over HTTP, in the reader's language."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from thongquan.base.core.errors import OperationError
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.lanes import Saturated
from thongquan.base.core.middleware import unavailable
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def answer_errors(api: NinjaAPI) -> None:
    """Register every answer with the API."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(OperationError, _operation_error)
    api.add_exception_handler(Saturated, _saturated)
    api.add_exception_handler(AuthenticationError, _not_signed_in)
    api.add_exception_handler(Throttled, _throttled)
    api.add_exception_handler(ValidationError, _bad_parameters)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(OperationalError, _trouble)
    api.add_exception_handler(InterfaceError, _trouble)


def _refused(request: HttpRequest, error: Refused | type[Refused]) -> HttpResponse:
    faults = error.faults if isinstance(error, Refused) else ()
    return answer_json({"accepted": False, "faults": told_faults(faults)}, status=422)


def _operation_error(request: HttpRequest, error: OperationError | type[OperationError]) -> HttpResponse:
    detail = error.detail if isinstance(error, OperationError) else ""
    return _one(error.code, error.status, {"detail": detail})


def _saturated(request: HttpRequest, error: Saturated | type[Saturated]) -> HttpResponse:
    """429 with the place in the queue and when to come again."""
    position = error.position if isinstance(error, Saturated) else 1
    seconds = error.retry_seconds if isinstance(error, Saturated) else 1
    values = {"position": str(position), "seconds": str(seconds)}
    faults = told_faults([Fault(code=Code.TQ_EXP_010, values=values)])
    answer = answer_json({"faults": faults, "queue_position": position, "retry_after": seconds}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _not_signed_in(request: HttpRequest, error: object) -> HttpResponse:
    answer = _one(Code.TQ_API_004, 401, {})
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _throttled(request: HttpRequest, error: Throttled | type[Throttled]) -> HttpResponse:
    wait = str(error.wait or 60) if isinstance(error, Throttled) else "60"
    answer = _one(Code.TQ_API_002, 429, {"seconds": wait})
    answer["Retry-After"] = wait
    return answer


def _bad_parameters(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    found = error.errors if isinstance(error, ValidationError) else []
    faults = [
        Fault(code=Code.TQ_FMT_004, path=".".join(map(str, item["loc"])), values={"detail": str(item["msg"])})
        for item in found
    ]
    return answer_json({"accepted": False, "faults": told_faults(faults)}, status=422)


def _http_error(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    status = error.status_code if isinstance(error, HttpError) else 400
    code = {401: Code.TQ_API_004, 403: Code.TQ_API_005, 404: Code.TQ_API_006}.get(status, Code.TQ_FMT_001)
    return _one(code, status, {})


def _trouble(request: HttpRequest, error: object) -> HttpResponse:
    return unavailable(request)


def _one(code: str, status: int, values: dict[str, str]) -> HttpResponse:
    return answer_json({"faults": told_faults([Fault(code=code, values=values)])}, status=status)
