"""Squares that lead to addresses of ours."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from thongquan.clearance.control.formats.slips import square_of

register = template.Library()


@register.simple_tag
def square(request: HttpRequest, address: str) -> SafeString:
    """A QR square of an address of this server."""
    return mark_safe(square_of(request.build_absolute_uri(address)))  # noqa: S308  (drawn by us)
