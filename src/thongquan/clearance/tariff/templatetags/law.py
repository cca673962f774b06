"""Words and numbers of the law for templates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.law_words import legal
from thongquan.clearance.tariff import parameter_words, tabs, wording
from thongquan.rules.law import Option

register = template.Library()
register.filter("tax_name", wording.tax_name)
register.filter("flow_name", wording.flow_name)
register.filter("law_word", wording.word_for)
register.filter("unit_name", parameter_words.unit_name)
register.filter("value_name", parameter_words.value_name)


@register.filter
def rate(option: Option) -> str:
    """A rate as people write it."""
    return wording.option_text(option)


@register.filter
def when(option: Option) -> str:
    """When a rate applies."""
    return wording.option_when(option)


@register.filter
def box(cell: wording.Box) -> str:
    """All rates of a cell in one line."""
    return wording.box_text(cell)


@register.filter
def figure(value: object) -> str:
    """A number of the law with grouped thousands; words are left as they are."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return number_format(number, use_l10n=True, force_grouping=abs(number) >= 10_000)


@register.filter
def basis(source: str) -> str:
    """A source in the reader's words, without the word that its badge says already."""
    return legal(source.removeprefix("unverified: "))


@register.filter
def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    return str(WEEKDAYS[weekday])


@register.filter
def holiday_name(name: str) -> str:
    """A public holiday in the reader's language; names that are already in it, or unknown, are left as they are."""
    return wording.holiday_name(name)


@register.filter
def plainly(cell: wording.Box) -> bool:
    """Whether what is shown is also what was published, so that it need not be said twice."""
    return len(cell.options) == 1 and cell.options[0].key == cell.raw.replace(",", ".").removesuffix("%")


@register.filter
def iso(day: date) -> str:
    """A day for an address: `2026-12-31`."""
    return day.isoformat()


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """The name of a code, or nothing."""
    return names.get(code, "")


@register.simple_tag(takes_context=True)
def tabs_of_others(context: dict[str, Any]) -> list[tabs.Tab]:
    """Tabs that other rooms show this person beside those of the law."""
    request = context.get("request")
    return [tab for tab in tabs.more_tabs if request and tab.when(actor_of_request(request, now()))]
