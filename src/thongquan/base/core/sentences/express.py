"""Sentences: low-value parcels by express, and lanes that are full."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_EXP_001: Sentence(
        text=_("The parcel is worth {value} dong and its taxes would be {taxes} dong: more than the lane takes."),
        remedy=_(
            "Lodge an ordinary declaration for it; the limits are {value_limit} dong of value or {tax_limit} of tax."
        ),
        basis=basis.D134_29,
    ),
    Code.TQ_EXP_002: Sentence(
        text=_("Consignment {value} was accepted before, in batch {batch}."),
        remedy=_("Leave it out; a parcel is declared once."),
        basis=basis.C18,
    ),
    Code.TQ_EXP_003: Sentence(
        text=_("Consignment {value} stands in the file already, on line {first}."),
        remedy=_("Put all goods of a parcel on rows that follow each other, and give every parcel its own number."),
        basis=basis.C18,
    ),
    Code.TQ_EXP_004: Sentence(
        text=_("The file is larger than {limit} MB."),
        remedy=_("Split it; every file is a batch of its own."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_005: Sentence(
        text=_("The file holds more than {limit} parcels."),
        remedy=_("Split it; every file is a batch of its own."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_006: Sentence(
        text=_("The file is neither CSV nor NDJSON in UTF-8."),
        remedy=_("Save the table as CSV in UTF-8, or write one JSON object per line."),
        example="parcels.csv",
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_007: Sentence(
        text=_("The column “{value}” is missing, unknown or there twice."),
        remedy=_("Use the first row of the sample file as it is."),
        example="consignment",
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_008: Sentence(
        text=_("The row cannot be read."),
        remedy=_("Check quotation marks and separators of this row; its other cells were not judged."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_009: Sentence(
        text=_("{value} is not registered as an express carrier at office {office}."),
        remedy=_("Ask the team leader of the office to register the enterprise."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_010: Sentence(
        text=_("This lane is full. Your place in the queue is {position}."),
        remedy=_("Try again in {seconds} seconds; nothing was stored."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_011: Sentence(
        text=_("The part begins at byte {value}, but the upload stands at byte {received}."),
        remedy=_("Go on from byte {received}."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_012: Sentence(
        text=_("What was received is not the file that was announced."),
        remedy=_("Start the upload anew; nothing of this file was judged."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_013: Sentence(
        text=_("“{value}” cannot be the number of a consignment."),
        remedy=_("Give the number of the waybill: 4 to 35 letters, digits, points or hyphens."),
        example="VN26112200012345",
        basis=basis.C18,
    ),
    Code.TQ_EXP_014: Sentence(
        text=_("“{field}” differs between the rows of one parcel."),
        remedy=_("Repeat it in each row of the parcel, or give it in the first alone."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_015: Sentence(
        text=_("The parcel holds more than {limit} kinds of goods."),
        remedy=_("Lodge an ordinary declaration for it."),
        basis=basis.DOORS,
    ),
    Code.TQ_EXP_016: Sentence(
        text=_("Parcel {value} does not wait for a check."),
        remedy=_("Open the list of held parcels again; somebody may have decided already."),
        basis=basis.A33,
    ),
    Code.TQ_EXP_017: Sentence(
        text=_("This very file was sent before, as batch {batch}."),
        remedy=_("Look at that batch; nothing needs to be sent again."),
        basis=basis.DOORS,
    ),
}
