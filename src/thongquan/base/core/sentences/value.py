"""Sentences: customs value."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_VAL_001: Sentence(
        text=_("Unit price × quantity is {product}, but the value is {value}."),
        remedy=_("Correct price, quantity or value; they may differ by one unit of the currency."),
        basis=basis.R1088,
    ),
    Code.TQ_VAL_002: Sentence(
        text=_("The lines sum to {total}, the invoice to {amount}."),
        remedy=_("Make lines and invoice agree."),
        basis=basis.C18_1,
    ),
    Code.TQ_VAL_003: Sentence(
        text=_("Under {term} the freight to or from the border gate must be stated."),
        remedy=_("Give the freight with its currency; 0 when the price already holds it."),
        example="0",
        basis=basis.VALUE,
    ),
    Code.TQ_VAL_004: Sentence(
        text=_("Under {term} no insurance is stated; none is counted."),
        remedy=_("Give the premium if the goods are insured."),
        basis=basis.VALUE,
    ),
    Code.TQ_VAL_005: Sentence(
        text=_("Under {term} “{field}” ({value}) is not counted in the customs value."),
        remedy=_("Check the delivery term."),
        basis=basis.VALUE,
    ),
    Code.TQ_VAL_006: Sentence(
        text=_("The customs value comes to {value} dong; it must be above zero."),
        remedy=_("Check deductions, freight and insurance."),
        basis=basis.VALUE,
    ),
}
