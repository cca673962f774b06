"""Sentences: queues of officers, who handles what, and saved filters."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_VIE_001: Sentence(
        text=_("Declaration {value} cannot be assigned to this person, who does not handle declarations of {office}."),
        remedy=_("Choose a clearance officer or team leader of the office."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_002: Sentence(
        text=_("Declaration {value} is taken from the officer who has it without a reason."),
        remedy=_("Say in a sentence why; it stays in the story of the declaration."),
        example="Cán bộ nghỉ phép từ hôm nay",
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_003: Sentence(
        text=_("Another officer has declaration {value}."),
        remedy=_("Take the next one, or ask the team leader to assign it to you."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_004: Sentence(
        text=_("Declaration {value} is not yours to give back."),
        remedy=_("Only whoever has it gives it back; a team leader may assign it anew."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_005: Sentence(
        text=_("“{value}” cannot be the name of a saved filter."),
        remedy=_("Give a name of 1 to {max} characters that you have not used yet."),
        example="Đỏ, quá hạn",
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_006: Sentence(
        text=_("You keep {max} saved filters already."),
        remedy=_("Delete one that you no longer use."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_007: Sentence(
        text=_("{value} declarations are chosen; 1 to {max} can be handled together."),
        remedy=_("Choose fewer rows, or at least one."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_008: Sentence(
        text=_("“{value}” is not done to several declarations at once."),
        remedy=_("Choose one of: {allowed}."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_009: Sentence(
        text=_("A filter is shared with an office that you do not work for."),
        remedy=_("Choose an office of your own."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_010: Sentence(
        text=_("“{value}” cannot be the name of a template."),
        remedy=_("Give a name of 1 to {max} characters that none of your templates has."),
        example="Táo Fuji, mỗi tuần",
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_011: Sentence(
        text=_("You keep {max} templates already."),
        remedy=_("Delete one that you no longer use."),
        basis=basis.HOUSE,
    ),
    Code.TQ_VIE_012: Sentence(
        text=_("A template can be shared only when it is for an enterprise you act for."),
        remedy=_("Keep it for yourself, or save it from a declaration that names the enterprise."),
        basis=basis.HOUSE,
    ),
}
