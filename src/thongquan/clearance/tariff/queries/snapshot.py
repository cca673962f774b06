"""All law of one version in memory, immutable, and the slice of it that one declaration needs.

On the hot path of lodging: dictionary look-ups and values made beforehand; what depends on the day alone is made once
per day, what depends on code, schedule and day once per such triple.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import msgspec
from msgspec.structs import replace

from thongquan.clearance.tariff.formats.rates import SBV_CROSS, TRANSFER_BUYING
from thongquan.clearance.tariff.queries.building import Content
from thongquan.rules.coded import coded_keys, vague_hits
from thongquan.rules.document import Document, Line
from thongquan.rules.law import (
    Cell,
    Condition,
    ExchangeRate,
    LawOfDay,
    LineLaw,
    Parameter,
    RegimeLaw,
    ScheduleLaw,
    Tax,
)
from thongquan.rules.parameters import NEEDED, WELCOME
from thongquan.rules.relief import SPECIAL, is_special

WEEK = timedelta(days=7)
TAXES: tuple[str, ...] = get_args(Tax)
MFN = "B01"
USD = "USD"
CHAPTER, HEADING, SUBHEADING, LINE = 2, 4, 6, 8
MAX_HELD_DAYS, MAX_HELD_LINES = 64, 50_000


class DayLaw(msgspec.Struct):
    """What depends on the day alone."""

    on: date
    codes: frozenset[str]
    vague: frozenset[str]
    parameters: dict[str, dict[str, Parameter]]
    special: dict[str, Parameter]
    regimes: dict[str, RegimeLaw]
    schedules: dict[str, ScheduleLaw]
    rates: dict[str, ExchangeRate]
    lines: dict[tuple[str, str, str], LineLaw]


class LawSnapshot:
    """The law of one version: `slice_for` gives a declaration its law of a day. Safe to share between threads."""

    def __init__(self, version: str, content: Content) -> None:
        self.version = version
        self.content = content
        self._days: dict[date, DayLaw] = {}

    def slice_for(self, document: Document, on: date) -> LawOfDay:
        """Cut what the rules need to judge the document on the day. Never raises: what is missing is left out."""
        day = self._day(on)
        flow = document.flow
        lines = tuple([self._line(day, flow, line) for line in document.lines])
        named = {code for line in document.lines for code in (line.schedule, line.proof_later) if code}
        schedules = {code: day.schedules[code] for code in sorted(named) if code in day.schedules}
        waived = _waived(document, schedules, self.content, on)
        return LawOfDay(
            version=self.version,
            on=on,
            regime=self._regime(day, document.regime or ""),
            parameters=day.parameters[flow] | day.special if is_special(document) else day.parameters[flow],
            rates=_rates_used(document, lines, day.rates, {USD} if waived else set()),
            schedules=schedules | waived,
            known_codes=day.codes & coded_keys(document),
            vague_terms=vague_hits(document, day.vague),
            lines=lines,
        )

    def cells_on(self, hs: str, on: date) -> tuple[Cell, ...]:
        """Every cell of a code that holds on the day."""
        found = (one.series.at(on) for one in self.content.cells.get(hs, ()))
        return tuple(cell for cell in found if cell is not None)

    def conditions_on(self, hs: str, on: date, flow: str = "") -> tuple[Condition, ...]:
        """Conditions on goods of a code, from the general prefix to the particular; without a flow those of both."""
        found = []
        for length in (CHAPTER, HEADING, SUBHEADING, LINE):
            for one in self.content.conditions.get(hs[:length], ()) if len(hs) >= length else ():
                value = one.series.at(on)
                if value is not None and (not flow or one.flow in ("", flow)):
                    found.append(value)
        return tuple(found)

    def parameter(self, name: str, on: date) -> Parameter | None:
        """A parameter on the day; None when there is none or it was repealed."""
        one = self.content.parameters.get(name)
        return one.at(on) if one else None

    def rate(self, currency: str, on: date) -> ExchangeRate | None:
        """The rate of the day's week, the bank's first, else the State Bank's cross rate; None when there is none."""
        return self._day(on).rates.get(currency)

    def rates_on(self, on: date) -> dict[str, ExchangeRate]:
        """Every rate that serves in the day's week, by currency."""
        return dict(sorted(self._day(on).rates.items()))

    def regime(self, code: str, on: date) -> RegimeLaw:
        """A regime on the day with its taxes."""
        return self._regime(self._day(on), code)

    def line_law(self, hs: str, on: date, flow: str) -> LineLaw:
        """What the law of the day says of a code at its MFN rate; `exists` False for one that is not there."""
        return self._line(self._day(on), flow, Line(number=1, hs=hs))

    def vague_terms(self, on: date) -> frozenset[str]:
        """Keys of the terms that name no goods (`rules.text.vague_key`)."""
        return self._day(on).vague

    def known_codes(self, on: date) -> frozenset[str]:
        """Every `list/code` that is valid on the day."""
        return self._day(on).codes

    def _day(self, on: date) -> DayLaw:
        day = self._days.get(on)
        if day is None:
            if len(self._days) >= MAX_HELD_DAYS:
                self._days.pop(next(iter(self._days)), None)
            day = self._days[on] = _day_law(self.content, on)
        return day

    def _regime(self, day: DayLaw, code: str) -> RegimeLaw:
        return day.regimes.get(code) or RegimeLaw(code=code, exists=False)

    def _line(self, day: DayLaw, flow: str, line: Line) -> LineLaw:
        key = (line.hs or "", flow, line.schedule or "")
        law = day.lines.get(key)
        if law is None:
            law = self._line_law(day.on, *key)
            if law.exists and len(day.lines) < MAX_HELD_LINES:
                day.lines[key] = law
        return law

    def _line_law(self, on: date, hs: str, flow: str, schedule: str) -> LineLaw:
        series = self.content.nodes.get(hs)
        node = series.at(on) if series else None
        if node is None:
            return LineLaw(hs=hs, exists=False)
        return LineLaw(
            hs=hs,
            exists=True,
            unit=node.unit,
            additional_unit=node.additional_unit,
            cells=tuple(cell for cell in self.cells_on(hs, on) if _concerns(cell, flow, schedule)),
            conditions=self.conditions_on(hs, on, flow),
        )


def _concerns(cell: Cell, flow: str, schedule: str) -> bool:
    """On exports export duty alone; on imports every other tax, of import duty the claimed schedule and MFN."""
    if flow == "export" or cell.tax == "export_duty":
        return flow == "export" and cell.tax == "export_duty"
    return cell.tax != "import_duty" or cell.schedule in (schedule, MFN)


def _waived(
    document: Document, schedules: dict[str, ScheduleLaw], content: Content, on: date
) -> dict[str, ScheduleLaw]:
    """The schedules claimed without a proof whose agreement waives it for small consignments, with the limit."""
    bare = {line.schedule or "" for line in document.lines if line.certificate is None and not line.proof_later}
    limits = {code: one.at(on) for code in bare & schedules.keys() if (one := content.waivers.get(code))}
    return {code: replace(schedules[code], waiver=limit) for code, limit in sorted(limits.items()) if limit}


def _rates_used(
    document: Document, lines: tuple[LineLaw, ...], rates: dict[str, ExchangeRate], more: set[str]
) -> dict[str, Any]:
    """Rates of the currencies that the document names and that specific duties are written in, and of `more`."""
    used = more | {money.currency for money in (document.freight, document.insurance) if money}
    if document.invoice is not None and document.invoice.currency:
        used.add(document.invoice.currency)
    used.update([one.currency for one in document.adjustments if one.currency])
    for line in lines:
        for cell in line.cells:
            for option in cell.options:
                if option.currency:
                    used.add(option.currency)
    return {code: rates[code] for code in sorted(used) if code in rates}


def _day_law(content: Content, on: date) -> DayLaw:
    parameters = {name: value for name, one in content.parameters.items() if (value := one.at(on)) is not None}
    schedules = {code: law for code, one in content.schedules.items() if (law := one.at(on)) is not None}
    return DayLaw(
        on=on,
        codes=frozenset([key for key, one in content.codes.items() if one.at(on)]),
        vague=frozenset([term for term, one in content.vague.items() if one.at(on)]),
        parameters={
            flow: {name: parameters[name] for name in all_ + WELCOME[flow] if name in parameters}
            for flow, all_ in NEEDED.items()
        },
        special={name: parameters[name] for name in SPECIAL if name in parameters},
        regimes={code: found for code in content.regimes if (found := _regime_law(content, code, on)) is not None},
        schedules=schedules,
        rates=_rates_of_week(content, on),
        lines={},
    )


def _regime_law(content: Content, code: str, on: date) -> RegimeLaw | None:
    regime = content.regimes[code].at(on)
    if regime is None:
        return None
    series = [content.regime_taxes.get((code, tax)) for tax in TAXES]
    return RegimeLaw(
        code=code,
        exists=True,
        flow=regime.flow,  # type: ignore[arg-type]  # the loader lets `import` and `export` through, nothing else
        needs_temporary_date=regime.needs_temporary_date,
        needs_reference=regime.needs_reference,
        taxes=tuple(tax for one in series if one and (tax := one.at(on)) is not None),
    )


def _rates_of_week(content: Content, on: date) -> dict[str, ExchangeRate]:
    """A rate serves its own week only: an old one is never carried over (Decree 08/2015/NĐ-CP Art. 21.3)."""
    found: dict[str, ExchangeRate] = {}
    for kind in (SBV_CROSS, TRANSFER_BUYING):
        for (currency, said), one in content.rates.items():
            value = one.at(on) if said == kind else None
            if value is not None and on < value.valid_from + WEEK:
                found[currency] = value
    return found
