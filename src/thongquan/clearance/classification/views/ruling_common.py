"""What the pages of precedents, rulings and attributes share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification.permissions import offices_for, own_enterprises
from thongquan.rules.decision import Fault

PAGE = 50


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def reader(request: HttpRequest) -> tuple[Actor, bool]:
    """Officers who see codes for goods, and traders; and whether it is an officer. Raises `NotAllowed` for others."""
    actor = actor_of_page(request)
    works = bool(offices_for(actor, "classification.see"))
    if not (works or own_enterprises(actor) or is_trader(actor)):
        refuse()
    return actor, works


def refuse() -> NoReturn:
    """Raise `NotAllowed` for who may not read this room."""
    raise NotAllowed("classification.see")


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def words_asked(request: HttpRequest, name: str = "text") -> str:
    """Words of the address to narrow a list by."""
    return request.GET.get(name, "")[:80].replace("\x00", "").strip()


def page_asked(request: HttpRequest) -> int:
    """The page of a list, from 1."""
    given = request.GET.get("page", "1")
    return max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1


def problems_of(faults: Iterable[Fault], prefix: str = "") -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field."""
    found = []
    for fault in faults:
        told = sentence(fault)
        anchor = f"id_{prefix}{fault.path}" if fault.path.isidentifier() else ""
        text = f"{fault.path.partition('.')[0]}: {told.text}" if fault.path.startswith("row[") else told.text
        found.append(Problem(text, anchor, told.remedy, fault.code, told.example, told.basis))
    return found


def attempt(form: forms.Form, step: Callable[[], object], prefix: str = "") -> list[Problem] | None:
    """Take a step with a form; None when it was taken, else what is wrong ([] when the form tells it itself)."""
    if not form.is_valid():
        return []
    try:
        step()
    except Refused as refused:
        return problems_of(refused.faults, prefix)
    return None
