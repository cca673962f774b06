"""Pure helpers: a valid five-line import document, the law of its day, and facts of both.

Nothing here reads a clock, a file or a database; `ON` is the day of lodging unless a test gives another one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from thongquan.rules.coded import coded_keys
from thongquan.rules.document import Certificate, Document, Invoice, Line, Money, Party, RateChoice, Vehicle
from thongquan.rules.facts import Draw, Facts
from thongquan.rules.law import (
    Cell,
    ExchangeRate,
    LawOfDay,
    LineLaw,
    Option,
    Parameter,
    RegimeLaw,
    RegimeTax,
    ScheduleLaw,
)

ON = date(2026, 11, 20)
HANOI = timezone(timedelta(hours=7))
AT = datetime(2026, 11, 20, 9, 30, tzinfo=HANOI)
FROM = date(2026, 1, 1)

PARAMETERS = {
    "fee_import_vnd": "20000",
    "fee_export_vnd": "20000",
    "fee_exempt_value_vnd": "500000",
    "fee_exempt_tax_vnd": "50000",
    "minimum_value_vnd": "500000",
    "minimum_duty_vnd": "50000",
    "rounding_mode": "half_up",
    "trade_defense_in_sct_base": "true",
    "ordinary_multiplier": "1.5",
    "max_lines": "50",
    "price_tolerance": "1",
    "lodge_days_after_arrival": "30",
    "void_after_days": "15",
    "ordinary_rate_when_mfn_zero": "0.05",
    "random_share": "0.05",
    "description_min_length": "10",
}

GOODS = (
    ("08081000", "Táo tươi giống Fuji, đóng thùng 10 kg", "KGM", "12000", "0.85"),
    ("07129090", "Nấm hương khô nguyên cái, túi 5 kg", "KGM", "800", "6.4"),
    ("85176249", "Bộ định tuyến không dây hai băng tần, mẫu AX3000", "PCE", "300", "21.5"),
    ("52085200", "Vải bông dệt vân điểm đã in, khổ 1,5 m", "MTK", "4500", "1.12"),
    ("84818099", "Van bi bằng đồng thau, đường kính 20 mm", "PCE", "2500", "2.05"),
)


def line(number: int, **changes: Any) -> Line:
    """Give line `number` (1 to any) of the sample goods, with changes."""
    hs, description, unit, quantity, price = GOODS[(number - 1) % len(GOODS)]
    count, each = Decimal(quantity), Decimal(price)
    fields: dict[str, Any] = {
        "number": number,
        "hs": hs,
        "description": description,
        "origin": "CN",
        "quantity": count,
        "unit": unit,
        "net_weight_kg": Decimal(1000),
        "gross_weight_kg": Decimal(1050),
        "unit_price": each,
        "value": count * each,
        "schedule": "B05",
        "certificate": Certificate(number="E26450100123", issued_on=ON - timedelta(days=4), form="E"),
        "choices": (RateChoice(tax="vat", rate="8", reason="Không thuộc phụ lục loại trừ"),),
    }
    return Line(**(fields | changes))


def document(lines: int | tuple[Line, ...] = 5, **changes: Any) -> Document:
    """Give a valid import by truck through Hữu Nghị, of so many lines or of those given, with changes."""
    goods = tuple(line(number) for number in range(1, lines + 1)) if isinstance(lines, int) else lines
    fields: dict[str, Any] = {
        "flow": "import",
        "regime": "A11",
        "office": "15BB",
        "gate": "HUUNGHI",
        "own_reference": "TQ-0001",
        "trader": Party(name="Công ty TNHH Thương mại Kỳ Lừa", tax_code="4900123456"),
        "counterpart": Party(name="Pingxiang Hongyun Trading Co., Ltd"),
        "party_relation": "4",
        "transport_mode": "4",
        "vehicle": Vehicle(identifier="桂F12345", nationality="CN"),
        "bills_of_lading": ("PX20261118007",),
        "unloading_place": "VNHNG",
        "export_country": "CN",
        "arrival_on": ON,
        "packages": 500,
        "package_unit": "CT",
        "gross_weight_kg": Decimal(1050 * len(goods)),
        "invoice": Invoice(
            number="HY-2026-1187",
            issued_on=ON - timedelta(days=5),
            kind="A",
            price_kind="A",
            incoterm="DAF",
            incoterm_place="Hữu Nghị",
            currency="USD",
            amount=sum((one.value or Decimal(0) for one in goods), Decimal(0)),
            payment_method="TTR",
        ),
        "valuation_method": "6",
        "tax_term": "D",
        "lines": goods,
    }
    return Document(**(fields | changes))


def export_document(lines: int = 5, **changes: Any) -> Document:
    """Give a valid export of the same goods, of Vietnamese origin, leaving two days after lodging."""
    goods = tuple(
        line(number, origin="VN", schedule=None, certificate=None, choices=()) for number in range(1, lines + 1)
    )
    fields: dict[str, Any] = {
        "flow": "export",
        "regime": "B11",
        "lines": goods,
        "arrival_on": None,
        "departure_on": ON + timedelta(days=2),
        "destination_country": "CN",
        "export_country": None,
    }
    return document(**(fields | changes))


def cell(tax: str, *options: Option, schedule: str = "", **changes: Any) -> Cell:
    """Give a cell of the tariff with its options."""
    fields: dict[str, Any] = {"valid_from": FROM, "source": "Test source"}
    return Cell(tax=tax, schedule=schedule, options=options, **(fields | changes))  # type: ignore[arg-type]


def percent(key: str, condition: str = "", **changes: Any) -> Option:
    """Give an ad valorem option from its published figure (`8` is 0.08)."""
    return Option(key=key, rate=Decimal(key) / 100, condition=condition, **changes)


def line_law(one: Line, **changes: Any) -> LineLaw:
    """Give the law of a sample line: MFN 10, ACFTA 0, VAT 8 or 10."""
    fields: dict[str, Any] = {
        "hs": one.hs or "",
        "exists": True,
        "unit": one.unit,
        "cells": (
            cell("import_duty", percent("10"), schedule="B01"),
            cell("import_duty", percent("0"), schedule="B05"),
            cell("vat", percent("8", "choice"), percent("10", "choice")),
        ),
    }
    return LineLaw(**(fields | changes))


def schedule(code: str, *, preferential: bool = True, members: tuple[str, ...] = ()) -> ScheduleLaw:
    """Give a tariff schedule of the day."""
    return ScheduleLaw(
        code=code, preferential=preferential, members=members, source="Decree 118/2022/NĐ-CP", valid_from=FROM
    )


def law(for_document: Document, *, on: date = ON, **changes: Any) -> LawOfDay:
    """Give the law of the day that makes every code of the document valid."""
    taxes = ("import_duty", "export_duty", "vat", "sct", "ept", "anti_dumping", "countervailing", "safeguard")
    regime = RegimeLaw(
        code=for_document.regime or "",
        exists=True,
        flow=for_document.flow,
        taxes=tuple(
            RegimeTax(tax=tax, treatment="due", source="Law 107/2016/QH13", valid_from=FROM)  # type: ignore[arg-type]
            for tax in taxes
        ),
    )
    fields: dict[str, Any] = {
        "version": "test",
        "on": on,
        "regime": regime,
        "parameters": {
            name: Parameter(value=value, valid_from=FROM, source="Test") for name, value in PARAMETERS.items()
        },
        "rates": {
            code: ExchangeRate(currency=code, vnd=Decimal(vnd), valid_from=on, source="Vietcombank")
            for code, vnd in (("USD", "26120"), ("CNY", "3628.5"), ("EUR", "29850.25"))
        },
        "schedules": {
            "B01": schedule("B01", preferential=False),
            "B03": schedule("B03", preferential=False),
            "B05": schedule("B05", members=("CN", "KH", "LA", "MY", "TH")),
        },
        "known_codes": frozenset(coded_keys(for_document)),
        "lines": tuple(line_law(one) for one in for_document.lines),
    }
    return LawOfDay(**(fields | changes))


def facts(of: Document | None = None, under: LawOfDay | None = None, **changes: Any) -> Facts:
    """Give facts ready for `decide`; without arguments the sample import."""
    declared = of or document()
    fields: dict[str, Any] = {
        "at": AT,
        "document": declared,
        "law": under or law(declared),
        "draw": Draw(value=Decimal("0.5"), key_id="test"),
    }
    return Facts(**(fields | changes))


def with_line(of: Document, index: int, **changes: Any) -> Document:
    """Change one line of a document (`index` from 0)."""
    lines = list(of.lines)
    lines[index] = replace(lines[index], **changes)
    return replace(of, lines=tuple(lines))


FREIGHT = Money(amount=Decimal(500), currency="USD")
