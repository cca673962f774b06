"""Sentences: workbaskets of law and their dry runs."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_LWD_001: Sentence(
        text=_("The workbasket “{value}” does not allow this step now."),
        remedy=_("Open it again and see where it stands."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_002: Sentence(
        text=_("“{field}” says nothing."),
        remedy=_("Write a sentence that others will understand later."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_003: Sentence(
        text=_("The changes were not tried on past declarations yet."),
        remedy=_("Make a dry run and wait until it is done."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_004: Sentence(
        text=_("The draft was changed after its dry run."),
        remedy=_("Make a new dry run: the old one shows other changes."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_005: Sentence(
        text=_("{n} filings that were valid would be refused with {fault} on {value}, and nobody has said why."),
        remedy=_("Write the reason for this line, or return the workbasket."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_006: Sentence(
        text=_("{value} would hold from {day}, before the day of the workbasket, {effective_on}."),
        remedy=_("Leave the day out, or give one that is not earlier."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_007: Sentence(
        text=_("The day {value} is over: law does not reach back."),
        remedy=_("Start a workbasket with a later day."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_008: Sentence(
        text=_("Whoever drafted a workbasket or wrote a row of it does not approve it."),
        remedy=_("Ask a director or another law officer."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_009: Sentence(
        text=_("{value} was changed by another release after this was written."),
        remedy=_("Look at what holds now, write the row again and make a new dry run."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_010: Sentence(
        text=_("There is nothing to change."),
        remedy=_("Add rows that differ from the law in hand."),
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_011: Sentence(
        text=_("The period cannot be read: {value}."),
        remedy=_("Give a number of days or two days, the earlier one first."),
        example="30d",
        basis=basis.HOUSE,
    ),
    Code.TQ_LWD_012: Sentence(
        text=_("“{value}” is being taken back already."),
        remedy=_("Open the workbasket that takes it back."),
        basis=basis.HOUSE,
    ),
}
