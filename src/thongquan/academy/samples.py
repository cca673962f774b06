"""What the sample day is made of: the shipped goods under the law of the day, and who trades them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

import msgspec

from thongquan.clearance.tariff.queries import LawSnapshot
from thongquan.practice import Enterprise, Goods, goods_of, invented_enterprises
from thongquan.rules.document import Document, Line
from thongquan.rules.law import LineLaw

GOODS_FILE = "practice/goods.csv"
STANDARD = "10"
PRIORITY, NON_COMPLIANT = 0, 5
CLIENT_STEP = 5


def shipped_goods() -> list[Goods]:
    """The goods of the reference data, as they stand in the file."""
    text = files("thongquan.reference").joinpath(GOODS_FILE).read_text(encoding="utf-8")
    return [goods_of(row) for row in csv.DictReader(text.splitlines())]


def goods_under(law: LawSnapshot, on: date, goods: Iterable[Goods]) -> list[Goods]:
    """Goods that the nomenclature holds on the day, with its units and with a VAT rate that the day permits."""
    listed = list(goods)
    lines = tuple(Line(number=place, hs=one.hs) for place, one in enumerate(listed, 1))
    found = law.slice_for(Document(flow="import", lines=lines), on).lines
    return [_under(one, said) for one, said in zip(listed, found, strict=True) if said.exists]


def _under(goods: Goods, law: LineLaw) -> Goods:
    units = tuple(unit for unit in (law.unit, law.additional_unit) if unit)
    permitted = [option.key for cell in law.cells if cell.tax == "vat" for option in cell.options]
    choice = goods.vat_choice
    if choice and choice not in permitted:
        choice = STANDARD if STANDARD in permitted else next(iter(permitted), "")
    return msgspec.structs.replace(goods, units=units, vat_choice=choice)


def sample_traders(seed: str, demo: Enterprise) -> list[Enterprise]:
    """The invented enterprises, and the demo enterprise that trades in everything."""
    return [demo, *invented_enterprises(seed)]


def clients_of_broker(traders: Iterable[Enterprise]) -> list[Enterprise]:
    """Every fifth trader lodges through the demo broker."""
    return list(traders)[::CLIENT_STEP]


def level_of(place: int) -> int | None:
    """Compliance level of the trader at a place of the list: one priority enterprise, one that does not comply."""
    if place in (PRIORITY + 1, NON_COMPLIANT):
        return 1 if place == PRIORITY + 1 else 5
    return (None, 2, 3, 4)[place % 4]
