"""Sentences: duties."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_TAX_001: Sentence(
        text=_("The law allows several rates of {tax}: {options}. None is chosen."),
        remedy=_("Choose one and give the reason."),
        example="8",
        basis=basis.RATES,
    ),
    Code.TQ_TAX_002: Sentence(
        text=_("{value} is not a rate of {tax} that the law allows here ({options})."),
        remedy=_("Choose one of the rates shown."),
        example="8",
        basis=basis.RATES,
    ),
    Code.TQ_TAX_003: Sentence(
        text=_("Rate {value} of {tax} is chosen without a reason."),
        remedy=_("Say why these goods fall under this rate."),
        basis=basis.RATES,
    ),
    Code.TQ_TAX_004: Sentence(
        text=_("For {tax} these goods have a rate within and one outside the quota; the line does not say which."),
        remedy=_("State whether the line is within the quota."),
        basis=basis.LAW107,
    ),
    Code.TQ_TAX_005: Sentence(
        text=_("{tax} is counted per {unit}; no quantity in {unit} is given."),
        remedy=_("Add the quantity in {unit} as second quantity."),
        example="LTR",
        basis=basis.LAW107,
    ),
    Code.TQ_TAX_006: Sentence(
        text=_(
            "{tax} may apply to these goods, but its rate is not known here; it stands at zero until an "
            "officer assesses it."
        ),
        remedy=_("Nothing to correct; keep the papers of the goods at hand."),
        basis=basis.LAW107,
    ),
    Code.TQ_TAX_007: Sentence(
        text=_("Two rates are chosen for {tax} on one line."),
        remedy=_("Keep one; split the line when parts of it fall under different rates."),
        basis=basis.RATES,
    ),
}
