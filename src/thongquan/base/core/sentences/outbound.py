"""Sentences: export certificates of origin, and the origin that an export description names."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

D31 = _("Decree 31/2018/NĐ-CP (text not at hand)")
C12 = _("Circular 12/2019/TT-BCT (as collected)")
A5 = _("Circular 33/2023/TT-BTC, Art. 5 (press reading)")
COSTS = _("Correct the cost statement; it must be true and complete.")
PROVE = _("Name the certificate that proves it, or count the material as non-originating.")
END = _("Let the description end with {suffix}.")
PAGE = _("Open the application again and take one of the steps shown there.")
SHEET = _("Download the sheet of costs, fill it in and upload it again.")

SENTENCES = {
    Code.TQ_ORI_110: Sentence(
        text=_("{country} is no other member of agreement {agreement}."),
        remedy=_("Choose an agreement of which the country of destination is a member."),
        basis=D31,
    ),
    Code.TQ_ORI_111: Sentence(
        text=_("The costs add up to {sum}, the FOB value is {fob}."),
        remedy=COSTS,
        basis=D31,
    ),
    Code.TQ_ORI_112: Sentence(
        text=_("Material “{material}” from {country} counts as originating only with its certificate."),
        remedy=PROVE,
        basis=D31,
    ),
    Code.TQ_ORI_113: Sentence(
        text=_("Material “{material}” is of {country}, which is no member of the agreement."),
        remedy=_("Count the material as non-originating."),
        basis=D31,
    ),
    Code.TQ_ORI_114: Sentence(
        text=_("The law at hand has no rule for code {hs} under this agreement."),
        remedy=_("Have the rule added to the law with its source, or ask the issuer."),
        basis=D31,
    ),
    Code.TQ_ORI_115: Sentence(
        text=_("Criterion {criterion} is not met; met: {others}."),
        remedy=_("Ask for a criterion that is met, or leave the choice open."),
        basis=D31,
    ),
    Code.TQ_ORI_116: Sentence(
        text=_("The line has neither materials nor production steps."),
        remedy=_("Give the cost statement, or say what was grown, caught or processed where."),
        basis=D31,
    ),
    Code.TQ_ORI_117: Sentence(
        text=_("The materials are worth {sum}, more than the FOB value {fob}."),
        remedy=COSTS,
        basis=D31,
    ),
    Code.TQ_ORI_118: Sentence(
        text=_("“{value}” is no HS code."),
        remedy=_("Give 6 to 12 digits for goods, digits alone for a material."),
        example="420292",
        basis=C12,
    ),
    Code.TQ_ORI_119: Sentence(
        text=_("The goods left on {departed}; a certificate is issued at most {months} months later."),
        remedy=_("Correct the day of departure; later than that no certificate is issued."),
        basis=C12,
    ),
    Code.TQ_ORI_120: Sentence(
        text=_("The goods meet no criterion of origin; the rule is {rule}. Computed: {closest}"),
        remedy=_("Look at the derivation; replace foreign materials, or correct the statement."),
        basis=D31,
    ),
    Code.TQ_ORI_121: Sentence(
        text=_("The description of the export does not name the origin."),
        remedy=END,
        example="Sầu riêng tươi Ri6#&VN",
        basis=A5,
    ),
    Code.TQ_ORI_122: Sentence(
        text=_("The description ends with “{written}”, which names no country and not “KXĐ”."),
        remedy=END,
        example="Sầu riêng tươi Ri6#&VN",
        basis=A5,
    ),
    Code.TQ_ORI_123: Sentence(
        text=_("The description ends with “{written}”, the declared origin is {origin}."),
        remedy=END,
        basis=A5,
    ),
    Code.TQ_ORI_124: Sentence(
        text=_("Application {value} does not stand where the step “{step}” is open."),
        remedy=PAGE,
        basis=D31,
    ),
    Code.TQ_ORI_125: Sentence(
        text=_("Number {value} is recorded for another application already."),
        remedy=_("Compare it with the paper the issuer gave."),
        basis=D31,
    ),
    Code.TQ_ORI_126: Sentence(
        text=_("The day of issue {value} has not come yet."),
        remedy=_("Give the day that stands on the certificate."),
        basis=D31,
    ),
    Code.TQ_ORI_127: Sentence(
        text=_("No export certificate answers to this number and code."),
        remedy=_("Copy both from the paper; ask the issuer when in doubt."),
        basis=D31,
    ),
    Code.TQ_ORI_128: Sentence(
        text=_("The sheet of costs has no column “{column}”."),
        remedy=SHEET,
        basis=D31,
    ),
    Code.TQ_ORI_129: Sentence(
        text=_("The first certificate is of {country}, no other member of agreement {agreement}."),
        remedy=_("A certificate goes from hand to hand among members only."),
        basis=C12,
    ),
    Code.TQ_ORI_130: Sentence(
        text=_("There are {count} parts; at most {limit} are taken."),
        remedy=_("Split the application."),
        basis=D31,
    ),
    Code.TQ_ORI_131: Sentence(
        text=_("The criterion rests on a process as stated."),
        remedy=_("Keep the papers of the process ready: the issuer judges it."),
        basis=D31,
    ),
    Code.TQ_ORI_132: Sentence(
        text=_("The application has no line {value}."),
        remedy=SHEET,
        basis=D31,
    ),
    Code.TQ_ORI_133: Sentence(
        text=_("“{value}” is none of: material, labor, overhead, profit, other."),
        remedy=SHEET,
        basis=D31,
    ),
    Code.TQ_ORI_134: Sentence(
        text=_("No agreement in hand reaches the country of destination “{value}”."),
        remedy=_("Check the destination of the export declaration, or begin an empty application and name the form."),
        basis=D31,
    ),
    Code.TQ_ORI_135: Sentence(
        text=_("Export declaration {value} holds no goods of Vietnamese origin."),
        remedy=_(
            "Only goods of Vietnamese origin get a certificate here; correct the origin of the lines if it is wrong."
        ),
        basis=D31,
    ),
}
