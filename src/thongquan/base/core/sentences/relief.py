"""Sentences: exemption lists, refunds and taxes not collected."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_REV_050: Sentence(
        text=_("No exemption list of this trader has the line “{value}”."),
        remedy=_("Write the number of the list, a hyphen and the number of its line."),
        example="926000000012-3",
        basis=basis.D134_30,
    ),
    Code.TQ_REV_051: Sentence(
        text=_("The exemption list of “{value}” is not in force."),
        remedy=_("Use a registered list that has not ended, or declare the goods without the exemption."),
        basis=basis.D134_30,
    ),
    Code.TQ_REV_052: Sentence(
        text=_("Line “{value}” of the exemption list is for goods with a code that begins with {hs}, in {unit}."),
        remedy=_("Declare the goods of the list in its unit, or choose another line of the list."),
        basis=basis.D134_30,
    ),
    Code.TQ_REV_053: Sentence(
        text=_("Line “{value}” of the exemption list has {left} {unit} left; {asked} {unit} were declared."),
        remedy=_("Declare no more than is left under the exemption, and the rest on a line of its own."),
        basis=basis.D134_30,
    ),
    Code.TQ_REV_054: Sentence(
        text=_("The exemption list cannot be registered so: see {field}."),
        remedy=_("Give a title, the exemption, and for each line goods, unit and a quantity above zero."),
        basis=basis.D134_30,
    ),
    Code.TQ_REV_055: Sentence(
        text=_("The state of exemption list {value} does not allow this step."),
        remedy=_("See the page of the list."),
        basis=basis.D134_30,
    ),
    Code.TQ_REV_056: Sentence(
        text=_("A reason is missing."),
        remedy=_("Write in a sentence why."),
        basis=basis.LAW107_19,
    ),
    Code.TQ_REV_057: Sentence(
        text=_("“{value}” is no case of the law on this day."),
        remedy=_("Choose a case from the list."),
        basis=basis.LAW107_19,
    ),
    Code.TQ_REV_058: Sentence(
        text=_("{value} dong are below {limit} dong, the smallest amount that is refunded."),
        remedy=_("Nothing is paid back below this amount."),
        basis=basis.D134_37,
    ),
    Code.TQ_REV_059: Sentence(
        text=_("{value} dong were asked for; {open} dong are possible."),
        remedy=_("Ask for no more than was paid, or than is still open."),
        basis=basis.LAW107_19,
    ),
    Code.TQ_REV_060: Sentence(
        text=_("The state of claim {value} does not allow this step."),
        remedy=_("See the page of the claim."),
        basis=basis.LAW107_19,
    ),
    Code.TQ_REV_061: Sentence(
        text=_("Who proposed the claim {value} cannot decide it."),
        remedy=_("A second person decides."),
        basis=basis.LAW107_19,
    ),
    Code.TQ_REV_062: Sentence(
        text=_("A claim for this tax waits already: {value}."),
        remedy=_("Wait for its decision."),
        basis=basis.LAW107_19,
    ),
}
