"""Small things that pages of values show."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
_MARKS = {"below": "▼", "within": "●", "above": "▲"}


@register.simple_tag
def place_mark(placed: str) -> SafeString:
    """A shape for where a price stands, beside its words."""
    return format_html('<span class="va-mark" aria-hidden="true">{}</span>', _MARKS.get(placed, "○"))


@register.filter
def percent(share: Decimal) -> str:
    """`0.62` as `62 %`."""
    return f"{formats.number_format(share * 100, 0)} %"
