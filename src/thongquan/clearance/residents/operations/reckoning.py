"""From what was typed to what a form comes to: every fault at once, then quota and duties by the law of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from thongquan.base.core.faults import Refused
from thongquan.clearance.residents.labels import FLOWS, PURPOSES
from thongquan.clearance.residents.law import CURRENCIES, is_listed, number_of_law, unit_of, words_of_law
from thongquan.clearance.residents.shapes import FormGiven, GoodsGiven
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document
from thongquan.rules.law import LawOfDay
from thongquan.rules.residents import OWN, Goods, Reckoned, document_of, reckon, without_duty
from thongquan.rules.text import storable

LARGEST = Decimal(10) ** 11
IMPORT = "import"


def form_faults(given: FormGiven, on: date) -> list[Fault]:
    """Everything that is wrong with a form in itself: TQ-RES-001, -006, -016, TQ-FMT-004 for unknown words."""
    most = number_of_law("resident_form_lines", on)
    faults = [
        Fault(code=Code.TQ_FMT_004, path=name, value=value[:20], values={"expected": " / ".join(allowed)})
        for name, value, allowed in (
            ("flow", given.flow, tuple(FLOWS)),
            ("purpose", given.purpose, tuple(PURPOSES)),
            ("currency", given.currency, CURRENCIES),
        )
        if value not in allowed
    ]
    if not 1 <= len(given.lines) <= most:
        values = {"most": str(most)}
        faults.append(Fault(code=Code.TQ_RES_016, path="lines", value=str(len(given.lines)), values=values))
    for place, line in enumerate(given.lines):
        faults += _line_faults(place, line, on)
    return faults


def _line_faults(place: int, line: GoodsGiven, on: date) -> list[Fault]:
    faults = []
    if not is_listed(line.hs, on):
        faults.append(Fault(code=Code.TQ_RES_001, path=f"lines[{place}].hs", line=place + 1, value=line.hs[:12]))
    for name, number, places in (("quantity", line.quantity, 2), ("value", line.value, 4)):
        if number is None or not _is_amount(number, places):
            shown = "" if number is None else str(number)[:24]
            path = f"lines[{place}].{name}"
            faults.append(Fault(code=Code.TQ_RES_006, path=path, line=place + 1, value=shown, values={"field": name}))
    return faults


def _is_amount(number: Decimal, places: int) -> bool:
    if not number.is_finite() or not 0 < number < LARGEST:
        return False
    exponent = number.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= places


def goods_of(given: FormGiven, on: date) -> list[Goods]:
    """The lines as the rules read them; goods without words of their own are called as in the list."""
    return [
        Goods(
            number=place,
            hs=line.hs,
            description=storable(line.description)[:200] or code_name("resident_goods", line.hs, on, "vi"),
            quantity=line.quantity or Decimal(0),
            unit=unit_of(line.hs, given.flow, on),
            value=line.value or Decimal(0),
            rate=line.rate,
        )
        for place, line in enumerate(given.lines, 1)
    ]


def reckoned(given: FormGiven, goods: Sequence[Goods], left_vnd: Decimal, on: date) -> tuple[Reckoned, str]:
    """What a form comes to with this much quota left, and the version of the law. The form has no faults in itself.

    Raises `Refused`: TQ-LAW-002 without the week's rate of the currency, and what the rules of duty refuse.
    """
    document, law = _with_law(given, goods, on)
    if given.currency != "VND" and given.currency not in law.rates:
        values = {"currency": given.currency, "on": on.isoformat()}
        raise Refused([Fault(code=Code.TQ_LAW_002, path="currency", value=given.currency, values=values)])
    if given.purpose != OWN and given.flow == IMPORT:
        return without_duty(document, law), law.version
    found = reckon(document, law, left_vnd if given.flow == IMPORT else Decimal(0))
    errors = [fault for fault in found.faults if fault.severity == "error"]
    if errors:
        raise Refused(errors)
    return found, law.version


def _with_law(given: FormGiven, goods: Sequence[Goods], on: date) -> tuple[Document, LawOfDay]:
    document = document_of(
        given.flow,
        goods,
        currency=given.currency,
        regime=words_of_law(f"resident_{given.flow}_regime", on),
        neighbor=words_of_law("resident_neighbor_country", on),
    )
    return document, current_law().slice_for(document, on)
