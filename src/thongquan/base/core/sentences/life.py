"""Sentences: the life of a declaration after it was lodged."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_LIF_001: Sentence(
        text=_("This step is not open to declaration {value} in its present state: {state}."),
        remedy=_("The story of the declaration shows what happened and what comes next."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_002: Sentence(
        text=_("Declaration {value} was amended nine times; its number has no room for a tenth amendment."),
        remedy=_("Ask for its cancellation and lodge the declaration anew."),
        basis=basis.NUMBERS,
    ),
    Code.TQ_LIF_003: Sentence(
        text=_("“{field}” names the declaration and is not amended; it was {before}."),
        remedy=_("Keep the first value, or ask for cancellation and lodge the declaration anew."),
        basis=basis.C20,
    ),
    Code.TQ_LIF_004: Sentence(
        text=_("Nothing differs from declaration {value} as it stands."),
        remedy=_("Change what is wrong, then send it."),
        basis=basis.C20,
    ),
    Code.TQ_LIF_005: Sentence(
        text=_("The declaration was amended after its channel was given: this may be penalized."),
        remedy=_("An officer decides by the decree on penalties. Amending by yourself weighs in your favor."),
        basis=basis.C20,
    ),
    Code.TQ_LIF_006: Sentence(
        text=_("No reason is given."),
        remedy=_("Say in a sentence why."),
        example="Ghi nhầm số lượng dòng 2",
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_007: Sentence(
        text=_("More than {days} days passed since clearance, or an audit was decided: an amendment is penalized."),
        remedy=_("The amendment is taken all the same; the penalty follows by the decree on penalties."),
        basis=basis.C20,
    ),
    Code.TQ_LIF_008: Sentence(
        text=_("Who proposes a correction does not countersign it."),
        remedy=_("Another person with the right to countersign decides."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_009: Sentence(
        text=_("A proposal of this kind for declaration {value} waits for a decision already."),
        remedy=_("Wait for the decision on it."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_010: Sentence(
        text=_("No proposal of this kind waits for declaration {value}."),
        remedy=_("Look at its story: it may be decided already."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_011: Sentence(
        text=_("The declaration was amended meanwhile; its number is {value} now."),
        remedy=_("Open it again and make your change on what it says now."),
        basis=basis.NUMBERS,
    ),
    Code.TQ_LIF_012: Sentence(
        text=_("Pre-registered data {value} are no longer kept: they lapsed after {days} days or were registered."),
        remedy=_("Pre-register the data anew, or lodge the declaration."),
        basis=basis.C18_6,
    ),
    Code.TQ_LIF_013: Sentence(
        text=_("An instruction names 1 to {max} fields of the declaration, each with words; “{value}” is none."),
        remedy=_("Choose the field from the list and say what to correct."),
        example="lines[1].hs",
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_014: Sentence(
        text=_("“{value}” is no ground of cancellation in the law of {on}."),
        remedy=_("Choose one of the grounds in the list."),
        example="request",
        basis=basis.C22,
    ),
    Code.TQ_LIF_015: Sentence(
        text=_("Declaration {value} has not lapsed: no ground of the law holds now."),
        remedy=_("Wait for the day on which it lapses; the page tells it."),
        basis=basis.C22_1A,
    ),
    Code.TQ_LIF_016: Sentence(
        text=_("Customs asks to correct “{field}”: {words}"),
        remedy=_("Correct the field and send the amendment."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_017: Sentence(
        text=_("“{field}” cannot be shared over the {parts} declarations of a split."),
        remedy=_("Fill in the values of all lines, and at least one package for each declaration."),
        basis=basis.C18_2,
    ),
    Code.TQ_LIF_018: Sentence(
        text=_("No paper is attached to declaration {value}."),
        remedy=_("Attach the papers of the file first, then say that they are filed."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_019: Sentence(
        text=_("The goods of declaration {value} were presented before."),
        remedy=_("Nothing needs to be done; the time of the inspection is running."),
        basis=basis.LIFE,
    ),
    Code.TQ_LIF_020: Sentence(
        text=_("Only a priority enterprise may lodge an incomplete declaration; {value} is none."),
        remedy=_("Fill in every required field and lodge the declaration as usual."),
        basis=basis.A43,
    ),
    Code.TQ_LIF_021: Sentence(
        text=_("Nothing is left to complete in declaration {value}."),
        remedy=_("To change what it says, amend it."),
        basis=basis.A43,
    ),
    Code.TQ_LIF_022: Sentence(
        text=_("Completing fills in what was left out; “{field}” was declared as “{before}”."),
        remedy=_("Put it back as it was; to change it, amend the declaration."),
        basis=basis.A43,
    ),
    Code.TQ_LIF_023: Sentence(
        text=_("Declaration {value} is completed after its term of {days} days."),
        remedy=_("Expect a penalty by the law on administrative penalties in customs."),
        basis=basis.A43,
    ),
}
