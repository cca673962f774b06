"""A picked part of a chart in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongquan.clearance.risk.case_words import FILTERS, FLOWS, PERIODS, PICKED_OUTCOMES, TIES
from thongquan.clearance.risk.places import places
from thongquan.clearance.risk.queries.picking import Picked
from thongquan.clearance.tariff.queries.code_lists import code_name


def filters_told(picked: Picked, on: date, language: str) -> list[tuple[str, str]]:
    """Each filter that is set: its name and its value in words."""
    told = [(str(FILTERS[name]), _value(name, getattr(picked, name), on, language)) for name in FILTERS]
    return [(name, value) for name, value in told if value]


def title_told(picked: Picked, on: date, language: str, count: int) -> str:
    """A title to begin with."""
    parts = [value for _name, value in filters_told(picked, on, language)]
    parts.append(str(PERIODS[picked.days]))
    parts.append(ngettext("{n} declaration", "{n} declarations", count).format(n=count))
    return " · ".join(parts)[:120]


def _value(name: str, value: str | int, on: date, language: str) -> str:
    if not value:
        return ""
    text = str(value)
    if name == "origin":
        return code_name("country", text, on, language) or text
    if name == "flow":
        return str(FLOWS.get(text, text))
    if name == "gate":
        return places()[text].name if text in places() else text
    if name == "outcome":
        return str(PICKED_OUTCOMES.get(text, ""))
    if name == "tie":
        kind, _separator, key = text.partition(":")
        return f"{TIES.get(kind, kind)}: {_('a person') if kind == 'person' else key}"
    return text
