"""Everything that keeps an application from being handed to the issuer, all at once.

Legal basis: Decree 31/2018/NĐ-CP (text not at hand); Circular 12/2019/TT-BCT (boxes of Form E, as collected); the
agreement's rules as dated data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from thongquan.rules.checks.amounts import FIRST_DAY, LAST_DAY, check_amount
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.money import ZERO, exact
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.outbound.application import HOME, Application, CostStatement, GoodsLine
from thongquan.rules.origin.outbound.judging import LineOrigin, Way, is_partner
from thongquan.rules.text import normalise

MOST_LINES, MOST_PARTS = 999, 200
_SIX, _DIGITS = Decimal("0.000001"), range(6, 13)
_LENGTHS = {
    "agreement": 12,
    "form": 12,
    "destination": 2,
    "currency": 3,
    "third_party_country": 2,
    "original_country": 2,
    "declaration": 12,
    "original_number": 40,
    "copy_of": 40,
    "hs": 12,
    "unit": 3,
    "origin": 2,
    "country": 2,
    "criterion": 24,
    "proof": 40,
    "invoice": 40,
    "place": 100,
    "port": 100,
    "vehicle": 100,
}
_ELSE = 500
_HEADER = ("agreement", "form", "exporter", "exporter_address", "consignee", "destination", "departed_on", "currency")
_LINE = ("hs", "description", "quantity", "unit", "gross_weight_kg", "fob", "invoice", "invoice_on")


def shaped(application: Application) -> list[Fault]:
    """What even a draft may not hold: too long texts, days and amounts out of bounds, too many parts.

    TQ-DEC-002, TQ-DEC-006, TQ-DEC-008, TQ-DEC-009, TQ-FMT-006, TQ-FMT-007, TQ-FMT-008, TQ-ORI-130.
    """
    faults = list(_texts("", application, None))
    faults += _days("", application, None)
    if len(application.lines) > MOST_LINES:
        values = {"count": str(len(application.lines)), "limit": str(MOST_LINES)}
        return [*faults, Fault(code=Code.TQ_ORI_130, path="lines", values=values)]
    numbers = [line.number for line in application.lines]
    if numbers != list(range(1, len(numbers) + 1)):
        values = {"count": str(len(numbers))}
        shown = ", ".join(str(one) for one in numbers[:12])
        faults.append(Fault(code=Code.TQ_DEC_006, path="lines", value=shown, values=values))
    for index, line in enumerate(application.lines):
        faults += _line_shape(f"lines[{index}].", line)
    return faults


def examine(application: Application, law: OriginLaw, judged: tuple[LineOrigin, ...], on: date) -> tuple[Fault, ...]:
    """Every fault of an application on the day it is handed over; warnings only tell.

    Beside those of `shaped`: TQ-DEC-001, TQ-DEC-007, TQ-ORI-011, TQ-ORI-012, TQ-ORI-013, TQ-ORI-110 to 119, 129, 131.
    """
    faults = [*shaped(application), *_header(application, law, on)]
    if not application.lines:
        faults.append(Fault(code=Code.TQ_DEC_007, path="lines"))
    for index, (line, found) in enumerate(zip(application.lines, judged, strict=True)):
        faults += _line(f"lines[{index}].", line, law)
        faults += _origin(f"lines[{index}].", line, found)
    return tuple(faults)


def _header(application: Application, law: OriginLaw, on: date) -> Iterator[Fault]:
    for name in _HEADER:
        if not getattr(application, name):
            yield Fault(code=Code.TQ_DEC_001, path=name)
    agreement, form = application.agreement, application.form
    if agreement and law.agreement is None:
        values = {"agreement": agreement, "on": law.on.isoformat()}
        yield Fault(code=Code.TQ_ORI_012, path="agreement", value=agreement, values=values)
        return
    if form and agreement and form not in law.forms:
        yield Fault(code=Code.TQ_ORI_011, path="form", value=form, values={"form": form, "agreement": agreement})
    if application.destination and not is_partner(application.destination, law):
        values = {"country": application.destination, "agreement": agreement}
        yield Fault(code=Code.TQ_ORI_110, path="destination", value=application.destination, values=values)
    yield from _marks(application, law, on)


def _marks(application: Application, law: OriginLaw, on: date) -> Iterator[Fault]:
    """A third party is named with its country, a first certificate is a member's; retroactive issue has its end."""
    if bool(application.third_party) != bool(application.third_party_country):
        yield Fault(code=Code.TQ_DEC_001, path="third_party_country" if application.third_party else "third_party")
    if bool(application.original_number) != bool(application.original_country):
        yield Fault(code=Code.TQ_DEC_001, path="original_country" if application.original_number else "original_number")
    elif application.original_country and not is_partner(application.original_country, law):
        values = {"country": application.original_country, "agreement": application.agreement}
        yield Fault(code=Code.TQ_ORI_129, path="original_country", value=application.original_country, values=values)
    if application.copy_of and application.copy_of_on is None:
        yield Fault(code=Code.TQ_DEC_001, path="copy_of_on")
    months = law.number("retroactive_within_months")
    if application.departed_on and months is not None and months_between(application.departed_on, on) >= months:
        values = {"departed": application.departed_on.isoformat(), "months": str(months)}
        yield Fault(code=Code.TQ_ORI_119, path="departed_on", value=values["departed"], values=values)


def months_between(first: date, last: date) -> int:
    """Whole months from a day to a later one."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _line(prefix: str, line: GoodsLine, law: OriginLaw) -> Iterator[Fault]:
    for name in _LINE:
        if getattr(line, name) in (None, ""):
            yield Fault(code=Code.TQ_DEC_001, path=prefix + name, line=line.number)
    if line.hs and not _is_code(line.hs):
        yield Fault(code=Code.TQ_ORI_118, path=f"{prefix}hs", line=line.number, value=line.hs)
    if line.criterion and line.criterion.split()[0].rstrip("0123456789.%") not in law.criteria | {"PSR", "RVC"}:
        values = {"criterion": line.criterion, "agreement": law.agreement.code if law.agreement else ""}
        yield Fault(
            code=Code.TQ_ORI_013, path=f"{prefix}criterion", line=line.number, value=line.criterion, values=values
        )
    yield from _statement(prefix, line, law)


def _is_code(text: str) -> bool:
    return len(text) in _DIGITS and text.isascii() and text.isdigit()


def _statement(prefix: str, line: GoodsLine, law: OriginLaw) -> Iterator[Fault]:
    """The cost statement: each material named, its claim proved, and the sum that of the FOB value."""
    costs = line.costs
    for place, one in enumerate(costs.materials):
        path = f"{prefix}costs.materials[{place}]."
        for name in ("name", "value", "origin"):
            if getattr(one, name) in (None, ""):
                yield Fault(code=Code.TQ_DEC_001, path=path + name, line=line.number)
        if one.hs and not one.hs.isdecimal():
            yield Fault(code=Code.TQ_ORI_118, path=f"{path}hs", line=line.number, value=one.hs)
        elif not one.hs and not one.originating:
            yield Fault(code=Code.TQ_DEC_001, path=f"{path}hs", line=line.number)
        if not one.originating or one.origin in ("", HOME):
            continue
        values = {"material": one.name, "country": one.origin}
        if not is_partner(one.origin, law):
            yield Fault(code=Code.TQ_ORI_113, path=f"{path}origin", line=line.number, value=one.origin, values=values)
        elif not one.proof.strip():
            yield Fault(code=Code.TQ_ORI_112, path=f"{path}proof", line=line.number, value=one.name, values=values)
    yield from _sums(prefix, line, costs)


def _sums(prefix: str, line: GoodsLine, costs: CostStatement) -> Iterator[Fault]:
    if line.fob is None or not line.fob.is_finite():
        return
    with exact():
        spent = sum((one.value for one in costs.materials if one.value is not None), ZERO)
        total = spent + costs.added
    values = {"sum": f"{total:f}", "fob": f"{line.fob:f}"}
    path = f"{prefix}costs"
    if costs.complete and total != line.fob:
        yield Fault(code=Code.TQ_ORI_111, path=path, line=line.number, value=values["sum"], values=values)
    elif not costs.complete and spent > line.fob:
        yield Fault(code=Code.TQ_ORI_117, path=path, line=line.number, value=values["sum"], values=values)


def _origin(prefix: str, line: GoodsLine, found: LineOrigin) -> Iterator[Fault]:
    """Whether the goods originate: by the criterion asked for, by another, by none; or no rule is at hand."""
    if not line.costs.materials and not line.steps:
        yield Fault(code=Code.TQ_ORI_116, path=f"{prefix}costs", line=line.number)
        return
    values = {"hs": line.hs, "rule": found.rule, "criterion": line.criterion}
    path = f"{prefix}criterion"
    if found.met:
        if "SP" in found.criterion.split("&"):
            yield Fault(code=Code.TQ_ORI_131, path=path, line=line.number, values=values, severity="warning")
        return
    others = ", ".join(way.printed for way in found.ways if way.met)
    if others:
        told = {**values, "others": others}
        yield Fault(code=Code.TQ_ORI_115, path=path, line=line.number, value=line.criterion, values=told)
    elif not found.rule_known:
        yield Fault(code=Code.TQ_ORI_114, path=path, line=line.number, value=line.hs, values=values)
    else:
        told = {**values, "closest": closest(found.ways)}
        yield Fault(code=Code.TQ_ORI_120, path=path, line=line.number, value=line.hs, values=told)


def closest(ways: tuple[Way, ...]) -> str:
    """What was computed of the product's rule, in figures: `RVC40: (100 − 65) / 100 = 35.00 %`."""
    told = []
    for way in ways:
        figure = next((step for step in way.steps if step.name == "RVC"), None)
        if figure is not None:
            told.append(f"{way.criterion}: {figure.formula} = {figure.value}")
        elif kept := [step for step in way.steps if step.value == "unchanged"]:
            told.append(f"{way.criterion}: {', '.join(f'{step.name} {step.formula}' for step in kept)}")
    return "; ".join(told) or "–"


def _line_shape(prefix: str, line: GoodsLine) -> Iterator[Fault]:
    yield from _texts(prefix, line, line.number)
    yield from _days(prefix, line, line.number)
    report: list[Fault] = []
    for name in ("quantity", "gross_weight_kg", "fob"):
        amount = getattr(line, name)
        if amount is not None:
            check_amount(report, prefix + name, amount, kept=_SIX, line=line.number)
    for name in ("labor", "overhead", "profit", "other"):
        amount = getattr(line.costs, name)
        if amount is not None:
            path = f"{prefix}costs.{name}"
            check_amount(report, path, amount, kept=_SIX, above_zero=False, line=line.number)
    if len(line.costs.materials) > MOST_PARTS or len(line.steps) > MOST_PARTS:
        count = max(len(line.costs.materials), len(line.steps))
        values = {"count": str(count), "limit": str(MOST_PARTS)}
        report.append(Fault(code=Code.TQ_ORI_130, path=f"{prefix}costs", line=line.number, values=values))
    for place, material in enumerate(line.costs.materials):
        path = f"{prefix}costs.materials[{place}]."
        yield from _texts(path, material, line.number)
        if material.value is not None:
            check_amount(report, f"{path}value", material.value, kept=_SIX, line=line.number)
    for place, step in enumerate(line.steps):
        yield from _texts(f"{prefix}steps[{place}].", step, line.number)
    yield from report


def _texts(prefix: str, part: Any, line: int | None) -> Iterator[Fault]:
    for name in part.__struct_fields__:
        value, limit = getattr(part, name), _LENGTHS.get(name, _ELSE)
        if not isinstance(value, str):
            continue
        if len(value) > limit:
            values = {"length": str(len(value)), "limit": str(limit)}
            yield Fault(code=Code.TQ_DEC_002, path=prefix + name, line=line, value=value[:40], values=values)
        elif "\x00" in value or normalise(value) != value:
            yield Fault(code=Code.TQ_DEC_003, path=prefix + name, line=line, value=value[:40].replace("\x00", ""))


def _days(prefix: str, part: Any, line: int | None) -> Iterator[Fault]:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            yield Fault(code=Code.TQ_FMT_008, path=prefix + name, line=line, value=value.isoformat())
