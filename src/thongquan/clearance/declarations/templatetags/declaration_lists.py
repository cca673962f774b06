"""Words for codes in lists, the local day, and faults told apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

from django import template
from django.utils.functional import Promise

from thongquan.clearance.declarations.forms import Told
from thongquan.clearance.declarations.labels import FLOWS, STATES
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
