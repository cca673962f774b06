"""What if the law were another: stored facts under proposed law, and what their decision would then be.

Legal basis: none of its own; law that is proposed is tried on past declarations before it is published. Facts carry
their slice of law, so the slice is changed where the proposal touches it and nothing else is read. What a proposal
says holds as if it had been in force on the day of the declaration, whatever its own day is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar, get_args

import msgspec
from msgspec.structs import replace

from thongquan.rules.coded import coded_keys, vague_hits
from thongquan.rules.document import Document, Line
from thongquan.rules.facts import Facts
from thongquan.rules.law import (
    Cell,
    Condition,
    ExchangeRate,
    LawOfDay,
    LineLaw,
    Parameter,
    RegimeLaw,
    RegimeTax,
    ScheduleLaw,
    Tax,
)
from thongquan.rules.parameters import CONCLUDING, NEEDED, WELCOME, readable
from thongquan.rules.relief import SPECIAL, is_special

MFN = "B01"
PREFIXES = (2, 4, 6, 8)
_ORDER = {tax: place for place, tax in enumerate(get_args(Tax))}
_BESIDE_PARAMETERS = tuple(one.name for one in msgspec.structs.fields(LawOfDay) if one.name != "parameters")
_V = TypeVar("_V")


class Goods(msgspec.Struct, frozen=True):
    """Units of a national code."""

    unit: str | None = None
    additional_unit: str | None = None


class ConditionChange(msgspec.Struct, frozen=True):
    """A condition of one prefix and flow ('' for both): what it was at any time, and what it shall be."""

    flow: str
    was: tuple[Condition, ...]
    becomes: Condition | None


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """Proposed law by what it is about; None is the repeal of what holds.

    `cells` by code, then by tax and schedule; `conditions` by prefix of the code; `codes` are `list/code` and whether
    they are valid; `vague_terms` are keys (`rules.text.vague_key`); `weeks` are rates of the law in hand, by currency
    and Monday, for currencies that the slices do not carry yet.
    """

    goods: Mapping[str, Goods | None] = {}
    cells: Mapping[str, Mapping[tuple[str, str], Cell | None]] = {}
    conditions: Mapping[str, tuple[ConditionChange, ...]] = {}
    parameters: Mapping[str, Parameter | None] = {}
    schedules: Mapping[str, ScheduleLaw | None] = {}
    regimes: Mapping[str, RegimeLaw | None] = {}
    regime_taxes: Mapping[str, Mapping[str, RegimeTax | None]] = {}
    codes: Mapping[str, bool] = {}
    vague_terms: Mapping[str, bool] = {}
    currencies: Mapping[str, ExchangeRate | None] = {}
    weeks: Mapping[str, Mapping[date, ExchangeRate]] = {}


def patched(facts: Facts, proposed: Proposed) -> Facts:
    """Give the facts under the proposed law: the very same object when the proposal does not touch them."""
    law = patched_law(facts.law, facts.document, proposed)
    return facts if law is facts.law else replace(facts, law=law)


def patched_law(law: LawOfDay, document: Document, proposed: Proposed) -> LawOfDay:
    """Give the slice as the proposal would have cut it; the very same object when nothing differs."""
    lines = _lines(law, document, proposed)
    found = {
        "lines": lines,
        "regime": _regime(law.regime, proposed),
        "parameters": _parameters(law, document, proposed),
        "schedules": _schedules(law, document, proposed),
        "rates": _rates(law, lines, proposed),
        "known_codes": _known_codes(law.known_codes, document, proposed),
        "vague_terms": _vague_terms(law.vague_terms, document, proposed),
    }
    changed = {name: value for name, value in found.items() if value is not getattr(law, name)}
    return replace(law, **changed) if changed else law


def settles_alike(law: LawOfDay, other: LawOfDay) -> bool:
    """Whether the same document settles alike under two slices: they differ in nothing but readable parameters that
    channel and fee alone are decided by (`parameters.CONCLUDING`), so that the rest of a decision serves both.
    """
    if any(getattr(law, name) is not getattr(other, name) for name in _BESIDE_PARAMETERS):
        return False
    before, after = law.parameters, other.parameters
    return before.keys() == after.keys() and all(
        name in CONCLUDING and readable(name, before[name].value) and readable(name, one.value)
        for name, one in after.items()
        if one is not before[name]
    )


def _same(before: _V, after: _V) -> _V:
    """The old object where the new one says the same."""
    return before if before == after else after


def _lines(law: LawOfDay, document: Document, proposed: Proposed) -> tuple[LineLaw, ...]:
    if not (proposed.goods or proposed.cells or proposed.conditions) or len(law.lines) != len(document.lines):
        return law.lines
    found = [_line(one, line, document.flow, proposed) for one, line in zip(law.lines, document.lines, strict=True)]
    return tuple(found) if any(new is not old for new, old in zip(found, law.lines, strict=True)) else law.lines


def _line(law: LineLaw, line: Line, flow: str, proposed: Proposed) -> LineLaw:
    hs = law.hs
    if hs in proposed.goods:
        goods = proposed.goods[hs]
        if goods is None:
            return LineLaw(hs=hs, exists=False)
        law = _same(law, replace(law, exists=True, unit=goods.unit, additional_unit=goods.additional_unit))
    cells = proposed.cells.get(hs)
    if cells and (found := _cells(law.cells, cells, flow, line.schedule or "")) is not law.cells:
        law = replace(law, cells=found)
    if proposed.conditions and (held := _conditions(law, flow, proposed)) is not law.conditions:
        law = replace(law, conditions=held)
    return law


def concerns(tax: str, schedule: str, flow: str, claimed: str) -> bool:
    """Whether a slice carries the cell: on exports export duty alone; of import duty the claimed schedule and MFN."""
    if flow == "export" or tax == "export_duty":
        return flow == "export" and tax == "export_duty"
    return tax != "import_duty" or schedule in (claimed, MFN)


def _cells(
    held: tuple[Cell, ...], by: Mapping[tuple[str, str], Cell | None], flow: str, claimed: str
) -> tuple[Cell, ...]:
    wanted = {key: cell for key, cell in by.items() if concerns(*key, flow, claimed)}
    if not wanted:
        return held
    kept = [wanted.pop((cell.tax, cell.schedule), cell) for cell in held]
    found = [cell for cell in (*kept, *wanted.values()) if cell is not None]
    if any(cell is not None for cell in wanted.values()):
        found.sort(key=lambda cell: (cell.tax, cell.schedule))
    return _same(held, tuple(found))


def _conditions(law: LineLaw, flow: str, proposed: Proposed) -> tuple[Condition, ...]:
    found = law.conditions
    for length in PREFIXES:
        for change in proposed.conditions.get(law.hs[:length], ()):
            if change.flow in ("", flow):
                found = _condition(found, change)
    return _same(law.conditions, found)


def _condition(held: tuple[Condition, ...], change: ConditionChange) -> tuple[Condition, ...]:
    new = () if change.becomes is None else (change.becomes,)
    for place, one in enumerate(held):
        if one in change.was:
            return (*held[:place], *new, *held[place + 1 :])
    return (*held, *new)


def _regime(held: RegimeLaw, proposed: Proposed) -> RegimeLaw:
    if not (proposed.regimes or proposed.regime_taxes):
        return held
    told = proposed.regimes.get(held.code, held)
    if told is None:
        return RegimeLaw(code=held.code, exists=False)
    taxes = {tax.tax: tax for tax in held.taxes} | dict(proposed.regime_taxes.get(held.code, {}))
    kept = sorted((tax for tax in taxes.values() if tax is not None), key=lambda tax: _ORDER[tax.tax])
    return _same(held, replace(told, taxes=tuple(kept)))


def _parameters(law: LawOfDay, document: Document, proposed: Proposed) -> dict[str, Parameter]:
    held = law.parameters
    if not proposed.parameters:
        return held
    names = {*NEEDED[document.flow], *WELCOME[document.flow], *(SPECIAL if is_special(document) else ())}
    return _merged(held, {name: value for name, value in proposed.parameters.items() if name in names})


def _merged(held: dict[str, _V], changes: Mapping[str, _V | None]) -> dict[str, _V]:
    if not changes:
        return held
    found = {name: value for name, value in {**held, **changes}.items() if value is not None}
    return _same(held, found)


def _schedules(law: LawOfDay, document: Document, proposed: Proposed) -> dict[str, ScheduleLaw]:
    if not proposed.schedules:
        return law.schedules
    claimed = {line.schedule for line in document.lines}
    return _merged(law.schedules, {code: one for code, one in proposed.schedules.items() if code in claimed})


def _rates(law: LawOfDay, lines: tuple[LineLaw, ...], proposed: Proposed) -> dict[str, ExchangeRate]:
    if not proposed.currencies and lines is law.lines:
        return law.rates
    changes = {code: rate for code, rate in proposed.currencies.items() if code in law.rates}
    if lines is not law.lines and proposed.weeks:
        monday = law.on - timedelta(days=law.on.weekday())
        for code in _currencies(lines) - law.rates.keys():
            rate = proposed.weeks.get(code, {}).get(monday)
            if rate is not None:
                changes[code] = rate
    return _merged(law.rates, changes)


def _currencies(lines: tuple[LineLaw, ...]) -> set[str]:
    options = (option for line in lines for cell in line.cells for option in cell.options)
    return {option.currency for option in options if option.currency is not None}


def _known_codes(held: frozenset[str], document: Document, proposed: Proposed) -> frozenset[str]:
    if not proposed.codes:
        return held
    gone = {code for code, valid in proposed.codes.items() if not valid}
    new = {code for code, valid in proposed.codes.items() if valid} & coded_keys(document)
    return _same(held, (held - gone) | new)


def _vague_terms(held: frozenset[str], document: Document, proposed: Proposed) -> frozenset[str]:
    if not proposed.vague_terms:
        return held
    gone = {term for term, listed in proposed.vague_terms.items() if not listed}
    new = frozenset(proposed.vague_terms) - gone
    return _same(held, (held - gone) | (vague_hits(document, new) & new))
