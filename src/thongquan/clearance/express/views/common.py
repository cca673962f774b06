"""What the pages of parcels share."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.sentences import Told, sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.decision import Fault


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def problems_of(faults: Iterable[Fault]) -> list[Problem]:
    """Faults as an error summary shows them."""
    found = []
    for fault in faults:
        told = sentence(fault)
        found.append(Problem(told.text, "", told.remedy, fault.code, told.example, told.basis))
    return found


def told_of(faults: Iterable[Fault]) -> list[tuple[Fault, Told]]:
    """Faults with their sentences."""
    return [(fault, sentence(fault)) for fault in faults]


def whole(text: str, *, most: int = 2**31 - 1) -> int:
    """A number of an address, 0 for nonsense."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 12 else 0
