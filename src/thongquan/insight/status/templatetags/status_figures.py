"""Figures of the status page in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import ngettext

register = template.Library()
NBSP = "\u00a0"
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.filter
def figure(value: float | None) -> str:
    """A grouped number."""
    return "–" if value is None else number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None) -> str:
    """A share as percent with two decimals, never rounded up to a hundred."""
    if share is None:
        return "–"
    shown = int(share * 10_000) / 100
    return f"{number_format(shown, decimal_pos=0 if shown == 100 else 2, use_l10n=True)}{NBSP}%"


@register.filter
def took(milliseconds: float) -> str:
    """A time of an answer: `0,4 ms`, `12 ms`, `1,2 s`."""
    if milliseconds >= 1000:
        return f"{number_format(milliseconds / 1000, decimal_pos=1, use_l10n=True)}{NBSP}s"
    places = 0 if milliseconds >= 10 else 1
    return f"{number_format(milliseconds, decimal_pos=places, use_l10n=True)}{NBSP}ms"


@register.filter
def lasting(seconds: float) -> str:
    """A length of time in its largest fitting unit."""
    whole = int(seconds)
    if whole < 2 * MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", whole) % {"n": whole}
    if whole < 2 * HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", whole // MINUTE) % {"n": whole // MINUTE}
    if whole < 2 * DAY:
        return ngettext("%(n)s hour", "%(n)s hours", whole // HOUR) % {"n": whole // HOUR}
    return ngettext("%(n)s day", "%(n)s days", whole // DAY) % {"n": whole // DAY}
