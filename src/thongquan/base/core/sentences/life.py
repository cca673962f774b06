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
}
