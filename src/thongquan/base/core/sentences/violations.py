"""Sentences: violations and their fines."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_VIO_001: Sentence(
        text=_("The law of {on} knows no act “{value}”."),
        remedy=_("Choose an act that was in force on the day it was done."),
        example="short_duty_detected",
        basis=basis.DECREE169,
    ),
    Code.TQ_VIO_002: Sentence(
        text=_("Case {value} is in state “{state}”; the step “{step}” is not open to it."),
        remedy=_("Open the case again and take one of the steps shown there."),
        basis=basis.DECREE169,
    ),
    Code.TQ_VIO_003: Sentence(
        text=_("Whoever recorded or proposed case {value} cannot decide it."),
        remedy=_("Leave the decision to another team leader or director of the office."),
        basis=basis.DECREE169,
    ),
    Code.TQ_VIO_004: Sentence(
        text=_("No fine is known here for the act “{act}”: its amount is stated by the decision."),
        remedy=_("State the amount in dong and its ground; zero is a warning without a fine."),
        example="2000000",
        basis=basis.DECREE169,
    ),
    Code.TQ_VIO_005: Sentence(
        text=_("The fine for “{act}” is a share of the duty declared short, and {value} dong is no shortage."),
        remedy=_("Choose an act without effect on duty, or recalculate the duty."),
        basis=basis.DECREE169_10,
    ),
    Code.TQ_VIO_006: Sentence(
        text=_("Words are missing: what was declared, what was found, or the reason."),
        remedy=_("Write it in a sentence; it is read by the trader and by those who check the decision."),
        basis=basis.DECREE169,
    ),
}
