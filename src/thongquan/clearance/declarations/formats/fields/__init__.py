"""The fields that people fill in, once, for the web form and the Excel workbook alike.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025, Annex II (fields of IDA and EDA); decimals of
Art. 18.5. A key is the path of the field in `rules.document`, so that a fault finds its field by its path.
"""

from __future__ import annotations

from thongquan.clearance.declarations.formats.fields.general import GENERAL
from thongquan.clearance.declarations.formats.fields.invoice import INVOICE
from thongquan.clearance.declarations.formats.fields.lines import COLUMNS, MAIN_COLUMNS, MAX_LINES, MORE_COLUMNS
from thongquan.clearance.declarations.formats.fields.shape import Field, Kind, Section
from thongquan.clearance.declarations.formats.fields.special import SLOTS, SPECIAL
from thongquan.clearance.declarations.formats.fields.transport import TRANSPORT

__all__ = [
    "COLUMNS",
    "HEADER",
    "MAIN_COLUMNS",
    "MAX_LINES",
    "MORE_COLUMNS",
    "SECTIONS",
    "SLOTS",
    "Field",
    "Kind",
    "Section",
    "sections_of",
]

SECTIONS = (GENERAL, INVOICE, TRANSPORT, SPECIAL)
HEADER = {field.key: field for section in SECTIONS for field in section.fields}


def sections_of(flow: str) -> tuple[Section, ...]:
    """The sections of a flow, without the fields of the other one."""
    return tuple(
        Section(
            key=section.key,
            title=section.title,
            folded=section.folded,
            fields=tuple(field for field in section.fields if field.flow in ("", flow)),
        )
        for section in SECTIONS
    )
