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

View = TypeVar("View", bound=Callable[..., HttpResponse])


def open_page(view: View) -> View:
    """Tell refusals of operations as pages: 403 not allowed, 404 not found, 409 not possible now."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied from error
        except NotFound as error:
            raise Http404 from error
        except Conflict:
            return render(request, "web/conflict.html", status=409)

    return cast("View", answer)


def page(view: View) -> View:
    """A page for people who are signed in; see `open_page` for refusals."""
    return login_required(open_page(view))
