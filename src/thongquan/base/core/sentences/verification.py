"""Sentences: verification of certificates of origin."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

A15 = _("Circular 33/2023/TT-BTC, Art. 15")
A19 = _("Circular 33/2023/TT-BTC, Art. 19")

SENTENCES = {
    Code.TQ_ORI_090: Sentence(
        text=_("Verification {value} does not stand where the step “{step}” is open."),
        remedy=_("Open the verification again and take one of the steps shown there."),
        basis=A19,
    ),
    Code.TQ_ORI_091: Sentence(
        text=_("Certificate {value} is being verified (verification {case})."),
        remedy=_("Close that verification first; the most-favored-nation rate applies meanwhile."),
        basis=A19,
    ),
    Code.TQ_ORI_092: Sentence(
        text=_("Certificate {value} is of another trader, office, agreement or country than the first one."),
        remedy=_("Open a verification of its own for it."),
        basis=A19,
    ),
    Code.TQ_ORI_093: Sentence(
        text=_("The time for an answer is not over before {value}."),
        remedy=_("Wait for the answer, or send a reminder."),
        basis=A19,
    ),
    Code.TQ_ORI_094: Sentence(
        text=_("Nobody signs a letter they wrote themselves."),
        remedy=_("Ask another person who may sign."),
        basis=A19,
    ),
    Code.TQ_ORI_095: Sentence(
        text=_("The recorded answer does not lead to this outcome."),
        remedy=_("Choose the outcome that follows from the answer, or record another answer."),
        basis=A15,
    ),
    Code.TQ_ORI_096: Sentence(
        text=_("“Partly” needs the lines that are refused; {value} are not lines of the certificate."),
        remedy=_("Name the refused lines of the certificate, but not all of them."),
        basis=A15,
    ),
    Code.TQ_ORI_097: Sentence(
        text=_("Line {value} of the certificate was refused after verification."),
        remedy=_("Declare the line at the most-favored-nation rate, or present another certificate."),
        basis=A15,
    ),
}
