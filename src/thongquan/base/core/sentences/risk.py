"""Sentences: risk profiles and what keeps them from being let in."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CHN_020: Sentence(
        text=_("The risk profile “{profile}” ({number}) was met."),
        remedy=_("Say after the check what was found: the profile is measured by it."),
        basis=basis.A17,
    ),
    Code.TQ_CHN_021: Sentence(
        text=_("Chosen under risk management. Look at: {look_at}"),
        remedy=_("Check it and write down what was found, nothing included."),
        basis=basis.A17,
    ),
    Code.TQ_CHN_030: Sentence(
        text=_("The model of risk doubts line {line}: probability {probability}, {amount} dong expected."),
        remedy=_("Check it and write down what was found, nothing included."),
        basis=basis.A17,
    ),
    Code.TQ_CHN_031: Sentence(
        text=_("Model {version}: rank {rank}, the hour {hour} opens from {threshold} on."),
        remedy=_("Say after the check what was found: the model learns from it."),
        basis=basis.A17,
    ),
    Code.TQ_RSK_001: Sentence(
        text=_("The expression cannot be read at line {line}, place {column}: {value}"),
        remedy=_("Correct it there; the facts it may speak of stand beside the form."),
        example='goods.exists(g, g.hs.startsWith("0808") && g.kg_value_vnd < 8000.0)',
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_002: Sentence(
        text=_("The expression is over a limit: {limit}, at most {most}."),
        remedy=_("Make it shorter or simpler, or write two profiles."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_003: Sentence(
        text=_("The expression answers {value}, not yes or no."),
        remedy=_("Compare, so that the answer is yes or no."),
        example="level == 5",
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_004: Sentence(
        text=_("The expression speaks of no declared fact."),
        remedy=_("A profile chooses by facts of the declaration; name at least one."),
        basis=basis.A17,
    ),
    Code.TQ_RSK_005: Sentence(
        text=_("No goods have “{value}”."),
        remedy=_("Use one of the names that stand beside the form."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_006: Sentence(
        text=_("The expression takes too long on a large declaration."),
        remedy=_("Put what is cheap and rarely true first, and leave out patterns."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_007: Sentence(
        text=_("The expression fails on some declarations: {value}"),
        remedy=_("Ask first whether there is something to compare, for instance that a quantity is above zero."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_008: Sentence(
        text=_("The profile “{value}” does not allow this step now."),
        remedy=_("Open it again and see where it stands."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_009: Sentence(
        text=_("Words are missing."),
        remedy=_("Write a sentence that others will understand later."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_010: Sentence(
        text=_("The profile was not tried as it is now."),
        remedy=_("Make a dry run on the last 30 days and look at what it would have chosen."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_011: Sentence(
        text=_("Nobody approves their own profile."),
        remedy=_("Ask a director or another analyst."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_012: Sentence(
        text=_("The expression alone chooses nearly everything, so a list of risk goods would be the sole ground."),
        remedy=_("Say by facts of the declaration what is suspicious about the listed goods."),
        basis=basis.LISTED,
    ),
    Code.TQ_RSK_013: Sentence(
        text=_("The period of validity is wrong or over."),
        remedy=_("Give a last day that is not before the first, and not over."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_014: Sentence(
        text=_("{value} is out of bounds for this field."),
        remedy=_("Give a value within the bounds that stand under the field."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_040: Sentence(
        text=_("The model {value} does not allow this step now."),
        remedy=_("Open it again and see where it stands."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_041: Sentence(
        text=_("Nobody approves their own proposal, nor a model they trained."),
        remedy=_("Ask a director or another analyst."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_042: Sentence(
        text=_("The files of the model {value} are missing or are not what was written."),
        remedy=_("Put the files of this version back from a copy, or train anew."),
        basis=basis.HOUSE,
    ),
    Code.TQ_RSK_044: Sentence(
        text=_("{value} findings of fraud are too few to learn from: {least} are needed early on, and one later."),
        remedy=_("Open more by chance and enter what was found; training tries again every week."),
        basis=basis.HOUSE,
    ),
}
