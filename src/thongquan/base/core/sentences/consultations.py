"""Sentences: consultations on the customs value, the methods of valuation, reference prices."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CVL_001: Sentence(
        text=_("The consultation on {value} does not take this step now."),
        remedy=_("Open the case again and take one of the steps shown there."),
        basis=basis.VALUE,
    ),
    Code.TQ_CVL_002: Sentence(
        text=_("Words are missing in “{field}”."),
        remedy=_("Write it in a sentence; others must be able to follow it."),
        basis=basis.VALUE,
    ),
    Code.TQ_CVL_003: Sentence(
        text=_("Whoever proposed the outcome of the consultation on {value} cannot decide it."),
        remedy=_("Leave the decision to another team leader or director of the office."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CVL_004: Sentence(
        text=_("Declaration {value} is no import whose value is still open; there is no consultation on it."),
        remedy=_("After clearance, open an audit instead."),
        basis=basis.VALUE,
    ),
    Code.TQ_CVL_005: Sentence(
        text=_("There is a consultation on declaration {value} already."),
        remedy=_("Go on in that case."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CVL_006: Sentence(
        text=_("It is not said why a method that comes before does not hold."),
        remedy=_("The methods are taken in their order: give a reason for each one before."),
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_007: Sentence(
        text=_("An amount is missing or out of bounds: “{value}”."),
        remedy=_("Write dong for one unit, with a point for decimals; amounts that are taken off are written plain."),
        example="18500.25",
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_008: Sentence(
        text=_("The value comes to {value}, which is not above zero."),
        remedy=_("Look over what is taken off."),
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_009: Sentence(
        text=_("It is not said where the amounts come from."),
        remedy=_("Name the declaration, invoice or calculation."),
        example=_("declaration 101234567890, line 2"),
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_010: Sentence(
        text=_("The declaration has no line {value} under consultation."),
        remedy=_("Choose one of the lines of the case."),
        basis=basis.VALUE,
    ),
    Code.TQ_CVL_011: Sentence(
        text=_("The declared value cannot be rejected: for some line in question no other value was found."),
        remedy=_("Find its value by the first method that holds, or accept the declared one."),
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_012: Sentence(
        text=_("“{value}” is none of the methods that follow the transaction value."),
        remedy=_("Choose one of those offered."),
        basis=basis.METHODS,
    ),
    Code.TQ_CVL_013: Sentence(
        text=_("The end lies before the beginning: {value}."),
        remedy=_("Turn them round."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CVL_014: Sentence(
        text=_("Nobody confirms a reference price of their own."),
        remedy=_("Ask a colleague to look at it and its source."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CVL_015: Sentence(
        text=_("The day {value} is over."),
        remedy=_("Give a day that leaves time for the answer."),
        basis=basis.HOUSE,
    ),
}
