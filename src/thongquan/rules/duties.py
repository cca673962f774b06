"""Taxes of each line in the legal order: import duty, trade defense, special consumption, environment, VAT.

Legal basis: Law 107/2016/QH13 Art. 5-6 (ad valorem, specific, mixed); Law 27/2008/QH12 as replaced by Law
66/2025/QH15 (special consumption; trade-defense duty in the base is a dated parameter); Law 57/2010/QH12
(environment); Law 48/2024/QH15 (VAT); Decree 134/2016/NĐ-CP Art. 29 (smallest value and duty, in `relief`). On exports
only export duty is collected at customs.

`amount_vnd` is always base × rate. Whether it is paid is the treatment: `due` is paid, `secured` is guaranteed,
`exempt` is relieved (the amount shown is the relief), `not_subject` is zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from thongquan.rules.decision import LineDuties, TaxAmount
from thongquan.rules.document import Document, Line
from thongquan.rules.law import Cell, LawOfDay, RegimeTax, Tax, Treatment
from thongquan.rules.money import DONG, ZERO, exact, rounded
from thongquan.rules.parameters import mode, number, truth
from thongquan.rules.rates import TRADE_DEFENSE, Applied, specific_quantity
from thongquan.rules.relief import relief_of
from thongquan.rules.valuation import Valuation, rate_of


class Assessment(NamedTuple):
    """Duties of all lines and what the small-value relief was granted on ('' when it was not)."""

    lines: tuple[LineDuties, ...]
    relieved_by: str


class _Terms(msgspec.Struct, frozen=True):
    """What is the same for every line of a document."""

    law: LawOfDay
    mode: str
    defense_in_sct: bool
    ordinary: Decimal
    regime: dict[str, RegimeTax]
    relieved_by: str


def duty_amount(base: Decimal, rate: Decimal, *, mode: str = "half_up", unit: Decimal = DONG) -> Decimal:
    """Give base × rate rounded to `unit` (dong unless told; `Decimal("0.01")` for cents) in a mode of `money.MODES`."""
    with exact():
        return rounded(base * rate, mode, unit)


def assess(document: Document, law: LawOfDay, value: Valuation, rates: list[tuple[Applied, ...]]) -> Assessment:
    """Compute every tax of every line in dong.

    The relief of small consignments depends on the sum of import or export duty, so that sum is taken first.
    """
    terms = _Terms(
        law=law,
        mode=mode(law),
        defense_in_sct=truth(law, "trade_defense_in_sct_base"),
        ordinary=number(law, "ordinary_multiplier"),
        regime={row.tax: row for row in law.regime.taxes},
        relieved_by="",
    )
    lines = _all_lines(document, value, rates, terms)
    reason = _small(document, law, value, lines)
    if reason:
        lines = _all_lines(document, value, rates, replace(terms, relieved_by=reason))
    return Assessment(lines, reason)


def _all_lines(
    document: Document, value: Valuation, rates: list[tuple[Applied, ...]], terms: _Terms
) -> tuple[LineDuties, ...]:
    return tuple(
        _line_duties(line, vnd, applied, terms)
        for line, vnd, applied in zip(document.lines, value.lines_vnd, rates, strict=True)
    )


def _small(document: Document, law: LawOfDay, value: Valuation, lines: tuple[LineDuties, ...]) -> str:
    """Name the parameter that relieves a small consignment of import and export duty (Decree 134/2016 Art. 29)."""
    payable = [
        tax.amount_vnd
        for line in lines
        for tax in line.taxes
        if tax.tax in ("import_duty", "export_duty") and tax.treatment in ("due", "secured")
    ]
    return relief_of(document, law, value.total_vnd, sum(payable, ZERO))


def _line_duties(line: Line, value: Decimal, rates: tuple[Applied, ...], terms: _Terms) -> LineDuties:
    """Run down the legal order; each tax counted (due or secured) enters the bases after it."""
    taxes: list[TaxAmount] = []
    sct_base, all_base, due, secured = value, value, ZERO, ZERO
    for applied in rates:
        tax = applied.tax
        base = all_base if tax == "vat" else sct_base if tax == "sct" else value
        row = _tax_amount(line, applied, base, terms)
        taxes.append(row)
        if row.treatment == "due":
            due += row.amount_vnd
        elif row.treatment == "secured":
            secured += row.amount_vnd
        else:
            continue
        all_base += row.amount_vnd
        if tax == "import_duty" or (tax in TRADE_DEFENSE and terms.defense_in_sct):
            sct_base += row.amount_vnd
    return LineDuties(number=line.number, value_vnd=value, taxes=tuple(taxes), due_vnd=due, secured_vnd=secured)


def _tax_amount(line: Line, applied: Applied, base: Decimal, terms: _Terms) -> TaxAmount:
    treatment, source, verified = _treatment(line, applied.tax, terms)
    cell, option = applied.cell, applied.option
    if option is not None and option.not_subject:
        treatment = "not_subject"
    rate, specific, amount = None, None, ZERO
    if option is not None and treatment != "not_subject":
        times = terms.ordinary if applied.times_ordinary else DONG
        rate = None if option.rate is None else option.rate * times
        if option.amount is not None:
            specific = option.amount * times * rate_of(terms.law, option.currency or "VND")
        amount = _amount(line, applied, base, rate, specific, terms.mode)
    return TaxAmount(
        tax=applied.tax,
        treatment=treatment,
        base_vnd=base,
        amount_vnd=amount,
        rate=rate,
        specific=specific,
        schedule=applied.schedule,
        option=option.key if option is not None else "",
        valid_from=cell.valid_from.isoformat() if cell is not None else "",
        source=_sources(cell, source),
        verified=verified and cell is not None and cell.verified and not applied.unknown,
    )


def _sources(cell: Cell | None, treatment: str) -> str:
    if cell is None:
        return treatment
    return f"{cell.source}; {treatment}" if treatment else cell.source


def _amount(
    line: Line, applied: Applied, base: Decimal, rate: Decimal | None, specific: Decimal | None, rounding: str
) -> Decimal:
    """Ad valorem, specific, or mixed: the sum, rounded once."""
    exact_amount = base * rate if rate is not None else ZERO
    if specific is not None and applied.option is not None:
        exact_amount += (specific_quantity(line, applied.option) or ZERO) * specific
    return rounded(exact_amount, rounding)


def _treatment(line: Line, tax: Tax, terms: _Terms) -> tuple[Treatment, str, bool]:
    """Small-value relief first, then the exemption of the line, then the regime; no row means due, unverified."""
    row = terms.regime.get(tax)
    treatment: Treatment = row.treatment if row else "due"
    if tax in ("import_duty", "export_duty") and treatment in ("due", "secured"):
        if terms.relieved_by:
            relief = terms.law.parameters[terms.relieved_by]
            return "exempt", relief.source, relief.verified
        if line.exemption:
            return "exempt", f"exemption {line.exemption}", False
    if row is None:
        return treatment, "", False
    return treatment, row.source if row.treatment != "due" else "", row.verified
