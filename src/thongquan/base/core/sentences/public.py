"""Sentences: what the public asks for."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_PUB_001: Sentence(
        text=_("No declaration answers to this number and code."),
        remedy=_("Check both on the paper or page that you got from the declarant. Old codes stay good."),
        example="101234567890 · 7K3QW-8MZ2R",
        basis=basis.DOORS,
    ),
    Code.TQ_PUB_002: Sentence(
        text=_("These goods bear a duty per unit, so the quantity is needed."),
        remedy=_("State the quantity in the unit of the goods code, or the net weight."),
        example="1200",
        basis=basis.LAW107,
    ),
}
