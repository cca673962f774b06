"""Sentences: regimes."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_REG_001: Sentence(
        text=_("Regime {value} is for the other direction: {flow}, but this is an {declared}."),
        remedy=_("Choose a regime of this direction."),
        example="A11",
        basis=basis.REGIMES,
    ),
    Code.TQ_REG_002: Sentence(
        text=_("Regime {regime} is temporary and needs the date until which the goods stay."),
        remedy=_("Fill in the end of the temporary stay."),
        basis=basis.R1000,
    ),
    Code.TQ_REG_003: Sentence(
        text=_("Regime {regime} needs the number of the earlier declaration."),
        remedy=_("Give the number of the temporary import or export."),
        example="101234567890",
        basis=basis.R1000,
    ),
    Code.TQ_REG_004: Sentence(
        text=_("Regime {regime} is not temporary, yet a date {value} is given."),
        remedy=_("Delete the date or choose a temporary regime."),
        basis=basis.R1000,
    ),
    Code.TQ_REG_005: Sentence(
        text=_("Regime {regime} follows no earlier declaration, yet {value} is given."),
        remedy=_("Delete the reference or choose the regime of a re-export."),
        basis=basis.R1000,
    ),
    Code.TQ_REG_006: Sentence(
        text=_("The temporary stay ends on {value}, before the day of lodging {on}."),
        remedy=_("Give a date in the future."),
        basis=basis.R1000,
    ),
    Code.TQ_REG_007: Sentence(
        text=_("Regime {value} does not exist on {on}."),
        remedy=_("Choose a regime of the list in force."),
        example="A11",
        basis=basis.REGIMES,
    ),
}
