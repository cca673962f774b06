"""Sentences: border residents' short declarations, collection lists, vehicles that come and go."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_RES_001: Sentence(
        text=_("“{value}” is not on the list of goods that border residents may trade on a short form."),
        remedy=_("Choose goods of the list; other goods are declared in the ordinary way."),
        example="08081000",
        basis=basis.C02_2018,
    ),
    Code.TQ_RES_002: Sentence(
        text=_("“{value}” cannot be the number of the identity document shown."),
        remedy=_("Type the 12 digits of the citizen card, or the letters and digits of the border pass."),
        example="020099000017",
        basis=basis.C80_6,
    ),
    Code.TQ_RES_003: Sentence(
        text=_("Form {value} is in state “{state}”; the step “{step}” is not open to it."),
        remedy=_("Open the form again and take one of the steps shown there."),
        basis=basis.C80_6,
    ),
    Code.TQ_RES_004: Sentence(
        text=_("Form {value} has goods over the quota or set aside for inspection, and nobody has inspected them."),
        remedy=_("Inspect the goods and record the result first; this cannot be skipped."),
        basis=basis.C80_7,
    ),
    Code.TQ_RES_005: Sentence(
        text=_("{open} VND are still owed on form {value}."),
        remedy=_("Take the money at the gate against a receipt, or wait for the bank."),
        basis=basis.C80_7,
    ),
    Code.TQ_RES_006: Sentence(
        text=_("“{value}” is not a number above zero in “{field}”."),
        remedy=_("Write how much there is and what it cost, with a point before decimals."),
        example="12.5",
        basis=basis.C80_6,
    ),
    Code.TQ_RES_007: Sentence(
        text=_("No form prepared on a phone waits under the code “{value}”."),
        remedy=_("Read the code again; a form that was taken over or is too old must be prepared anew."),
        example="7K3M9-QXT2P",
        basis=basis.C80_6,
    ),
    Code.TQ_RES_008: Sentence(
        text=_("“{field}” is missing."),
        remedy=_("Fill it in."),
        basis=basis.C80_6,
    ),
    Code.TQ_RES_009: Sentence(
        text=_("Form {value} stands in collection list {list} already; each form counts once."),
        remedy=_("Leave it out, or ask who handed it over twice."),
        basis=basis.C80_4,
    ),
    Code.TQ_RES_010: Sentence(
        text=_("The goods of list {value} were gathered on {on}; the list had to be filed within {days} days."),
        remedy=_("Declare the goods with contract and invoice in the ordinary way."),
        basis=basis.C80_4,
    ),
    Code.TQ_RES_011: Sentence(
        text=_(
            "Form {value} cannot be gathered: it must be an import within the quota or for resale, still at the market."
        ),
        remedy=_("Take only forms whose goods lie at this office's market and were not taxed at the gate."),
        basis=basis.C80_4,
    ),
    Code.TQ_RES_012: Sentence(
        text=_("The goods of form {value} belong to collection list {list}; they may not leave before it is cleared."),
        remedy=_("Wait until the merchant's declaration is cleared and paid."),
        basis=basis.C80_4,
    ),
    Code.TQ_RES_013: Sentence(
        text=_("The identity document {value} is registered for another person."),
        remedy=_("Compare name and photograph; ask the team leader when they do not agree."),
        basis=basis.C80_6,
    ),
    Code.TQ_RES_014: Sentence(
        text=_("Collection list {value} has no form in it."),
        remedy=_("Add the forms that residents handed over."),
        basis=basis.C80_4,
    ),
    Code.TQ_RES_015: Sentence(
        text=_("Vehicle {value} is in the border area already."),
        remedy=_("Record first that it left, or check the plate."),
        basis=basis.C80_10,
    ),
    Code.TQ_RES_016: Sentence(
        text=_("A form has 1 to {most} lines of goods; this one has {value}."),
        remedy=_("Put the rest on another form."),
        basis=basis.C80_6,
    ),
}
