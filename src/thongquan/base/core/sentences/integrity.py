"""Sentences: questions of internal control to officers."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ITG_001: Sentence(
        text=_("The case does not take this step now."),
        remedy=_("Open the case again and take one of the steps shown there."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ITG_002: Sentence(
        text=_("Words are missing."),
        remedy=_("Write a sentence that others will understand later."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ITG_003: Sentence(
        text=_("Whoever proposed the end of the case cannot sign it."),
        remedy=_("Ask another person of internal control."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ITG_004: Sentence(
        text=_("Nobody works on a case about themselves."),
        remedy=_("Leave it to another person of internal control."),
        basis=basis.HOUSE,
    ),
    Code.TQ_ITG_005: Sentence(
        text=_("This signal has a case already."),
        remedy=_("Go on in that case."),
        basis=basis.HOUSE,
    ),
}
