"""Beginning from an earlier declaration: what belongs to that shipment alone is cleared, the rest is kept."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise

from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER

OF_ONE_SHIPMENT = (
    *("own_reference", "invoice.number", "invoice.issued_on", "bills_of_lading", "containers"),
    *("vehicle.identifier", "arrival_on", "departure_on"),
    *("temporary_until", "temporary_reference", "guarantee_reference"),
)
"""Dates, papers and vehicles of the shipment that was: copied they would be wrong."""
PAPERS_OF_LINES = ("certificate.number", "certificate.issued_on", "certificate.line")
"""A certificate of origin stands for one consignment."""
QUANTITIES = ("packages", "gross_weight_kg")
QUANTITIES_OF_LINES = ("quantity", "quantity2", "value", "net_weight_kg", "gross_weight_kg", "package_quantity")
PRICES = ("invoice.amount", "freight.amount", "insurance.amount")
PRICES_OF_LINES = ("unit_price", "value")


class Anew(NamedTuple):
    """What a new declaration begins with, and the keys of the fields that were filled and are cleared."""

    content: Content
    cleared: tuple[str, ...]

    @property
    def labels(self) -> list[Promise | str]:
        """Names of what was cleared, in the order of the form."""
        return [_LABELS[key] for key in self.cleared if key in _LABELS]


_LABELS: dict[str, Promise | str] = {
    **{f"lines.{key}": field.label for key, field in COLUMNS.items()},
    **{key: field.label for key, field in HEADER.items()},
}


def anew(content: Content, *, quantities: bool = True, prices: bool = True) -> Anew:
    """The content to begin with; quantities and prices are kept unless told otherwise."""
    fields, columns = [*OF_ONE_SHIPMENT], [*PAPERS_OF_LINES]
    if not quantities:
        fields += [*QUANTITIES, "invoice.amount"]
        columns += QUANTITIES_OF_LINES
    if not prices:
        fields += PRICES
        columns += PRICES_OF_LINES
    filled = {key for line in content.lines for key, text in line.items() if text}
    cleared = [key for key in HEADER if key in fields and content.fields.get(key)]
    cleared += [f"lines.{key}" for key in COLUMNS if key in columns and key in filled]
    kept = {key: text for key, text in content.fields.items() if key not in fields}
    lines = [{key: text for key, text in line.items() if key not in columns} for line in content.lines]
    return Anew(Content(content.flow, kept, lines), tuple(cleared))
