"""Words for codes in lists, the local day, and faults told apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from thongquan.clearance.declarations.clocking import basis_of, clock_html, name_of, words_of
from thongquan.clearance.declarations.forms import Told
from thongquan.clearance.declarations.labels import FLOWS, STATES
from thongquan.clearance.declarations.queries.clocks import Due
from thongquan.clearance.declarations.views.common import today
from thongquan.clearance.tariff.queries.code_lists import code_name

register = template.Library()


@register.simple_tag
def flow_word(flow: str) -> Promise | str:
    """Import or export in the reader's language."""
    return FLOWS.get(flow, flow)


@register.simple_tag
def state_word(state: str) -> Promise | str:
    """A state in the reader's language."""
    return STATES.get(state, state)


@register.simple_tag(takes_context=True)
def clock_cell(context: Context, number: str) -> SafeString:
    """The clock that matters for a row, from the page's `clocks` by number; a dash where none runs."""
    return clock_html((context.get("clocks") or {}).get(number))


register.filter("clock_basis", basis_of)


@register.simple_tag
def clock_name(due: Due) -> Promise:
    """What a clock is about."""
    return name_of(due.clock.name)


@register.simple_tag
def clock_words(due: Due) -> str:
    """What is left of a clock, or how it ended."""
    return words_of(due)


@register.simple_tag
def local_day() -> date:
    """The day whose lists are offered."""
    return today()


@register.simple_tag
def split_faults(faults: Iterable[Told]) -> SimpleNamespace:
    """Faults that refuse and those that only tell."""
    told = list(faults)
    errors = [one for one in told if one.severity == "error"]
    return SimpleNamespace(errors=errors, warnings=[one for one in told if one.severity != "error"])


@register.simple_tag
def named(code: str | None, listed: str, on: date, language: str) -> str:
    """`CN · Trung Quốc`: a code with its name as of the day; the code alone when the list does not know it."""
    if not code:
        return "–"
    name = code_name(listed, code, on, language)
    return f"{code} · {name}" if name else code
