"""Sentences: missing reference data."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_LAW_001: Sentence(
        text=_("The parameter “{name}” of the law is missing on {on}."),
        remedy=_("Tell the law desk; nothing in your declaration is wrong."),
        basis=basis.REF,
    ),
    Code.TQ_LAW_002: Sentence(
        text=_("There is no exchange rate of {currency} for {on}."),
        remedy=_("Wait until the rate of the week is loaded, or ask the law desk."),
        basis=basis.FX,
    ),
    Code.TQ_LAW_003: Sentence(
        text=_("The parameter “{name}” cannot be read: “{value}”."),
        remedy=_("Tell the law desk; nothing in your declaration is wrong."),
        basis=basis.REF,
    ),
    Code.TQ_LAW_004: Sentence(
        text=_("The law of the day was not cut for these lines."),
        remedy=_("Try again; when it persists, tell the law desk."),
        basis=basis.REF,
    ),
    Code.TQ_LAW_005: Sentence(
        text=_("Schedule {schedule} has no rules on {on}."),
        remedy=_("Choose another schedule, or ask the law desk."),
        basis=basis.REF,
    ),
}
