"""A declaration of the own records as lines of trade, in the columns of a practice world: one code makes features.

Only what was declared, and what the program reckoned of it. What no declaration tells (officers' crews, drivers, when
an enterprise closed) stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from thongquan.learning.risk.trade import AMOUNTS, CODED
from thongquan.rules.decision import LineDuties
from thongquan.rules.document import Document, Line
from thongquan.rules.origin.presented import Presented
from thongquan.rules.text import fold

NOMINAL_USD_VND = Decimal(25_000)
"""For a declaration whose law of the day holds no rate of the dollar: only the marks of lots look at whole amounts."""
_DUTIES = ("import_duty", "export_duty")
_MOST_TEXT = 400


class DeclaredLines(NamedTuple):
    """The lines of one declaration: `coded` words of each line by column of `CODED`, `amounts` numbers of each line in
    the order of `AMOUNTS` (None: empty)."""

    imports: bool
    numbers: tuple[int, ...]
    coded: Mapping[str, Sequence[str | None]]
    amounts: Sequence[Sequence[float | None]]


def declared_lines(
    document: Document,
    duties: Iterable[LineDuties],
    certificates: Iterable[Presented] = (),
    usd_vnd: Decimal | None = None,
) -> DeclaredLines:
    """The lines of a document as it was decided, with duties of its lines, the certificates it names, dong a dollar."""
    by_line = {one.number: one for one in duties}
    papers = {one.paper.number: one for one in certificates if one.own}
    rate = usd_vnd or NOMINAL_USD_VND
    head = _head(document)
    values = {line.number: _value(line, by_line.get(line.number), rate) for line in document.lines}
    whole = sum(filter(None, values.values()))
    coded: dict[str, list[str | None]] = {name: [] for name in CODED}
    amounts: list[list[float | None]] = []
    for line in document.lines:
        told = {**head, **_words(line)}
        for name in CODED:
            coded[name].append(told.get(name) or None)
        paper = papers.get(line.certificate.number) if line.certificate else None
        row = {**_numbers(line, by_line.get(line.number), values[line.number]), **_paper(line, paper)}
        row.update(head_value=whole, head_gross_kg=_float(document.gross_weight_kg), head_lines=len(document.lines))
        amounts.append([row.get(name) for name in AMOUNTS])
    return DeclaredLines(document.flow == "import", tuple(one.number for one in document.lines), coded, amounts)


def _head(document: Document) -> dict[str, str | None]:
    trader, seller, agent = document.trader, document.counterpart, document.agent
    address = trader.address if trader else None
    where = " ".join(filter(None, (address.street, address.city, address.region))) if address else ""
    contact = next((one.value for one in trader.contacts if one.value), None) if trader else None
    invoice = document.invoice
    return {
        "regime": document.regime,
        "office": document.office,
        "gate": document.gate,
        "firm": trader.tax_code if trader else None,
        "broker": agent.tax_code if agent else None,
        "seller": _key(seller.name) if seller else None,
        "truck": _key(document.vehicle.identifier) if document.vehicle else None,
        "invoice": f"{invoice.number}/{_key(seller.name) if seller else ''}" if invoice and invoice.number else None,
        "address": _key(where),
        "director": _key(contact),
    }


def _words(line: Line) -> dict[str, str | None]:
    return {"hs": line.hs, "text": _key(line.description), "origin": line.origin, "unit": line.unit}


def _key(text: str | None) -> str | None:
    """A text for comparing: folded, of single spaces."""
    return " ".join(fold(text).split())[:_MOST_TEXT] or None if text else None


def _value(line: Line, duties: LineDuties | None, usd_vnd: Decimal) -> float | None:
    """Customs value in dollars."""
    return float(duties.value_vnd / usd_vnd) if duties else _float(line.value)


def _numbers(line: Line, duties: LineDuties | None, value: float | None) -> dict[str, float | None]:
    taxes = duties.taxes if duties else ()
    quantity = _float(line.quantity)
    return {
        "quantity": quantity,
        "unit_price": value / quantity if value is not None and quantity else None,
        "value": value,
        "net_kg": _float(line.net_weight_kg),
        "gross_kg": _float(line.gross_weight_kg) or _float(line.net_weight_kg),
        "packages": _float(sum((one.quantity or Decimal(0) for one in line.packages), Decimal(0)) or None),
        "customs_value": float(duties.value_vnd) if duties else None,
        "duty_rate": float(sum((one.rate or Decimal(0) for one in taxes if one.tax in _DUTIES), Decimal(0))),
        "vat_rate": float(sum((one.rate or Decimal(0) for one in taxes if one.tax == "vat"), Decimal(0))),
    }


def _paper(line: Line, paper: Presented | None) -> dict[str, float | None]:
    """What the certificate says that a line claims by; a claim whose paper is not registered has its day alone."""
    if line.certificate is None:
        return {}
    if paper is None:
        return {"issued": _instant(line.certificate.issued_on)}
    one = paper.paper
    weights = [item.gross_weight_kg for item in one.lines if item.gross_weight_kg is not None]
    agrees = any(item.origin == line.origin and item.hs[:6] == (line.hs or "")[:6] for item in one.lines)
    return {
        "certificate_kg": float(sum(weights, Decimal(0))) if weights else None,
        "issued": _instant(one.issued_on),
        "third_party": float(one.third_party),
        "retroactive": float(one.retroactive),
        "certificate_agrees": float(agrees),
    }


def _instant(day: date | None) -> float | None:
    return datetime.combine(day, time.min, UTC).timestamp() if day else None


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
