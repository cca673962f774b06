"""Sentences: goods declared under two codes, their findings and cases."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

ONE_CODE = _("Circular 14/2015/TT-BTC, Art. 4.1 and 6; Circular 38/2015/TT-BTC, Art. 24, as amended")
CHANNEL = _("Circular 38/2015/TT-BTC, Art. 19.4, as amended")

SENTENCES = {
    Code.TQ_CHN_019: Sentence(
        text=_("Goods like these were declared under another code."),
        remedy=_("Hold both lines against each other on the evidence card, and say what it came to."),
        basis=CHANNEL,
    ),
    Code.TQ_CLS_001: Sentence(
        text=_("Case {value} is not open."),
        remedy=_("Open it again first."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_002: Sentence(
        text=_("A case cannot become “{value}”."),
        remedy=_("Choose an instruction, a request for a ruling, an audit, a notice, or nothing."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_003: Sentence(
        text=_("Say in words why."),
        remedy=_("Write what decides, so that whoever reads it later can follow."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_004: Sentence(
        text=_("Case {value} is not closed."),
        remedy=_("Go on with it as it is."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_005: Sentence(
        text=_("“{value}” is no outcome of a finding."),
        remedy=_("Choose whose code is right, other goods, or analysis."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_006: Sentence(
        text=_("Finding {value} has an outcome already."),
        remedy=_("Take that outcome back first."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_007: Sentence(
        text=_("Finding {value} has no outcome to take back."),
        remedy=_("Say first what it came to."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_008: Sentence(
        text=_("No line of this case has a doubtful code: every finding was answered otherwise."),
        remedy=_("Answer the findings first, or close the case with nothing to be done."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_009: Sentence(
        text=_("The request for a code in case {value} does not wait for an answer."),
        remedy=_("Read in the story of the case what was answered."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_010: Sentence(
        text=_("You asked for this code yourself."),
        remedy=_("Let another person who rules on codes answer."),
        basis=basis.HOUSE,
    ),
}
