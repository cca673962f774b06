"""What the pages of integrity share."""

from __future__ import annotations

from django.http import HttpRequest

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())
