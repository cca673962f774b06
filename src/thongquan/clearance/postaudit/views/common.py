"""What the pages of audits share."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now


def actor_of_page(request: HttpRequest) -> Actor:
    """The person behind a page."""
    return actor_of_request(request, now())


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"
