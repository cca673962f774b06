"""Sentences: attachments."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ATT_001: Sentence(
        text=_("No file was sent, or an empty one."),
        remedy=_("Choose a file and send it again."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_002: Sentence(
        text=_("The file is larger than {limit} MB."),
        remedy=_("Scan with a lower resolution, or split the file."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_003: Sentence(
        text=_("“{value}” is not a kind of file that is taken here."),
        remedy=_("Send one of these: {accepted}."),
        example=".pdf",
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_004: Sentence(
        text=_("The file is two kinds of file at once ({value})."),
        remedy=_("Save it anew from the program it comes from and send that."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_005: Sentence(
        text=_("The XML declares a document type or entities; neither is accepted."),
        remedy=_("Delete the DOCTYPE and write the text out."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_006: Sentence(
        text=_("The file holds markup that a browser would run."),
        remedy=_("Send the paper as PDF or as a picture."),
        example=".pdf",
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_007: Sentence(
        text=_("The limit of files for one day is reached: {limit}."),
        remedy=_("Go on tomorrow, or ask customs to raise the limit."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_008: Sentence(
        text=_("There are already {limit} files here; no more are taken."),
        remedy=_("Take away files that are not needed, or put pages together into one PDF."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_009: Sentence(
        text=_("“{value}” is not a kind of paper."),
        remedy=_("Choose a kind from the list."),
        example="INV",
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_010: Sentence(
        text=_("More than {limit} files were sent at once."),
        remedy=_("Send them in several goes."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_011: Sentence(
        text=_("The file is damaged and cannot be read."),
        remedy=_("Open it on your computer, save it anew and send that."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_012: Sentence(
        text=_("The file grows beyond what is allowed when it is opened."),
        remedy=_("Send it with fewer pages, points or sheets."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_013: Sentence(
        text=_("Reading the file took too long and was stopped."),
        remedy=_("Save it anew in a simpler form, for example as PDF."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_014: Sentence(
        text=_("The reader broke down on this file."),
        remedy=_("Save it anew and send that; it may be damaged or made to do harm."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_015: Sentence(
        text=_("The file is locked by a password."),
        remedy=_("Send it without a password."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_016: Sentence(
        text=_("The stored file differs from what was received; it is not handed out."),
        remedy=_("Send it again, and tell the administrator."),
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_017: Sentence(
        text=_("The workbook holds macros."),
        remedy=_("Save it as .xlsx without macros."),
        example=".xlsx",
        basis=basis.DOORS,
    ),
    Code.TQ_ATT_018: Sentence(
        text=_("The sealed original is opened only with a reason."),
        remedy=_("Write why it is needed; the reason is kept."),
        basis=basis.DOORS,
    ),
}
