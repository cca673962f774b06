"""What the pages of violations share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.violations.subjects import About, about
from thongquan.rules.decision import Fault


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


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


def subject_or_none(actor: Actor, subject: str) -> About | None:
    """What a case is about, when the reader may see it."""
    try:
        return about(actor, subject)
    except NotFound:
        return None
