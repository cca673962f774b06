"""Which fields hold codes, and of which list: read by the check and by whoever cuts the slice of law.

Legal basis: code lists of the VNACCS guides (General Department of Customs), ISO 3166-1, ISO 4217, UN/ECE
Recommendations 20 and 21; each list is dated data.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from thongquan.rules.document import Document, Line
from thongquan.rules.text import vague_key

HEADER = (
    ("office", "office"),
    ("gate", "gate"),
    ("transport_mode", "transport_mode"),
    ("cargo_class", "cargo_class"),
    ("party_relation", "party_relation"),
    ("package_unit", "package_kind"),
    ("loading_place", "location"),
    ("unloading_place", "location"),
    ("export_country", "country"),
    ("destination_country", "country"),
    ("valuation_method", "valuation_method"),
    ("tax_term", "tax_term"),
)
INVOICE = (
    ("kind", "invoice_kind"),
    ("price_kind", "price_kind"),
    ("incoterm", "incoterm"),
    ("currency", "currency"),
    ("payment_method", "payment_method"),
)
LINE = (
    ("origin", "country"),
    ("unit", "unit"),
    ("unit2", "unit"),
    ("schedule", "schedule"),
    ("proof_later", "schedule"),
    ("exemption", "exemption"),
)
_header = attrgetter(*(field for field, _ in HEADER))
_invoice = attrgetter(*(field for field, _ in INVOICE))
_line = attrgetter(*(field for field, _ in LINE))
_HEADER_LISTS = tuple(listed for _, listed in HEADER)
_INVOICE_LISTS = tuple(listed for _, listed in INVOICE)
_LINE_LISTS = tuple(listed for _, listed in LINE)


def coded_keys(document: Document) -> set[str]:
    """Give `list/code` for every coded value: what `LawOfDay.known_codes` must hold for the document to be valid."""
    keys = set(_keys(_HEADER_LISTS, _header(document)))
    if document.invoice is not None:
        keys |= _keys(_INVOICE_LISTS, _invoice(document.invoice))
    keys.update([key for _, key in _other_codes(document)])
    for values in set(map(_line, document.lines)):
        keys |= _keys(_LINE_LISTS, values)
    for line in document.lines:
        if line.permits:
            keys.update([f"permit_kind/{permit.kind}" for permit in line.permits if permit.kind])
        if line.packages:
            keys.update([f"package_kind/{package.kind}" for package in line.packages if package.kind])
    return keys


@lru_cache(maxsize=1024)
def _keys(lists: tuple[str, ...], values: tuple[str | None, ...]) -> frozenset[str]:
    """Remembered, since the goods of a border share few combinations of codes."""
    return frozenset([f"{listed}/{value}" for listed, value in zip(lists, values, strict=True) if value])


def vague_hits(document: Document, listed: frozenset[str]) -> frozenset[str]:
    """Give the vague terms that a description of the document comes down to: `LawOfDay.vague_terms`.

    `listed` holds `rules.text.vague_key` of each term of the law's list; the empty key is vague without being listed.
    """
    keys = {vague_key(line.description) for line in document.lines if line.description}
    return frozenset(keys & (listed | {""}))


def header_codes(document: Document) -> Iterator[tuple[str, str]]:
    """Give path and `list/code` of each coded value of the header."""
    for (field, listed), value in zip(HEADER, _header(document), strict=True):
        if value:
            yield field, f"{listed}/{value}"
    if document.invoice is not None:
        for (field, listed), value in zip(INVOICE, _invoice(document.invoice), strict=True):
            if value:
                yield f"invoice.{field}", f"{listed}/{value}"
    yield from _other_codes(document)


def _other_codes(document: Document) -> Iterator[tuple[str, str]]:
    for field, money in (("freight", document.freight), ("insurance", document.insurance)):
        if money is not None and money.currency:
            yield f"{field}.currency", f"currency/{money.currency}"
    for index, adjustment in enumerate(document.adjustments):
        yield f"adjustments[{index}].code", f"adjustment/{adjustment.code}"
        if adjustment.currency:
            yield f"adjustments[{index}].currency", f"currency/{adjustment.currency}"
    for index, permit in enumerate(document.permits):
        if permit.kind:
            yield f"permits[{index}].kind", f"permit_kind/{permit.kind}"
    if document.vehicle is not None and document.vehicle.nationality:
        yield "vehicle.nationality", f"country/{document.vehicle.nationality}"


def line_codes(line: Line) -> Iterator[tuple[str, str]]:
    """Give path within the line and `list/code` of each coded value of a line."""
    for (field, listed), value in zip(LINE, _line(line), strict=True):
        if value:
            yield field, f"{listed}/{value}"
    for index, permit in enumerate(line.permits):
        if permit.kind:
            yield f"permits[{index}].kind", f"permit_kind/{permit.kind}"
    for index, package in enumerate(line.packages):
        if package.kind:
            yield f"packages[{index}].kind", f"package_kind/{package.kind}"
