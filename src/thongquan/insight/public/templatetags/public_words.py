"""Addresses that keep the question, and small words of the public pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thongquan.base.core.sentences import sentence
from thongquan.base.core.term_words import time_words
from thongquan.base.web.templatetags.tq import money, rate
from thongquan.base.web.templatetags.tq import number as figures
from thongquan.insight.public.queries.procedures import Number
from thongquan.rules.decision import Fault
from thongquan.rules.terms import Left, Length

register = template.Library()


@register.simple_tag(takes_context=True)
def pinned(context: Context, **changes: str) -> SafeString:
    """The question with some answers changed, for an address."""
    return _query(context, changes)


@register.simple_tag(takes_context=True)
def pinned_as(context: Context, field: str, value: str) -> SafeString:
    """The question with one answer changed whose name is not known beforehand."""
    return _query(context, {field: value})


def _query(context: Context, changes: dict[str, str]) -> SafeString:
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = value
    return mark_safe(str(query.urlencode()).replace("&", "&amp;"))  # noqa: S308  (percent-encoded)


@register.simple_tag
def fault_text(faults: Sequence[Fault]) -> str:
    """The first fault as a sentence."""
    return sentence(faults[0]).text if faults else ""


@register.filter
def absolute(value: Decimal) -> Decimal:
    """Without its sign."""
    return abs(value)


@register.filter
def length_words(number: Number) -> str:
    """A number of the law in words: `2 working hours`, `20.000 ₫`, `0,03 % a day`, `9`."""
    if number.length is not None:
        return _time(number.length)
    if number.amount is None:
        return number.value
    if number.unit.startswith("VND"):
        return money(number.amount)
    if number.unit == "fraction per day":
        return _("%(rate)s a day") % {"rate": rate(number.amount)}
    return figures(number.amount)


def _time(length: Length) -> str:
    hours = length.unit == "minutes" and length.amount % 60 == 0
    amount, unit = (length.amount // 60, "hours") if hours else (length.amount, length.unit)
    return time_words(Left(amount, unit, length.working, overdue=False))
