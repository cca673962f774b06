"""Sentences: exercises in the practice realm."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ACA_001: Sentence(
        text=_("Office {value} has {n} cases left that you have not had; an exercise needs {needed}."),
        remedy=_("Ask whoever keeps this installation to load more of a practice world."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ACA_002: Sentence(
        text=_("You have decided the case about {value} already."),
        remedy=_("Go on with the next case."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ACA_003: Sentence(
        text=_("“{value}” is no decision or line of this case."),
        remedy=_("Choose one of the decisions shown, and lines of the declaration."),
        basis=basis.HOUSE,
    ),
}
