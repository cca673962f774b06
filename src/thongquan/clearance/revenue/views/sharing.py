"""What the pages of exemption lists, claims and papers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.decision import Fault

PAGE = 50
MAX_PAGE = 1_000


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def today() -> date:
    """The local day."""
    return timezone.localdate(now())


def page_number(request: HttpRequest) -> int:
    """The page of a list that the address asks for; the first when it makes no sense."""
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), MAX_PAGE) if text.isdigit() and text.isascii() else 1


def problems_of(faults: Iterable[Fault]) -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field."""
    told = [(fault, sentence(fault)) for fault in faults]
    return [
        Problem(one.text, f"id_{fault.path}" if fault.path else "", one.remedy, fault.code, one.example, one.basis)
        for fault, one in told
    ]


def attempt(form: forms.Form, step: Callable[[], object]) -> list[Problem] | None:
    """Take a step with a form; None when it was taken, else what is wrong ([] when the form tells it itself)."""
    if not form.is_valid():
        return []
    try:
        step()
    except Refused as refused:
        return problems_of(refused.faults)
    return None


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
