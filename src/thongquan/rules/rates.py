"""Which cell of the tariff and which of its rates a line falls under.

Legal basis: Law 107/2016/QH13 Art. 5-8 (MFN, preferential and ordinary rates; ordinary is 150 % of MFN unless set,
rate of the day of registration); Decree 26/2023/NĐ-CP; agreement decrees of 2022-2027; Law 48/2024/QH15 and Decree
174/2025/NĐ-CP (VAT, several rates for parts of a code).

The declarant chooses: the schedule, and one of several rates where the law allows several. A tax that the source
marks without its amount (`unknown`) does not stop trade: the line is told TQ-TAX-006 as a warning, the tax stands at
zero and unverified, and the channel asks for a document check so that an officer assesses it. The same holds for a
code without an import duty or VAT cell: these two apply to all goods, so a hole there is a hole in the data.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec.structs import replace

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.law import Cell, LawOfDay, LineLaw, Option, Tax

MFN, ORDINARY = "B01", "B03"
TRADE_DEFENSE: tuple[Tax, ...] = ("anti_dumping", "countervailing", "safeguard")
OTHER: dict[str, tuple[Tax, ...]] = {"import": ("sct", "ept", "vat"), "export": ("export_duty",)}
_QUOTA = ("in_quota", "out_of_quota")


class Applied(msgspec.Struct, frozen=True, gc=False):
    """A tax of a line with the cell and the option in force; no option when it does not apply or is not known."""

    tax: Tax
    schedule: str
    cell: Cell | None
    option: Option | None
    unknown: bool = False
    times_ordinary: bool = False


class _At(msgspec.Struct, gc=False):
    place: int
    line: Line
    law: LawOfDay
    report: list[Fault]

    def fault(self, code: Code, field: str, value: str = "", *, warning: bool = False, **values: str) -> None:
        self.report.append(
            Fault(
                code=code,
                path=f"lines[{self.place}].{field}",
                line=self.line.number,
                value=value,
                values=values,
                severity="warning" if warning else "error",
            )
        )


def applied_rates(
    index: int, line: Line, line_law: LineLaw, law: LawOfDay, flow: str, report: list[Fault]
) -> tuple[Applied, ...]:
    """Choose cell and option of every tax of a line, in legal order; faults go to the report."""
    at = _At(index, line, law, report)
    cells = _cells_by_tax(line_law, line.origin or "")
    found: list[Applied] = []
    if flow == "import":
        found.append(_import_duty(at, line_law, cells.get("import_duty", [])))
        for tax in TRADE_DEFENSE:
            if tax in cells:
                found += [_applied(at, cell) for cell in cells[tax] if line.origin not in cell.excluded]
    for tax in OTHER[flow]:
        listed = cells.get(tax)
        if listed:
            found.append(_applied(at, listed[0]))
        elif tax == "vat":
            found.append(_unknown(at, "vat", "", None))
    if line.choices:
        _check_choices(at, found)
    return tuple(found)


def _cells_by_tax(line_law: LineLaw, origin: str) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {}
    for cell in line_law.cells:
        if cell.origins and origin not in cell.origins:
            continue
        if cell.tax in cells:
            cells[cell.tax].append(cell)
        else:
            cells[cell.tax] = [cell]
    return cells


def _import_duty(at: _At, line_law: LineLaw, cells: list[Cell]) -> Applied:
    schedule = at.line.schedule or MFN
    for cell in cells:
        if cell.schedule == schedule:
            return _scheduled(at, cell)
    if schedule == ORDINARY:
        return _ordinary(at, cells)
    rules = at.law.schedules.get(schedule)
    if rules is not None and rules.preferential:
        elsewhere = any(other.schedule == schedule for other in line_law.cells)
        code = Code.TQ_ORI_002 if elsewhere else Code.TQ_ORI_004
        at.fault(code, "schedule", schedule, schedule=schedule, origin=at.line.origin or "", hs=line_law.hs)
        return Applied("import_duty", schedule, None, None)
    return _unknown(at, "import_duty", schedule, None)


def _scheduled(at: _At, cell: Cell) -> Applied:
    """TQ-ORI-003, TQ-ORI-004: the cell of the claimed schedule, unless the origin is excluded or the cell is empty."""
    origin = at.line.origin or ""
    if origin in cell.excluded:
        at.fault(Code.TQ_ORI_003, "schedule", cell.schedule, schedule=cell.schedule, origin=origin, raw=cell.raw)
        return Applied("import_duty", cell.schedule, cell, None)
    if not cell.options and not cell.unknown:
        hs = at.line.hs or ""
        at.fault(Code.TQ_ORI_004, "schedule", cell.schedule, schedule=cell.schedule, origin=origin, hs=hs)
        return Applied("import_duty", cell.schedule, cell, None)
    return _applied(at, cell)


def _ordinary(at: _At, cells: list[Cell]) -> Applied:
    """Ordinary rate without a cell: MFN times the multiplier; from an MFN of zero it is not known (Art. 5.3)."""
    cell = next((cell for cell in cells if cell.schedule == MFN), None)
    if cell is None:
        return _unknown(at, "import_duty", ORDINARY, None)
    found = _applied(at, cell)
    option = found.option
    if option is not None and not option.rate and not option.amount:
        return _unknown(at, "import_duty", ORDINARY, cell)
    return replace(found, schedule=ORDINARY, times_ordinary=True)


def _unknown(at: _At, tax: Tax, schedule: str, cell: Cell | None) -> Applied:
    at.fault(Code.TQ_TAX_006, "hs", at.line.hs or "", warning=True, tax=tax, raw=cell.raw if cell else "")
    return Applied(tax, schedule, cell, None, unknown=True)


def _applied(at: _At, cell: Cell) -> Applied:
    options = cell.options
    if len(options) == 1 and not options[0].condition:
        option: Option | None = options[0]
    elif cell.unknown or not options:
        return _unknown(at, cell.tax, cell.schedule, cell)
    else:
        option = _narrowed(at, cell)
    if option is not None and option.amount is not None:
        _check_specific(at, cell, option)
    return Applied(cell.tax, cell.schedule, cell, option)


def _narrowed(at: _At, cell: Cell) -> Option | None:
    """One option out of several: by member, by quota, then by the declarant's choice."""
    origin, line = at.line.origin or "", at.line
    options = list(cell.options)
    if [option for option in options if option.countries]:
        named = [option for option in options if origin in option.countries]
        options = named or [option for option in options if not option.countries]
    if [option for option in options if option.condition in _QUOTA]:
        if line.in_quota is None:
            at.fault(Code.TQ_TAX_004, "in_quota", tax=cell.tax, raw=cell.raw)
            return None
        wrong = "out_of_quota" if line.in_quota else "in_quota"
        options = [option for option in options if option.condition != wrong]
    if not options:
        at.fault(Code.TQ_ORI_002, "schedule", cell.schedule, schedule=cell.schedule, origin=origin, hs=line.hs or "")
        return None
    return options[0] if len(options) == 1 else _chosen(at, cell, options)


def _chosen(at: _At, cell: Cell, options: list[Option]) -> Option | None:
    """TQ-TAX-001, 002, 003: where the law allows several rates the declarant names one of them, with the reason."""
    for choice in at.line.choices:
        if choice.tax == cell.tax:
            break
    else:
        at.fault(Code.TQ_TAX_001, "choices", tax=cell.tax, options=_keys(options))
        return None
    for option in options:
        if option.key == choice.rate:
            if not (choice.reason or "").strip():
                at.fault(Code.TQ_TAX_003, "choices", choice.rate, tax=cell.tax, options=option.key)
            return option
    at.fault(Code.TQ_TAX_002, "choices", choice.rate, tax=cell.tax, options=_keys(options))
    return None


def _keys(options: list[Option]) -> str:
    return " / ".join(option.key for option in options)


def _check_choices(at: _At, found: list[Applied]) -> None:
    """TQ-TAX-002, TQ-TAX-007: no choice for a rate that the law does not offer, and one choice for a tax."""
    options: dict[str, Option | None] = {one.tax: one.option for one in found}
    for place, choice in enumerate(at.line.choices):
        if place and [True for earlier in at.line.choices[:place] if earlier.tax == choice.tax]:
            at.fault(Code.TQ_TAX_007, "choices", choice.rate, tax=choice.tax)
        option = options.get(choice.tax)
        if choice.tax not in options or (option is not None and option.key != choice.rate):
            at.fault(Code.TQ_TAX_002, "choices", choice.rate, tax=choice.tax, options=option.key if option else "-")


def _check_specific(at: _At, cell: Cell, option: Option) -> None:
    """TQ-TAX-005, TQ-LAW-002: a specific rate needs the quantity in its unit and the exchange rate of its currency."""
    if specific_quantity(at.line, option) is None:
        at.fault(Code.TQ_TAX_005, "quantity", at.line.unit or "", tax=cell.tax, unit=option.unit or "")
    currency = option.currency or "VND"
    if currency != "VND" and currency not in at.law.rates:
        at.fault(Code.TQ_LAW_002, "hs", currency, currency=currency, on=at.law.on.isoformat())


def specific_quantity(line: Line, option: Option) -> Decimal | None:
    """Give the declared quantity in the unit of a specific rate: first or second quantity, or the net weight."""
    if not option.unit or option.unit == line.unit:
        return line.quantity
    if option.unit == line.unit2:
        return line.quantity2
    return line.net_weight_kg if option.unit == "KGM" else None
