"""Documents to measure with: the same imports every time, of the wanted number of lines.

`documents.jsonl` holds 58 imports of the demo enterprise of five to twelve lines, nearly half of them under a Form E.
They were drawn once, for one day, and are kept so that numbers of different releases tell of the program alone: only
their dates move, and the rate of value-added tax where the law of the day no longer has it.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace

from benchmarks.rows import INVOICE, PLATE
from thongquan.clearance.tariff.queries import LawSnapshot
from thongquan.rules.document import Document, Line
from thongquan.rules.law import LineLaw

KEPT = Path(__file__).with_name("documents.jsonl")
DRAWN_ON, STANDARD = date(2026, 11, 23), "10"


def imports(law: LawSnapshot, on: date, *, lines: int, count: int) -> list[Document]:
    """At most `count` valid imports with this many lines; short ones are filled up by repeating."""
    kept = msgspec.json.Decoder(Document).decode_lines(KEPT.read_bytes())
    return [_sized(_as_of(document, law, on), lines) for document in kept[:count]]


def marked(document: Document) -> Document:
    """The document with places for the invoice and the plate that a client fills in (`benchmarks.rows`)."""
    invoice = document.invoice and replace(document.invoice, number=INVOICE.decode())
    vehicle = document.vehicle and replace(document.vehicle, identifier=PLATE.decode())
    return replace(document, invoice=invoice, vehicle=vehicle)


def _as_of(document: Document, law: LawSnapshot, on: date) -> Document:
    """The document as it would have been drawn for the day."""
    moved = on - DRAWN_ON
    known = law.slice_for(document, on).lines
    lines = tuple(_line(line, said, moved) for line, said in zip(document.lines, known, strict=True))
    issued = document.invoice and document.invoice.issued_on
    invoice = document.invoice and replace(document.invoice, issued_on=issued and issued + moved)
    return replace(
        document, lines=lines, invoice=invoice, arrival_on=document.arrival_on and document.arrival_on + moved
    )


def _line(line: Line, law: LineLaw, moved: timedelta) -> Line:
    issued = line.certificate and line.certificate.issued_on
    certificate = line.certificate and replace(line.certificate, issued_on=issued and issued + moved)
    permitted = [option.key for cell in law.cells if cell.tax == "vat" for option in cell.options]
    usual = STANDARD if STANDARD in permitted else next(iter(permitted), "")
    choices = (one if one.tax != "vat" or one.rate in permitted else replace(one, rate=usual) for one in line.choices)
    return replace(line, certificate=certificate, choices=tuple(choices))


def _sized(document: Document, wanted: int) -> Document:
    """The document with this many lines, its sums made right again."""
    repeated = (document.lines * wanted)[:wanted]
    lines = tuple(replace(line, number=place) for place, line in enumerate(repeated, 1))
    invoice = document.invoice and replace(document.invoice, amount=sum(line.value or 0 for line in lines))
    packages = sum(int(pack.quantity or 0) for line in lines for pack in line.packages)
    gross = sum(line.gross_weight_kg or 0 for line in lines)
    return replace(document, lines=lines, invoice=invoice, packages=packages, gross_weight_kg=gross)
