"""Sentences: suggested codes, the models behind them, and workbooks of descriptions."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CLS_080: Sentence(
        text=_("Model {value} does not stand where this step is open."),
        remedy=_("Open the list of models again and see where it stands."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_081: Sentence(
        text=_("You proposed model {value} yourself."),
        remedy=_("A second person puts it in force."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_082: Sentence(
        text=_("The files of model {value} are missing or were changed."),
        remedy=_("Choose another model, or wait for the training of the night."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CLS_083: Sentence(
        text=_("{value} descriptions at once; at most {limit} are taken."),
        remedy=_("Send them in several parts."),
        basis=basis.DOORS,
    ),
    Code.TQ_CLS_084: Sentence(
        text=_("The sheet has no description under its first row."),
        remedy=_("Write one description in each row, under the heading “description”."),
        basis=basis.DOORS,
    ),
    Code.TQ_CLS_085: Sentence(
        text=_("“{value}” is no number of digits a code is suggested at."),
        remedy=_("Ask for 2, 4, 6 or 8 digits."),
        example="4",
        basis=basis.DOORS,
    ),
    Code.TQ_CLS_086: Sentence(
        text=_("“{value}” is not the beginning of a code."),
        remedy=_("Give 2, 4 or 6 digits, or leave it out."),
        example="8467",
        basis=basis.DOORS,
    ),
}
