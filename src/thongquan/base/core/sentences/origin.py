"""Sentences: origin."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis, certificates, outbound
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_ORI_001: Sentence(
        text=_("Schedule {schedule} is preferential; the line has no proof of origin."),
        remedy=_("Give number and date of the certificate, or choose B01."),
        example="E26450100123",
        basis=basis.C33,
    ),
    Code.TQ_ORI_002: Sentence(
        text=_("Goods of origin {origin} have no rate under schedule {schedule}."),
        remedy=_("Choose a schedule of which the origin is a member, or B01."),
        basis=basis.E1012,
    ),
    Code.TQ_ORI_003: Sentence(
        text=_("Origin {origin} is excluded from the rate of schedule {schedule} for this code ({raw})."),
        remedy=_("Choose another schedule, or B01."),
        basis=basis.E1014,
    ),
    Code.TQ_ORI_004: Sentence(
        text=_("Schedule {schedule} gives no preference for code {hs}."),
        remedy=_("Choose another schedule, or B01."),
        basis=basis.E1014,
    ),
    **certificates.SENTENCES,
    **outbound.SENTENCES,
}
