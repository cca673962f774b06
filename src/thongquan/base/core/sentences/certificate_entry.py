"""Certificates of origin coming in: papers read by machine, messages, specimens of signatures and stamps."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ORI_070: Sentence(
        text=_("The pages belong to different certificates: {numbers}."),
        remedy=_("Send each certificate in a file of its own."),
        basis=basis.C33,
    ),
    Code.TQ_ORI_071: Sentence(
        text=_("Nothing can be read on the paper: it is blank or too faint."),
        remedy=_("Scan the printed side again at 200 dots per inch or more, or fill in the form by hand."),
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_072: Sentence(
        text=_("The form of the paper was not recognized."),
        remedy=_("Fill in the fields from the image."),
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_073: Sentence(
        text=_("Page {page} lay turned by {degrees} degrees and was turned upright."),
        remedy=_("Look whether it stands right."),
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_074: Sentence(
        text=_("The file has {pages} pages; a certificate has at most {limit}."),
        remedy=_("Send the pages of the certificate alone."),
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_075: Sentence(
        text=_("This paper is no longer waiting for that."),
        remedy=_("Open it again and take one of the steps shown there."),
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_076: Sentence(
        text=_("It is not said that every field was compared with the paper."),
        remedy=_("Compare the fields with the image and tick the box."),
        basis=basis.C33,
    ),
    Code.TQ_ORI_077: Sentence(
        text=_("A file of the kind “{value}” holds no certificate."),
        remedy=_("Send PDF, PNG, JPEG or WEBP of the paper, the Excel template, or an XML message."),
        example="form-e.pdf",
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_078: Sentence(
        text=_("The message begins with “{value}”, not with “{expected}”: it is no certificate."),
        remedy=_("Send the message of a certificate."),
        example="<CertificateOfOrigin>",
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_079: Sentence(
        text=_("The message does not take “{value}” here: the element is unknown or stands twice."),
        remedy=_("Check it against the documented mapping."),
        example="Header/ReferenceNumber",
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_080: Sentence(
        text=_("The specimen would end before it begins."),
        remedy=_("Give a later end, or none."),
        basis=basis.C33,
    ),
    Code.TQ_ORI_081: Sentence(
        text=_("A specimen is a picture; this file is not."),
        remedy=_("Send PNG, JPEG or WEBP."),
        example="stamp.png",
        basis=basis.DOORS,
    ),
    Code.TQ_ORI_082: Sentence(
        text=_("This specimen was withdrawn already."),
        remedy=_("Nothing is to be done."),
        basis=basis.C33,
    ),
}
