"""What the pages of casework share."""

from __future__ import annotations

from django.http import HttpRequest

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def typed(request: HttpRequest, name: str, most: int = 20_000) -> str:
    """A posted text; far more than any field takes is cut off."""
    return request.POST.get(name, "")[:most]
