"""What the pages of integrity share."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.decision import Fault


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def problems_of(faults: Iterable[Fault], prefix: str = "") -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field."""
    found = []
    for fault in faults:
        told = sentence(fault)
        anchor = f"id_{prefix}{fault.path}" if fault.path.isidentifier() else ""
        found.append(Problem(told.text, anchor, told.remedy, fault.code, told.example, told.basis))
    return found
