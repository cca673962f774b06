"""Words for what law tables hold: taxes, treatments, rates, conditions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thongquan.rules.law import Option

TAXES = {
    "import_duty": gettext_noop("Import duty"),
    "export_duty": gettext_noop("Export duty"),
    "anti_dumping": gettext_noop("Anti-dumping duty"),
    "countervailing": gettext_noop("Countervailing duty"),
    "safeguard": gettext_noop("Safeguard duty"),
    "sct": gettext_noop("Special consumption tax"),
    "ept": gettext_noop("Environment tax"),
    "vat": gettext_noop("VAT"),
}
TREATMENTS = {
    "due": gettext_noop("due"),
    "exempt": gettext_noop("exempt"),
    "not_subject": gettext_noop("not subject"),
    "secured": gettext_noop("secured"),
}
KINDS = {
    "licence": gettext_noop("License"),
    "quarantine": gettext_noop("Quarantine"),
    "prohibited": gettext_noop("Prohibited"),
    "gate": gettext_noop("Gate limit"),
    "specialized_inspection": gettext_noop("Specialized inspection"),
    "control": gettext_noop("Control"),
}
FLOWS = {"import": gettext_noop("import"), "export": gettext_noop("export"), "": gettext_noop("import and export")}
WHEN = {
    "in_quota": gettext_noop("in the quota"),
    "out_of_quota": gettext_noop("outside the quota"),
    "part": gettext_noop("for part of the code"),
}
TABLES = {
    "Node": gettext_noop("Nomenclature"),
    "TariffCell": gettext_noop("Rates"),
    "Schedule": gettext_noop("Tariff schedules"),
    "Regime": gettext_noop("Regimes"),
    "RegimeTax": gettext_noop("Regimes and taxes"),
    "Parameter": gettext_noop("Parameters"),
    "CodeValue": gettext_noop("Code lists"),
    "Office": gettext_noop("Offices"),
    "Gate": gettext_noop("Gates"),
    "Condition": gettext_noop("Conditions on goods"),
    "ExchangeRate": gettext_noop("Exchange rates"),
    "VagueTerm": gettext_noop("Vague terms"),
    "UnitAlias": gettext_noop("Unit words"),
    "RequiredDocument": gettext_noop("Required papers"),
    "ControlExemption": gettext_noop("Who is not stopped"),
    "ChecklistItem": gettext_noop("Document checklists"),
    "OfficeHours": gettext_noop("Office hours"),
    "HolidayOverride": gettext_noop("Days off and days worked by decision"),
    "ReleaseCondition": gettext_noop("Conditions of release"),
    "Agreement": gettext_noop("Trade agreements"),
    "OriginForm": gettext_noop("Forms of proofs of origin"),
    "OriginBox": gettext_noop("Boxes of forms"),
    "OriginCriterion": gettext_noop("Criteria of origin"),
    "OriginTerm": gettext_noop("Terms of agreements"),
    "OriginIssuer": gettext_noop("Issuers of proofs of origin"),
    "ProductRule": gettext_noop("Product rules of origin"),
    "MinorDifference": gettext_noop("Minor differences of papers"),
    "UnitFactor": gettext_noop("Conversion of units"),
}
HOLIDAYS = {
    "New Year's Day": gettext_noop("New Year's Day"),
    "29 of Lunar New Year": gettext_noop("Day before Tết Eve"),
    "Lunar New Year's Eve": gettext_noop("Tết Eve"),
    "Lunar New Year": gettext_noop("Tết, first day"),
    "Second Day of Lunar New Year": gettext_noop("Tết, second day"),
    "Third Day of Lunar New Year": gettext_noop("Tết, third day"),
    "Fourth Day of Lunar New Year": gettext_noop("Tết, fourth day"),
    "Fifth Day of Lunar New Year": gettext_noop("Tết, fifth day"),
    "Hung Kings' Commemoration Day": gettext_noop("Hùng Kings' Commemoration Day"),
    "Liberation Day/Reunification Day": gettext_noop("Reunification Day"),
    "International Labor Day": gettext_noop("Labor Day"),
    "National Day": gettext_noop("National Day"),
    "Vietnam Cultural Day": gettext_noop("Vietnam Culture Day"),
}
"""Public holidays as the package `holidays` names them in English."""
OBSERVED, SWAPPED = " (observed)", "Day off (substituted from "
ALL = {**TAXES, **TREATMENTS, **KINDS, **TABLES}
HUNDRED = Decimal(100)


class Box(Protocol):
    """What has rates: a cell of the law or its row on a page."""

    @property
    def options(self) -> Sequence[Option]:
        """Its rates."""

    @property
    def unknown(self) -> bool:
        """Whether the tax applies at a rate that is not known."""

    @property
    def raw(self) -> str:
        """What was published."""


def tax_name(tax: str) -> str:
    """A tax in the reader's language."""
    return _(TAXES.get(tax, tax))


def flow_name(flow: str) -> str:
    """`import`, `export` or both, in the reader's language."""
    return _(FLOWS.get(flow, flow))


def holiday_name(name: str) -> str:
    """A public holiday in the reader's language; another name as it is."""
    if name.startswith(SWAPPED):
        return _("Day off in return for a working weekend")
    base = name.removesuffix(OBSERVED)
    said = _(HOLIDAYS[base]) if base in HOLIDAYS else base
    return _("%(name)s (in lieu)") % {"name": said} if base != name else said


def word_for(key: str) -> str:
    """A table, treatment, kind or tax in the reader's language."""
    return _(ALL[key]) if key in ALL else key


def option_text(option: Option) -> str:
    """A rate as people write it: `12,5 %`, `2.000 VND/LTR`, the sum of both, or not subject."""
    if option.not_subject:
        return _("not subject")
    parts = []
    if option.rate is not None:
        parts.append(f"{number_format(_short(option.rate * HUNDRED))}\u00a0%")
    if option.amount is not None:
        parts.append(f"{number_format(_short(option.amount))} {option.currency}/{option.unit}")
    return " + ".join(parts)


def _short(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def option_when(option: Option) -> str:
    """When a rate applies: in the quota, for goods of some countries, for part of the code; empty for always."""
    said = [_(WHEN[option.condition])] if option.condition in WHEN else []
    return ", ".join([*said, *option.countries])


def box_text(box: Box) -> str:
    """All rates of a box in one line."""
    if box.unknown:
        return _("applies, amount not known") if box.raw else _("not known")
    if not box.options:
        return _("no rate")
    texts = []
    for option in box.options:
        when = option_when(option)
        texts.append(f"{option_text(option)} ({when})" if when else option_text(option))
    return " / ".join(texts)
