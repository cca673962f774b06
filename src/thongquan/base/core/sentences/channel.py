"""Sentences: reasons of a channel."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CHN_001: Sentence(
        text=_("The law orders a control of these goods ({condition})."),
        remedy=_("Have the papers and the goods ready."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_002: Sentence(
        text=_("These goods need a licence ({condition})."),
        remedy=_("Give the number of the licence."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_003: Sentence(
        text=_("These goods need a quarantine certificate ({condition})."),
        remedy=_("Register the goods with the quarantine station."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_004: Sentence(
        text=_("These goods are prohibited ({condition})."),
        remedy=_("Ask the office before the goods move; an exception needs its permit."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_005: Sentence(
        text=_("These goods need a specialized inspection ({condition})."),
        remedy=_("File the result on the single window."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_006: Sentence(
        text=_("Gate {gate} is not open to these goods; the gates are {gates}."),
        remedy=_("Send the goods through one of the gates named."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_007: Sentence(
        text=_("The declarant stands at compliance level {level}."),
        remedy=_("Check the goods and the papers."),
        basis=basis.LEVELS,
    ),
    Code.TQ_CHN_008: Sentence(
        text=_("The declarant is barred from simplified treatment."),
        remedy=_("Check the goods and the papers."),
        basis=basis.A17,
    ),
    Code.TQ_CHN_009: Sentence(
        text=_("A priority enterprise is exempt from checks of papers and goods."),
        remedy=_("Nothing to do."),
        basis=basis.A43,
    ),
    Code.TQ_CHN_010: Sentence(
        text=_("The declaration was drawn at random (share {share})."),
        remedy=_("Check the goods and the papers."),
        basis=basis.A33,
    ),
    Code.TQ_CHN_011: Sentence(
        text=_("An officer must assess {tax} of this line."),
        remedy=_("Have the papers of the goods ready."),
        basis=basis.LAW107,
    ),
    Code.TQ_CHN_012: Sentence(
        text=_("A relief or security of {tax} ({treatment}) is to be checked."),
        remedy=_("File the papers that the relief rests on."),
        basis=basis.C19,
    ),
    Code.TQ_CHN_013: Sentence(
        text=_("Nothing asks for a check."),
        remedy=_("Pay what is due; the goods may leave."),
        basis=basis.C19,
    ),
    Code.TQ_CHN_014: Sentence(
        text=_("The declaration was selected under risk management."),
        remedy=_("Have the papers and the goods ready."),
        basis=basis.A17,
    ),
}
