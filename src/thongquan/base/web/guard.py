"""What every page of ours shares: signed in first, and refusals of operations told as pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.lanes import Saturated
from thongquan.base.core.sentences import sentence
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

View = TypeVar("View", bound=Callable[..., HttpResponse])


def open_page(view: View) -> View:
    """Tell refusals of operations as pages: 403 not allowed, 404 not found, 409 not possible now, 429 lane full."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotFound as error:
            raise Http404 from error
        except Saturated as error:
            return _saturated(request, error)
        except Conflict:
            return render(request, "web/conflict.html", status=409)

    return cast("View", answer)


def _saturated(request: HttpRequest, error: Saturated) -> HttpResponse:
    """The page of a full lane: the place in the queue and when to come again."""
    values = {"position": str(error.position), "seconds": str(error.retry_seconds)}
    told = sentence(Fault(code=Code.TQ_EXP_010, values=values))
    context = {"told": told, "position": error.position, "seconds": error.retry_seconds}
    answer = render(request, "web/saturated.html", context, status=429)
    answer["Retry-After"] = str(error.retry_seconds)
    return answer


def page(view: View) -> View:
    """A page for people who are signed in; see `open_page` for refusals."""
    return login_required(open_page(view))
