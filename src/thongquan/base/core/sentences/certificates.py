"""Sentences: certificates of origin, their checks, their balance."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis, verification
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

A12 = _("Circular 33/2023/TT-BTC, Art. 12")
A14 = _("Circular 33/2023/TT-BTC, Art. 14")
A15 = _("Circular 33/2023/TT-BTC, Art. 15")
A15_7 = _("Circular 33/2023/TT-BTC, Art. 15.7")
A15_8 = _("Circular 33/2023/TT-BTC, Art. 15.8")
A16 = _("Circular 33/2023/TT-BTC, Art. 16")
A17 = _("Circular 33/2023/TT-BTC, Art. 17")
A18 = _("Circular 33/2023/TT-BTC, Art. 18")
A22 = _("Circular 33/2023/TT-BTC, Art. 22")
CORRECT = _("Correct the field, or ask the issuer for a corrected certificate.")
EXPLAIN = _("Ask the declarant to explain; verify with the issuer if doubt remains.")
MFN = _("Declare the line at the most-favored-nation rate, or present a valid certificate within the term.")
NONE = _("Nothing is to be done.")
LOOK = _("Compare by eye and say what you found when you accept or doubt.")
VERIFY = _("Verify with the issuing authority; the most-favored-nation rate applies meanwhile.")
PROOF10 = _("File the proof within the days of the law; guarantee the difference until then.")
LESS = _("Declare no more than is left, or present another certificate.")
AGAIN = _("Open the certificate again and take one of the steps shown there.")
WORDS = _("Write it in a sentence; others must be able to follow it.")
WHICH = _("Look up agreement, form and number on the certificate.")
LINE = _("Name one of the lines of the certificate.")
CHECK = _("Check the certificate first.")
ANNOUNCE = _("Announce one preference of which the origin is a member, on a line that names no certificate.")
PAY_MFN = _("Declare the line at the most-favored-nation rate and announce the proof; the excess is paid back.")
ASK = _("Ask for an amendment of the declaration with the certificate; an officer decides on it.")
LATE = _("The duty without the preference stands; a decision of customs can be objected to.")
OTHER = _("Present a certificate under the agreement that was announced for the line.")
GOODS = _("Compare codes and lines of certificate and declaration, and present the certificate of these goods.")
LAW = _("Add the value with its source to the law, or decide by hand.")

SENTENCES = {
    Code.TQ_ORI_010: Sentence(
        text=_("Box {box} of form {form} is empty."),
        remedy=CORRECT,
        basis=A15,
    ),
    Code.TQ_ORI_011: Sentence(
        text=_("Form {form} is not a form of agreement {agreement}."),
        remedy=MFN,
        basis=A15,
    ),
    Code.TQ_ORI_012: Sentence(
        text=_("Agreement {agreement} is not in the law of {on}."),
        remedy=MFN,
        basis=basis.C33,
    ),
    Code.TQ_ORI_013: Sentence(
        text=_("Agreement {agreement} knows no criterion “{criterion}”."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_014: Sentence(
        text=_("The lines of the certificate must be numbered 1, 2, 3…; at least one is needed."),
        remedy=CORRECT,
        basis=A15,
    ),
    Code.TQ_ORI_015: Sentence(
        text=_("Line {item} of the certificate has no quantity above zero."),
        remedy=CORRECT,
        basis=A22,
    ),
    Code.TQ_ORI_016: Sentence(
        text=_("{issuer} was not authorized to issue on {on}."),
        remedy=VERIFY,
        basis=A15,
    ),
    Code.TQ_ORI_017: Sentence(
        text=_("The issuers of {country} under {agreement} are not known here."),
        remedy=LOOK,
        basis=A15,
    ),
    Code.TQ_ORI_018: Sentence(
        text=_("{country} is not a member of {agreement}."),
        remedy=MFN,
        basis=basis.C33,
    ),
    Code.TQ_ORI_019: Sentence(
        text=_("The certificate of {issued} is later than the day of filing, {on}."),
        remedy=CORRECT,
        basis=A15,
    ),
    Code.TQ_ORI_020: Sentence(
        text=_("The certificate of {issued} was valid until {until}; the declaration is of {on}."),
        remedy=MFN,
        basis=A14,
    ),
    Code.TQ_ORI_021: Sentence(
        text=_("Issued on {issued}, more than {days} days after shipment on {shipped}, without the retroactive mark."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_022: Sentence(
        text=_("Issued on {issued}, more than {months} months after shipment on {shipped}."),
        remedy=MFN,
        basis=A15,
    ),
    Code.TQ_ORI_023: Sentence(
        text=_("Filed on {filed}, more than {days} days after registration on {on}."),
        remedy=MFN,
        basis=A12,
    ),
    Code.TQ_ORI_024: Sentence(
        text=_("The law at hand does not give this agreement's {term}."),
        remedy=LAW,
        basis=A15,
    ),
    Code.TQ_ORI_025: Sentence(
        text=_(
            "A minor difference ({difference}): “{declared}” declared, “{stated}” on the certificate. It is accepted."
        ),
        remedy=NONE,
        basis=A15_8,
    ),
    Code.TQ_ORI_026: Sentence(
        text=_("{claimed} {unit} are claimed; the line of the certificate has {stated}."),
        remedy=LESS,
        basis=A22,
    ),
    Code.TQ_ORI_027: Sentence(
        text=_("{unit} is declared, {stated} certified; no table converts the one to the other."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_028: Sentence(
        text=_("Gross weight {declared} kg declared, {stated} kg certified."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_029: Sentence(
        text=_("Invoice {declared} is declared; the certificate names {stated}."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_030: Sentence(
        text=_(
            "A third party invoiced; mark, name or country on the certificate do not agree with the seller {seller}."
        ),
        remedy=EXPLAIN,
        basis=A15_7,
    ),
    Code.TQ_ORI_031: Sentence(
        text=_("“{declared}” imports; the consignee is “{stated}”."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_032: Sentence(
        text=_("“{declared}” is declared, “{stated}” certified: compare the goods."),
        remedy=LOOK,
        basis=A15,
    ),
    Code.TQ_ORI_033: Sentence(
        text=_("No line of the certificate stands for code {hs}."),
        remedy=LINE,
        basis=A15,
    ),
    Code.TQ_ORI_034: Sentence(
        text=_("Criterion {criterion} does not meet {rule}, the rule for code {hs}."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_035: Sentence(
        text=_("The rule for code {hs} is not known here; criterion {criterion} is not held against it."),
        remedy=LAW,
        basis=A15,
    ),
    Code.TQ_ORI_036: Sentence(
        text=_("The goods passed {countries}; no transit paper, carrier's confirmation or unchanged seal is at hand."),
        remedy=EXPLAIN,
        basis=A18,
    ),
    Code.TQ_ORI_037: Sentence(
        text=_("A back-to-back certificate needs an issuer in a member of {agreement} and its original ({country})."),
        remedy=MFN,
        basis=A17,
    ),
    Code.TQ_ORI_038: Sentence(
        text=_("Transport by {declared} is declared; the certificate names {stated}."),
        remedy=EXPLAIN,
        basis=A15,
    ),
    Code.TQ_ORI_039: Sentence(
        text=_("Origin {declared} is declared; the certificate says {stated}."),
        remedy=MFN,
        basis=basis.C33,
    ),
    Code.TQ_ORI_040: Sentence(
        text=_("The mark for an exhibition stands without the exhibition's name and place."),
        remedy=CORRECT,
        basis=A15,
    ),
    Code.TQ_ORI_041: Sentence(
        text=_(
            "Code {declared} is declared, {stated} certified, with the same criterion {criterion}: accepted with proof."
        ),
        remedy=PROOF10,
        basis=A16,
    ),
    Code.TQ_ORI_042: Sentence(
        text=_("Code {declared} is declared, {stated} certified under {criterion}: to be verified."),
        remedy=VERIFY,
        basis=A16,
    ),
    Code.TQ_ORI_043: Sentence(
        text=_("Code {declared} needs wholly obtained goods; the certificate says {criterion} for {stated}."),
        remedy=MFN,
        basis=A16,
    ),
    Code.TQ_ORI_044: Sentence(
        text=_("The issuer cancelled certificate {value}."),
        remedy=MFN,
        basis=A14,
    ),
    Code.TQ_ORI_045: Sentence(
        text=_("Code {declared} is declared, {stated} certified; criterion {criterion} stands for both."),
        remedy=NONE,
        basis=A16,
    ),
    Code.TQ_ORI_046: Sentence(
        text=_(
            "Code {declared} is declared, {stated} certified under {criterion}: the article does not list this case."
        ),
        remedy=EXPLAIN,
        basis=A16,
    ),
    Code.TQ_ORI_047: Sentence(
        text=_("{issuer} ({country}) invoiced as a third party; name and country agree."),
        remedy=NONE,
        basis=A15_7,
    ),
    Code.TQ_ORI_050: Sentence(
        text=_("Certificate {value} was presented already."),
        remedy=WHICH,
        basis=A22,
    ),
    Code.TQ_ORI_051: Sentence(
        text=_("Number {value} is one character apart from {number} of the same exporter and goods or invoice."),
        remedy=VERIFY,
        basis=A22,
    ),
    Code.TQ_ORI_052: Sentence(
        text=_("The same goods and quantities were presented under number {number}."),
        remedy=VERIFY,
        basis=A22,
    ),
    Code.TQ_ORI_053: Sentence(
        text=_("{wanted} is wanted; {left} is left on this line of the certificate."),
        remedy=LESS,
        basis=A22,
    ),
    Code.TQ_ORI_054: Sentence(
        text=_("Certificate {value} does not stand where the step “{step}” is open."),
        remedy=AGAIN,
        basis=A15,
    ),
    Code.TQ_ORI_055: Sentence(
        text=_("Words are missing."),
        remedy=WORDS,
        basis=A15,
    ),
    Code.TQ_ORI_056: Sentence(
        text=_("The certificate has no line {value}."),
        remedy=LINE,
        basis=A22,
    ),
    Code.TQ_ORI_057: Sentence(
        text=_("No certificate {value} of this trader is known here."),
        remedy=WHICH,
        basis=basis.C33,
    ),
    Code.TQ_ORI_058: Sentence(
        text=_("The last check refuses certificate {value} ({codes})."),
        remedy=VERIFY,
        basis=A15,
    ),
    Code.TQ_ORI_059: Sentence(
        text=_("Number {number} of the same office lies beside this one."),
        remedy=LOOK,
        basis=A22,
    ),
    Code.TQ_ORI_060: Sentence(
        text=_("Certificate {value} was not checked since it was last changed."),
        remedy=CHECK,
        basis=A15,
    ),
    Code.TQ_ORI_140: Sentence(
        text=_("A proof of origin to come was announced under schedule {schedule}, which this line cannot claim so."),
        remedy=ANNOUNCE,
        basis=A12,
    ),
    Code.TQ_ORI_141: Sentence(
        text=_("The duty of code {hs} without schedule {schedule} is not known: there is no difference to guarantee."),
        remedy=PAY_MFN,
        basis=A12,
    ),
    Code.TQ_ORI_142: Sentence(
        text=_("No proof of origin is awaited for declaration {value}."),
        remedy=ASK,
        basis=A12,
    ),
    Code.TQ_ORI_143: Sentence(
        text=_("The last day for the proof of origin was {until}; it came on {filed}."),
        remedy=LATE,
        basis=_("Circular 33/2023/TT-BTC, Art. 12, 13, 14 and 16"),
    ),
    Code.TQ_ORI_144: Sentence(
        text=_("Certificate {value} stands for {agreement}; a proof under schedule {schedule} is awaited."),
        remedy=OTHER,
        basis=A12,
    ),
    Code.TQ_ORI_145: Sentence(
        text=_("Certificate {value} has no line for the goods that wait for a proof of origin."),
        remedy=GOODS,
        basis=A15,
    ),
    **verification.SENTENCES,
}
