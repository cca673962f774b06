"""Checks of a parcel, every fault at once, and the judging of one that has none.

Legal basis: Circular 38/2015/TT-BTC Art. 18 and Annex II (what is declared of goods), Art. 18.5 (decimals kept);
Decree 134/2016/NĐ-CP Art. 29.2 and the texts named in `parcels`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace

from thongquan.rules.checks.amounts import check_amount, check_line_amounts
from thongquan.rules.checks.form import (
    check_line_codes,
    check_line_lengths,
    check_line_paper_texts,
    check_line_required,
    check_text,
    missing,
    unknown_code,
)
from thongquan.rules.checks.goods import check_description, check_hs, check_units
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.facts import Draw
from thongquan.rules.law import LawOfDay, LineLaw
from thongquan.rules.money import exact
from thongquan.rules.parameters import number
from thongquan.rules.parcels import NEEDED, Parcel, ParcelLaw, Verdict, decided, document_of, law_of
from thongquan.rules.rates import Applied, applied_rates

REQUIRED = ("consignment", "sender", "recipient", "address", "currency", "weight_kg")
LENGTHS = {"sender": 100, "recipient": 100, "recipient_id": 20, "address": 200}
_CONSIGNMENT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{3,34}")
_FOUR = Decimal("0.0001")
_CODED = (("sender_country", "country"), ("currency", "currency"))


def judge(parcel: Parcel, law: ParcelLaw, luck: Draw | None) -> Verdict:
    """Judge a parcel by the law of its day; never raises on what it holds. `luck` is its random draw."""
    with exact():
        return _judged(parcel, law, luck)


def _judged(parcel: Parcel, law: ParcelLaw, luck: Draw | None) -> Verdict:
    report: list[Fault] = []
    of_day = law_of(parcel, law)
    _check_law(of_day, report)
    _check_header(parcel, of_day, report)
    document = document_of(parcel)
    most = int(number(of_day, "parcel_goods_most"))
    if most and len(parcel.goods) > most:
        values = {"limit": str(most)}
        report.append(Fault(code=Code.TQ_EXP_015, path="goods", value=str(len(parcel.goods)), values=values))
        return Verdict(accepted=False, faults=tuple(report))
    shortest = int(number(of_day, "description_min_length"))
    rates = [
        _rates(place, line, line_law, of_day, shortest, report)
        for place, (line, line_law) in enumerate(zip(document.lines, of_day.lines, strict=True))
    ]
    if any(fault.severity == "error" for fault in report):
        return Verdict(accepted=False, faults=_placed(report))
    return decided(law, document, of_day, rates, luck, _placed(report))


def _check_law(law: LawOfDay, report: list[Fault]) -> None:
    """TQ-LAW-001: every parameter is there on the day."""
    for name in NEEDED:
        if name not in law.parameters:
            report.append(Fault(code=Code.TQ_LAW_001, values={"name": name, "on": law.on.isoformat()}))


def _check_header(parcel: Parcel, law: LawOfDay, report: list[Fault]) -> None:
    """TQ-DEC-001, 002, 004, TQ-EXP-013, TQ-LAW-002 and the amounts of the parcel itself."""
    for name in REQUIRED:
        if getattr(parcel, name) in (None, ""):
            missing(report, name)
    if parcel.consignment and not _CONSIGNMENT.fullmatch(parcel.consignment):
        report.append(Fault(code=Code.TQ_EXP_013, path="consignment", value=ascii(parcel.consignment[:40])[1:-1]))
    for name, longest in LENGTHS.items():
        text = getattr(parcel, name)
        if len(text) > longest or not text.isprintable():
            check_text(report, name, text, longest)
    for name, listed in _CODED:
        code = getattr(parcel, name)
        if code and f"{listed}/{code}" not in law.known_codes:
            report.append(unknown_code(name, f"{listed}/{code}", None))
    _check_amounts(parcel, law, report)


def _check_amounts(parcel: Parcel, law: LawOfDay, report: list[Fault]) -> None:
    if parcel.weight_kg is not None:
        check_amount(report, "weight_kg", parcel.weight_kg)
    for name, amount in (("freight", parcel.freight), ("insurance", parcel.insurance)):
        if amount is not None:
            check_amount(report, name, amount, kept=_FOUR, above_zero=False)
    currency = parcel.currency
    if currency and currency != "VND" and currency not in law.rates and f"currency/{currency}" in law.known_codes:
        values = {"currency": currency, "on": law.on.isoformat()}
        report.append(Fault(code=Code.TQ_LAW_002, path="currency", value=currency, values=values))
    if not parcel.goods:
        report.append(Fault(code=Code.TQ_DEC_007, path="goods"))


def _rates(
    index: int, line: Line, line_law: LineLaw, law: LawOfDay, shortest: int, report: list[Fault]
) -> tuple[Applied, ...]:
    """The checks of a line that hold for goods of a parcel too, and the rates the law applies to it."""
    check_line_required(index, line, report)
    check_line_lengths(index, line, report)
    check_line_paper_texts(index, line, report)
    check_line_codes(index, line, law, report)
    check_line_amounts(index, line, report)
    classified = check_hs(index, line, line_law, law, report)
    check_description(index, line, law, shortest, report)
    check_units(index, line, line_law, report)
    return applied_rates(index, line, line_law, law, "import", report) if classified else ()


def _placed(report: list[Fault]) -> tuple[Fault, ...]:
    """Faults with the paths of a parcel: its lines are called goods."""
    return tuple([_of_goods(fault) if fault.path.startswith("lines[") else fault for fault in report])


def _of_goods(fault: Fault) -> Fault:
    return replace(fault, path=f"goods[{fault.path.removeprefix('lines[')}")
