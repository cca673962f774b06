"""Sentences: checks of documents and goods, duty, samples and specialized inspections."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CTL_001: Sentence(
        text=_("No {check} is due on declaration {value} at its present channel."),
        remedy=_("The channel and the exemptions decide what is checked; changing the channel is a step of its own."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_002: Sentence(
        text=_("No {check} is open on declaration {value}."),
        remedy=_("Begin it first. What is concluded is not changed any more; a new one may follow."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_003: Sentence(
        text=_("{count} points of the checklist have no outcome yet: {points}."),
        remedy=_("Say of each point whether it agrees, differs or is missing, then conclude."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_004: Sentence(
        text=_("A difference needs what was found: “{field}” is empty."),
        remedy=_("Write the value found; what was declared stays as it is beside it."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_005: Sentence(
        text=_("“{value}” is none of the choices: {allowed}."),
        remedy=_("Take one of them."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_006: Sentence(
        text=_("Declaration {value} was amended after this check was begun."),
        remedy=_("Look at the version in force: begin the check again, or save a line of the act anew."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_007: Sentence(
        text=_("{count} officers can be drawn at office {value} now; {needed} are needed."),
        remedy=_("The team leader enters more officers in the duty roster."),
        basis=basis.A33,
    ),
    Code.TQ_CTL_008: Sentence(
        text=_("An inspection of declaration {value} is under way already."),
        remedy=_("Its act is on the inspection page; the team leader may replace an officer."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_009: Sentence(
        text=_("Only the officers assigned to this inspection fill in and sign its act."),
        remedy=_("The team leader may replace an officer, with a reason; who comes next is drawn."),
        basis=basis.A33,
    ),
    Code.TQ_CTL_010: Sentence(
        text=_("The act changed after you read it."),
        remedy=_("Read it again as it stands now, then sign."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_011: Sentence(
        text=_("You signed this act already; the other signature is another officer's."),
        remedy=_("The second officer reads the act and signs it."),
        basis=basis.A33,
    ),
    Code.TQ_CTL_012: Sentence(
        text=_("Lines not inspected yet: {lines}."),
        remedy=_("Say of each line whether it agrees and what was counted."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_013: Sentence(
        text=_("Line {line}: what was measured and the findings contradict each other."),
        remedy=_(
            "A line that differs has at least one finding; a line that agrees has none, and the declared quantity."
        ),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_014: Sentence(
        text=_("Declaration {value} has no line {line}."),
        remedy=_("Take a line of the version in force."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_015: Sentence(
        text=_("This turn of duty is not possible: it ends before it starts, or overlaps another turn of the officer."),
        remedy=_("Give an end after the start, outside the officer's other turns."),
        basis=basis.A33,
    ),
    Code.TQ_CTL_016: Sentence(
        text=_("“{value}” is no officer of this office who checks goods."),
        remedy=_("Choose a clearance officer or team leader of the office."),
        basis=basis.A33,
    ),
    Code.TQ_CTL_017: Sentence(
        text=_("{needed} samples are taken, each under a seal of its own."),
        remedy=_("Give {needed} different seal numbers."),
        basis=basis.ANALYSIS,
    ),
    Code.TQ_CTL_018: Sentence(
        text=_("No result of this kind is awaited for declaration {value}."),
        remedy=_("It was given already, or nothing was asked for."),
        basis=basis.RELEASE_SPECIALIZED,
    ),
    Code.TQ_CTL_019: Sentence(
        text=_("This specialized inspection of declaration {value} was asked for already."),
        remedy=_("Wait for its result, or ask for another kind."),
        basis=basis.RELEASE_SPECIALIZED,
    ),
    Code.TQ_CTL_020: Sentence(
        text=_("The act says something else there since: the other officer or another device changed it."),
        remedy=_("Compare the two, then keep yours or take theirs."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_021: Sentence(
        text=_("What is kept on this device belongs to another inspection of declaration {value}."),
        remedy=_("Open the declaration anew; what was typed stays on the device until you throw it away."),
        basis=basis.RELEASE_CHECKS,
    ),
}
