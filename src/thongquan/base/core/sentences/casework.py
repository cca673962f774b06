"""Sentences: notes, questions to the office, and the work of a team leader."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_CSW_001: Sentence(
        text=_("Nothing is written in “{field}”."),
        remedy=_("Write what you want to say; one sentence is enough."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_002: Sentence(
        text=_("“{field}” takes {limit} characters; {length} are too many."),
        remedy=_("Shorten it, or attach a file with the rest."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_003: Sentence(
        text=_("“{value}” is not an officer of the office of this declaration."),
        remedy=_("Choose one of the names offered."),
        example="@Nguyễn Thị Hoa",
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_004: Sentence(
        text=_("Question {value} does not stand so that this could be done."),
        remedy=_("Open it again and take one of the steps shown there; it is closed once it was answered."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_005: Sentence(
        text=_("{limit} questions wait on declaration {value} already."),
        remedy=_("Add to one of them, or wait for an answer."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_006: Sentence(
        text=_("“{value}” is not on duty at this office now."),
        remedy=_("Choose an officer who is on duty, or enter a turn of duty first."),
        basis=basis.HOUSE,
    ),
    Code.TQ_CSW_007: Sentence(
        text=_("No declaration was chosen that this officer could be given."),
        remedy=_("Choose at least one open declaration of the office that somebody else has."),
        basis=basis.HOUSE,
    ),
}
