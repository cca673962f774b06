"""The answer of the calculator as a paper to print, in the reader's language; no legal form, and it says so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from thongquan.base.core.law_words import legal
from thongquan.base.core.papers import pdf
from thongquan.clearance.declarations.labels import TAXES, TREATMENTS
from thongquan.clearance.declarations.views.reckoning import ShownStep, reckoning_of, shown
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.clearance.tariff.queries.goods import Goods
from thongquan.clearance.tariff.wording import option_text
from thongquan.insight.public.queries.duties import Assumed, Outcome
from thongquan.rules.decision import TaxAmount

TEMPLATE = Path(__file__).parent / "duties.typ"
FEE = "fee"


def duties_pdf(found: Outcome, named: Goods | None, *, address: str) -> bytes:
    """The duties of an accepted outcome with all their steps; `address` leads to the question."""
    language = get_language() or "vi"
    duties = found.decision.lines[0]
    reckoning = reckoning_of(found.document, found.decision, found.derivation)
    rows = [_row(tax) for tax in duties.taxes]
    rows.append([_("Customs fee"), "", "", found.decision.fee_vnd, _source(reckoning.fee)])
    line = found.derivation.lines[0]
    steps = [*_lines(shown(line.value), 0), *(told for tax in line.taxes for told in _lines(shown(tax), 0, deepest=1))]
    data = {
        "language": language.split("-")[0],
        "on": found.asked.on.isoformat(),
        "address": address,
        "words": _words(),
        "facts": _facts(found, named, language),
        "rows": rows,
        "due": found.decision.due_vnd,
        "notes": _notes(found),
        "steps": steps,
    }
    return pdf(TEMPLATE, data)


def _words() -> dict[str, Any]:
    return {
        "title": _("Calculation of duties"),
        "practice": _("PRACTICE"),
        "footer": _("A calculation, not a decision of customs; it can be checked figure by figure at"),
        "heads": [_("Tax"), _("Base (VND)"), _("Rate"), _("Amount (VND)"), _("Source")],
        "total": _("To be paid"),
        "steps": _("How each amount came about"),
    }


def _facts(found: Outcome, named: Goods | None, language: str) -> list[list[str]]:
    asked = found.asked
    country = code_name("country", asked.origin, asked.on, language) or asked.origin
    parts = [
        [_("Goods"), f"{named.dotted} {named.name}" if named else asked.hs],
        [_("Country of origin"), country],
        [_("Price of the goods"), f"{_figure(asked.value)} {asked.currency}, {asked.term}"],
        [_("Freight"), _figure(asked.freight)],
        [_("Insurance"), _figure(asked.insurance)],
        [_("Customs regime"), f"{asked.regime} {code_name('regime', asked.regime, asked.on, language)}"],
        [_("Tariff schedule"), f"{asked.schedule} {code_name('schedule', asked.schedule, asked.on, language)}"],
        [_("Law of the day"), f"{date_format(asked.on, 'SHORT_DATE_FORMAT')} ({found.decision.law_version})"],
        [_("Customs value (VND)"), _figure(found.decision.lines[0].value_vnd)],
    ]
    return [[name, value] for name, value in parts if value]


def _row(tax: TaxAmount) -> list[Any]:
    rate = "" if tax.rate is None else f"{_figure(tax.rate * 100)} %"
    if tax.specific is not None:
        rate = f"{rate} + {_figure(tax.specific)}".removeprefix(" + ")
    amount = tax.amount_vnd if tax.treatment == "due" else Decimal(0)
    treated = "" if tax.treatment == "due" else f" ({TREATMENTS.get(tax.treatment, tax.treatment)})"
    unverified = "" if tax.verified else f" [{_('unverified')}]"
    source = legal(tax.source.removeprefix("unverified: ")) + unverified
    return [f"{TAXES.get(tax.tax, tax.tax)}{treated}", tax.base_vnd, rate, amount, source]


def _notes(found: Outcome) -> list[str]:
    return [
        _("The law leaves a choice for %(tax)s: %(options)s; %(taken)s was taken.")
        % {"tax": TAXES.get(one.tax, one.tax), "options": _options(found, one), "taken": _rate(found, one, one.taken)}
        for one in found.assumed
        if one.tax in TAXES
    ]


def _options(found: Outcome, one: Assumed) -> str:
    return " / ".join(_rate(found, one, key) for key in one.options)


def _rate(found: Outcome, one: Assumed, key: str) -> str:
    """A rate as people write it."""
    cells = (cell for cell in found.facts.law.lines[0].cells if cell.tax == one.tax)
    return next((option_text(option) for cell in cells for option in cell.options if option.key == key), key)


def _source(step: ShownStep | None) -> str:
    """The source of a step, said to be unverified where it is."""
    if step is None:
        return ""
    return legal(step.source.removeprefix("unverified: ")) + ("" if step.verified else f" [{_('unverified')}]")


def _lines(step: ShownStep, depth: int, *, deepest: int = 9) -> Iterator[list[Any]]:
    """A step and those below it; how the customs value came about is told once, not under every tax."""
    total = f"{_figure(step.result)} {step.unit}"
    yield [depth, f"{step.label} = {total}" if step.trivial else f"{step.label} = {step.sum} = {total}"]
    for child in step.children if depth < deepest else ():
        yield from _lines(child, depth + 1, deepest=deepest)


def _figure(value: Decimal | None) -> str:
    """A grouped number in the reader's language, without empty decimals."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    places = min(max(-exponent, 0), 6) if isinstance(exponent, int) else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
