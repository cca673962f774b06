"""Duties as a person reads them: line, tax, base × rate = amount, and below each figure where it comes from.

Everything is recomputed from the stored facts (`rules.derivation`); nothing here computes money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongquan.base.core.law_words import legal
from thongquan.clearance.declarations.labels import ROUNDINGS, STEPS, TAXES, TREATMENTS, tax_label
from thongquan.rules.decision import Decision, TaxAmount
from thongquan.rules.derivation import Derivation, LineDerivation, Step
from thongquan.rules.document import Document, Line

_NAME = re.compile(r"[a-z_]+|[A-Z]{2}\b|\*|/|-")
_SIGNS = {"*": "×", "/": "÷", "-": "−"}
MAX_DECIMALS = 6


@dataclass(frozen=True)
class ShownStep:
    """A step with its words: `sum` in figures, `meaning` the same in names; a trivial one has but its result.

    `notes` tell what was done, how it was rounded, by which law and from which day.
    """

    label: str
    meaning: str
    sum: str
    result: Decimal
    unit: str
    source: str
    verified: bool
    trivial: bool
    notes: tuple[str, ...]
    children: tuple[ShownStep, ...]


@dataclass(frozen=True)
class ShownTax:
    """One tax of a line: the row of the table and its steps."""

    tax: str
    label: str
    base: Decimal
    rate: Decimal | None
    specific: Decimal | None
    amount: Decimal
    treatment: str
    treatment_label: str
    schedule: str
    option: str
    source: str
    valid_from: str
    verified: bool
    step: ShownStep
    base_step: ShownStep | None


@dataclass(frozen=True)
class ShownLine:
    """One line with its taxes, in dong."""

    number: int
    line: Line
    value: Decimal
    due: Decimal
    secured: Decimal
    taxes: tuple[ShownTax, ...]
    step: ShownStep

    @property
    def unverified(self) -> bool:
        """Whether any of its figures rests on a source that nobody has checked."""
        return any(not tax.verified for tax in self.taxes)


@dataclass(frozen=True)
class Reckoning:
    """All duties of a declaration, in dong."""

    lines: tuple[ShownLine, ...]
    whole: ShownStep | None
    totals: tuple[tuple[str, Decimal], ...]
    fee: ShownStep | None
    due: Decimal
    secured: Decimal

    @property
    def unverified(self) -> int:
        """How many amounts rest on an unverified source."""
        return sum(not tax.verified for line in self.lines for tax in line.taxes)


def reckoning_of(document: Document, decision: Decision, derivation: Derivation) -> Reckoning:
    """The duties of an accepted declaration with their steps."""
    lines = zip(document.lines, decision.lines, derivation.lines, strict=True)
    return Reckoning(
        lines=tuple(_line(line, duties.taxes, duties.secured_vnd, steps) for line, duties, steps in lines),
        whole=shown(derivation.value) if derivation.value else None,
        totals=tuple((str(tax_label(tax)), amount) for tax, amount in decision.totals_vnd.items()),
        fee=shown(derivation.fee) if derivation.fee else None,
        due=decision.due_vnd,
        secured=decision.secured_vnd,
    )


def _line(line: Line, taxes: tuple[TaxAmount, ...], secured: Decimal, steps: LineDerivation) -> ShownLine:
    return ShownLine(
        number=steps.number,
        line=line,
        value=steps.value.result,
        due=steps.due_vnd,
        secured=secured,
        taxes=tuple(_tax(tax, step) for tax, step in zip(taxes, steps.taxes, strict=True)),
        step=shown(steps.value, below=False),
    )


def _tax(tax: TaxAmount, step: Step) -> ShownTax:
    return ShownTax(
        tax=tax.tax,
        label=str(tax_label(tax.tax)),
        base=tax.base_vnd,
        rate=tax.rate,
        specific=tax.specific,
        amount=tax.amount_vnd,
        treatment=tax.treatment,
        treatment_label=str(TREATMENTS.get(tax.treatment, tax.treatment)),
        schedule=tax.schedule,
        option=tax.option,
        source=tax.source,
        valid_from=tax.valid_from,
        verified=tax.verified,
        step=shown(step, below=False),
        base_step=shown(step.children[0], below=False) if step.children else None,
    )


def shown(step: Step, *, below: bool = True) -> ShownStep:
    """A step in the reader's words and figures, with all below it unless told otherwise."""
    meaning = _written(step.formula, {name: _word(name, step) for name in step.inputs})
    trivial = len(step.inputs) < 2
    rounding = str(ROUNDINGS.get(step.rounding, step.rounding)) if step.rounding else ""
    since = _("from %(day)s") % {"day": _day(step.valid_from)} if step.valid_from else ""
    return ShownStep(
        label=_word(step.label, step),
        meaning=meaning,
        sum=_written(step.formula, {name: _figure(name, value, step) for name, value in step.inputs.items()}),
        result=step.result,
        unit=step.unit,
        source=step.source,
        verified=step.verified,
        trivial=trivial,
        notes=tuple(note for note in ("" if trivial else meaning, rounding, legal(step.source), since) if note),
        children=tuple(shown(child) for child in step.children) if below else (),
    )


def _word(name: str, step: Step) -> str:
    if name == "rate":
        return str(_("tax rate") if step.label in TAXES else STEPS["exchange_rate"])
    word: Promise | str = STEPS.get(name, name)
    return str(word)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "SHORT_DATE_FORMAT")


def _written(formula: str, words: dict[str, str]) -> str:
    """A formula with its names replaced; a formula that is only its own result says nothing."""
    if formula in words and len(words) == 1:
        return words[formula]
    return _NAME.sub(lambda found: words.get(found[0], _SIGNS.get(found[0], found[0])), formula)


def _figure(name: str, value: Decimal, step: Step) -> str:
    if name == "rate" and step.label in TAXES:
        return f"{_grouped(value * 100)}\u00a0%"
    return _grouped(value)


def _grouped(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    places = min(max(-exponent, 0), MAX_DECIMALS) if isinstance(exponent, int) else 0
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def table_of(reckoning: Reckoning) -> Iterator[list[object]]:
    """Rows to take away: one per line and tax, amounts in dong, rates in percent."""
    for line in reckoning.lines:
        for tax in line.taxes:
            percent = None if tax.rate is None else tax.rate * 100
            row = [line.number, line.line.hs or "", line.line.description or "", line.value, tax.label, tax.base]
            row += [percent, tax.specific, tax.amount, tax.treatment_label, tax.schedule, tax.source]
            yield [*row, tax.valid_from, "" if tax.verified else "?"]
