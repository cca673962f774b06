"""Sentences of preference at lodging: what a registered certificate does for the lines that name it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

A12 = _("Circular 33/2023/TT-BTC, Art. 12")
A15 = _("Circular 33/2023/TT-BTC, Art. 15")
A19 = _("Circular 33/2023/TT-BTC, Art. 19")
MFN = _("The line is taxed at the most-favored-nation rate; amend it, or present another certificate.")
MEANWHILE = _("The line is taxed at the most-favored-nation rate until this is cleared up; have the papers ready.")
PROVE = _("File the proof within its days; the difference of duty stays guaranteed until then.")

SENTENCES = {
    Code.TQ_ORI_061: Sentence(
        text=_("Certificate {number} is doubted and being verified."),
        remedy=MEANWHILE,
        basis=A19,
    ),
    Code.TQ_ORI_062: Sentence(
        text=_("Schedule {schedule} is claimed under a certificate of {agreement}."),
        remedy=_("Claim the schedule of the certificate's agreement, or name the certificate of the schedule."),
        basis=basis.C33,
    ),
    Code.TQ_ORI_063: Sentence(
        text=_("Certificate {number} was refused."),
        remedy=MFN,
        basis=A19,
    ),
    Code.TQ_CHN_015: Sentence(
        text=_("The preference under certificate {certificate} is refused ({finding})."),
        remedy=MFN,
        basis=A15,
    ),
    Code.TQ_CHN_016: Sentence(
        text=_("The preference under certificate {certificate} is in doubt ({finding})."),
        remedy=MEANWHILE,
        basis=A19,
    ),
    Code.TQ_CHN_017: Sentence(
        text=_("The preference under certificate {certificate} is granted under guarantee ({finding})."),
        remedy=PROVE,
        basis=A12,
    ),
    Code.TQ_CHN_018: Sentence(
        text=_("No certificate is needed: {value} USD is within the {limit} USD of schedule {schedule}."),
        remedy=_("Have the invoice ready; an officer looks at it while the limit is not verified."),
        basis=basis.C33,
    ),
}
