"""Boxes of the form, written in one go: fifty lines have fifteen hundred of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from thongquan.clearance.declarations.forms import Box, Told
from thongquan.clearance.declarations.labels import TAXES
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values
from thongquan.rules.codes import Code

register = template.Library()
CHOSEN = frozenset(
    {
        "transport_mode",
        "party_relation",
        "cargo_class",
        "invoice_kind",
        "price_kind",
        "valuation_method",
        "tax_term",
        "adjustment",
    }
)
"""Short lists that are chosen from; in longer ones a code is typed or found by words."""

Choice = tuple[str, str]
ASKED_OF_AGREEMENTS = ("hs", "origin")


@register.filter
def asking(boxes: Iterable[Box]) -> str:
    """Goods code and origin of a line for an address that begins a comparison of agreements."""
    return urlencode({box.field.key: box.value for box in boxes if box.field.key in ASKED_OF_AGREEMENTS and box.value})


@register.simple_tag
def entry(box: Box, on: date, language: str) -> SafeString:
    """The control of a box, with its state told to readers."""
    told = f"{box.id}-error " if box.errors else ""
    hint = f"{box.id}-hint" if box.field.hint else ""
    described = format_html(' aria-describedby="{}"', f"{told}{hint}".strip()) if told or hint else ""
    invalid = SafeString(' aria-invalid="true"') if box.errors else ""
    common = format_html('id="{}" name="{}"{}{}', box.id, box.name, described, invalid)
    return _control(box, common, on, language)


def _control(box: Box, common: SafeString, on: date, language: str) -> SafeString:
    field = box.field
    if field.kind == "yesno":
        return _select(box, common, [("yes", _("Yes")), ("no", _("No"))])
    if field.listed == "tax":
        return _select(box, common, [(code, str(name)) for code, name in TAXES.items() if code != "vat"])
    if field.listed in CHOSEN:
        values = code_values(field.listed, on, language)
        return _select(box, common, [(one.code, f"{one.code} · {one.name}") for one in values])
    if field.kind == "long":
        return format_html("<textarea {} rows=2>{}</textarea>", common, box.value)
    if field.kind == "date":
        kind = "date" if not box.value or _is_iso(box.value) else "text"
        return format_html('<input type="{}" {} value="{}">', kind, common, box.value)
    return _typed(box, common)


def _typed(box: Box, common: SafeString) -> SafeString:
    field = box.field
    more = SafeString("")
    if field.listed:
        more = format_html(
            ' data-list="{}" role="combobox" aria-autocomplete="list" aria-expanded="false" spellcheck="false"',
            field.listed,
        )
    if field.kind in ("amount", "count"):
        more = SafeString(' inputmode="decimal" class="tq-num"')
    return format_html('<input type="text" {} value="{}" autocomplete="off"{}>', common, box.value, more)


def _select(box: Box, common: SafeString, choices: list[Choice]) -> SafeString:
    """A value that is not in the list stays visible, so that nobody loses it unseen."""
    if box.value and box.value not in {code for code, _name in choices}:
        choices = [(box.value, box.value), *choices]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected") if code == box.value else "", name) for code, name in [("", "–"), *choices]),
    )
    return format_html("<select {}>{}</select>", common, options)


def _is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


@register.simple_tag
def caption(box: Box, on: date, language: str) -> str:
    """The name of the code in a box, as far as its list knows it."""
    listed = box.field.listed
    if not listed or not box.value or listed in CHOSEN or listed in ("hs", "tax"):
        return ""
    return code_name(listed, box.value, on, language)


def _accepted(fault: Told) -> SafeString:
    """The example that an officer gave with an instruction."""
    if fault.code != Code.TQ_LIF_016 or not fault.example:
        return SafeString("")
    return format_html('<small>{} <span class="tq-code">{}</span></small> ', _("Accepted, for example:"), fault.example)


@register.simple_tag
def cell_faults(faults: Iterable[Told], anchor: str) -> SafeString:
    """The faults of one cell of the table, one below the other."""
    told = [fault for fault in faults if fault.severity == "error"]
    if not told:
        return SafeString("")
    lines = format_html_join(
        "", "<span>{} {}<small>{}</small></span>", ((one.text, _accepted(one), one.code) for one in told)
    )
    return format_html('<div class="dc-cell-fault" id="{}-error">{}</div>', anchor, lines)
