"""Sentences: files and formats."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_FMT_001: Sentence(
        text=_("The file cannot be read."),
        remedy=_("Save it again and send it whole."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_002: Sentence(
        text=_("The text is not JSON."),
        remedy=_("Send one JSON object in UTF-8."),
        example='{"flow": "import"}',
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_003: Sentence(
        text=_("“{field}” is not a field of the declaration."),
        remedy=_("Check the spelling against the documentation."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_004: Sentence(
        text=_("“{field}” has the wrong type."),
        remedy=_("Send the value in the type expected."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_005: Sentence(
        text=_("The part “{field}” is missing from the file."),
        remedy=_("Add it and send again."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_006: Sentence(
        text=_("“{field}” is {value}, not a finite number."),
        remedy=_("Write digits with a decimal point."),
        example="1250.50",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_007: Sentence(
        text=_("“{field}” is {value}, larger than any field holds."),
        remedy=_("Check the figure; it must be below 10^18."),
        example="1250.50",
        basis=basis.GUIDE,
    ),
    Code.TQ_FMT_008: Sentence(
        text=_("“{field}” is {value}, outside 1990 to 2099."),
        remedy=_("Write the date as year, month, day."),
        example="2026-11-20",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_009: Sentence(
        text=_("The text is not in the encoding it claims."),
        remedy=_("Save the file as UTF-8."),
        example="UTF-8",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_010: Sentence(
        text=_("The file is too large."),
        remedy=_("Send fewer declarations at once."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_011: Sentence(
        text=_("The sheet has more than {limit} rows."),
        remedy=_("Split the goods over several files."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_012: Sentence(
        text=_("The archive grows beyond what is allowed when it is opened."),
        remedy=_("Save the workbook again without pictures and empty sheets."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_013: Sentence(
        text=_("The XML declares a document type or entities; neither is accepted."),
        remedy=_("Delete the DOCTYPE and write the text out."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_014: Sentence(
        text=_("The element “{field}” is not one of ours; it is kept and written back unchanged."),
        remedy=_("Nothing to correct unless it is misspelled."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_015: Sentence(
        text=_("The template has version {value}; the current one is {expected}."),
        remedy=_("Download the template again."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_016: Sentence(
        text=_("The XML is not well formed: {value}."),
        remedy=_("Send the file whole; check the place named."),
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_017: Sentence(
        text=_("“{value}” is not a kind of file that is read here."),
        remedy=_("Send XML, JSON or an Excel workbook."),
        example=".xml",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_018: Sentence(
        text=_("“{field}”: “{value}” cannot be read."),
        remedy=_("Write it as in the example."),
        example="2026-11-20",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_019: Sentence(
        text=_("“{value}” is not a declaration."),
        remedy=_("Send the declaration itself, its amendment or its cancellation; answers and reports are not lodged."),
        example="Declaration",
        basis=basis.DOORS,
    ),
    Code.TQ_FMT_020: Sentence(
        text=_("“{field}” is {value}; weights are read in kilograms (KGM) only."),
        remedy=_("Convert the weight to kilograms."),
        example="1250.5",
        basis=basis.DOORS,
    ),
}
