"""Words for codes in lists, the local day, and faults told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thongquan.clearance.declarations.clocking import basis_of, clock_html, name_of, words_of
from thongquan.clearance.declarations.forms import Told
from thongquan.clearance.declarations.labels import FLOWS, STATES
from thongquan.clearance.declarations.queries import Summary
from thongquan.clearance.declarations.queries.clocks import Due
from thongquan.clearance.declarations.views.columns import COLUMNS, NUMERIC, PLAIN, cell
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
def enterprise_word(context: Context, tax_code: str) -> str:
    """The name of an enterprise from the page's `names`; its tax code when it is not among them."""
    return str((context.get("names") or {}).get(tax_code, tax_code or "–"))


@register.simple_tag(takes_context=True)
def clock_cell(context: Context, number: str) -> SafeString:
    """The clock that matters for a row, from the page's `clocks` by number; a dash where none runs."""
    return clock_html((context.get("clocks") or {}).get(number))


@register.simple_tag(takes_context=True)
def list_heads(context: Context) -> SafeString:
    """The heads of the list beside the number: of the page's `columns`, else of those it shows by itself."""
    return format_html_join("", "{}", ((_head(one),) for one in context.get("columns") or _plain_heads()))


def _plain_heads() -> list[dict[str, Any]]:
    return [{"name": name, "label": COLUMNS[name], "is_number": name in NUMERIC} for name in PLAIN]


def _head(one: Mapping[str, Any]) -> SafeString:
    look = mark_safe(' class="tq-num"') if one["is_number"] else ""
    unit = format_html(' <span class="tq-unit">{}</span>', "₫") if one["is_number"] else ""
    label = format_html("{}{}", one["label"], unit)
    if one.get("sort"):
        label = format_html('<a href="?{}">{}</a>', one["sort"], label)
    if not one.get("is_sorted"):
        return format_html('<th scope="col"{}>{}</th>', look, label)
    way, sign = ("ascending", "↑") if one["name"] == "clock" else ("descending", "↓")
    return format_html(
        '<th scope="col"{} aria-sort="{}">{} <span aria-hidden="true">{}</span></th>', look, way, label, sign
    )


@register.simple_tag(takes_context=True)
def list_row(context: Context, row: Summary) -> SafeString:
    """A row of the list; where it can be chosen (`acts`), with its box, and with its queue in the address."""
    url = reverse("declarations:file", args=[row.number])
    if query := context.get("row_query"):
        url = f"{url}?{query}&place={getattr(row, 'cursor', '')}"
    clocks, names = context.get("clocks") or {}, context.get("names") or {}
    mine = bool(context.get("is_trader") or (context.get("card") or {}).get("is_trader"))
    columns = [one["name"] for one in context.get("columns") or ()] or PLAIN
    due = clocks.get(row.number)
    return format_html(
        '<tr data-href="{}"{}>{}<th scope="row"><a class="tq-code" href="{}">{}</a></th>{}</tr>',
        url,
        mark_safe(' class="is-late"') if due is not None and due.left.overdue else "",
        _pick(row) if context.get("acts") is not None else "",
        url,
        row.number,
        format_html_join("", "{}", ((cell(name, row, clocks, names, mine=mine),) for name in columns)),
    )


def _pick(row: Summary) -> SafeString:
    label = _("Choose %(number)s") % {"number": row.number}
    return format_html(
        '<td class="dc-pick"><input type="checkbox" name="number" value="{}" aria-label="{}"></td>', row.number, label
    )


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
