"""The dated numbers that residents' forms count with, and the goods of their list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from thongquan.base.core.faults import Refused
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.code_lists import Listed, code_values
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.residents import Goods, Quota, document_of

GOODS = "resident_goods"
CURRENCIES = ("VND", "CNY")


def words_of_law(name: str, on: date) -> str:
    """A parameter on a day as it is written. Raises `Refused` with TQ-LAW-001 when there is none."""
    parameter = current_law().parameter(name, on)
    if parameter is None:
        raise Refused([Fault(code=Code.TQ_LAW_001, values={"name": name, "on": on.isoformat()})])
    return parameter.value


def number_of_law(name: str, on: date) -> int:
    """A parameter on a day as a whole number."""
    return int(words_of_law(name, on))


def quota_on(on: date) -> Quota:
    """The quota of the day (Decree 134/2016/NĐ-CP Annex V, unverified)."""
    value = Decimal(words_of_law("resident_quota_vnd", on))
    return Quota(value_vnd=value, trips_per_month=number_of_law("resident_trips_per_month", on))


def goods_on(on: date, language: str) -> tuple[Listed, ...]:
    """The goods of the residents' list on the day, named in the reader's language."""
    return code_values(GOODS, on, language)


def is_listed(hs: str, on: date) -> bool:
    """Whether goods of a code may be declared on a short form."""
    return f"{GOODS}/{hs}" in current_law().known_codes(on)


def unit_of(hs: str, flow: str, on: date) -> str:
    """The unit in which the tariff counts goods of a code; '' when it names none."""
    probe = document_of(flow, [_probe(hs)], currency="VND", regime="", neighbor="CN")
    return current_law().slice_for(probe, on).lines[0].unit or ""


def rates_of_vat(hs: str, on: date) -> Sequence[str]:
    """The rates of VAT that the law offers for a code, as one names them."""
    cells = [cell for cell in current_law().cells_on(hs, on) if cell.tax == "vat"]
    return [option.key for option in cells[0].options] if cells else []


def _probe(hs: str) -> Goods:
    return Goods(number=1, hs=hs, description="", quantity=Decimal(1), unit="", value=Decimal(1))
