"""Documents to measure with: imports of the sample trade with a wanted number of lines."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from benchmarks.rows import INVOICE, PLATE
from thongquan.academy.samples import goods_under, shipped_goods
from thongquan.base.accounts.operations.demo import DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.clearance.tariff.queries import LawSnapshot
from thongquan.practice import Enterprise, sample_day
from thongquan.rules.document import Document


def imports(law: LawSnapshot, on: date, *, lines: int, count: int) -> list[Document]:
    """`count` valid imports of the demo enterprise with this many lines; short ones are filled up by repeating."""
    goods = goods_under(law, on, shipped_goods())
    trader = Enterprise(tax_code=DEMO_ENTERPRISE, name=DEMO_NAMES[DEMO_ENTERPRISE])
    days = sample_day("benchmark", on, goods, [trader], count=1000)
    fitting = [one for one in days if one.flow == "import" and one.regime == "A11" and len(one.lines) >= min(lines, 5)]
    return [_sized(document, lines) for document in fitting[:count]]


def marked(document: Document) -> Document:
    """The document with places for the invoice and the plate that a client fills in (`benchmarks.rows`)."""
    invoice = document.invoice and replace(document.invoice, number=INVOICE.decode())
    vehicle = document.vehicle and replace(document.vehicle, identifier=PLATE.decode())
    return replace(document, invoice=invoice, vehicle=vehicle)


def _sized(document: Document, wanted: int) -> Document:
    """The document with this many lines, its sums made right again."""
    repeated = (document.lines * wanted)[:wanted]
    lines = tuple(replace(line, number=place) for place, line in enumerate(repeated, 1))
    invoice = document.invoice and replace(document.invoice, amount=sum(line.value or 0 for line in lines))
    packages = sum(int(pack.quantity or 0) for line in lines for pack in line.packages)
    gross = sum(line.gross_weight_kg or 0 for line in lines)
    return replace(document, lines=lines, invoice=invoice, packages=packages, gross_weight_kg=gross)
