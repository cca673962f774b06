"""Sentences: precedents, advance rulings, deciding attributes, and codes held against what customs ruled."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

RULING = _("Decree 08/2015/NĐ-CP, Art. 24, as amended")
ANALYSIS = _("Circular 14/2015/TT-BTC, Art. 10-11")
ONE_CODE = _("Circular 14/2015/TT-BTC, Art. 4.1; Circular 38/2015/TT-BTC, Art. 24, as amended")
GUIDED = _("Decree 169/2026/NĐ-CP, Art. 15.1b")
AMENDING = _("Circular 38/2015/TT-BTC, Art. 20, as amended; Decree 169/2026/NĐ-CP, Art. 10")

SENTENCES = {
    Code.TQ_CLS_040: Sentence(
        text=_("“{value}” is no code of the nomenclature with 4, 6 or 8 digits."),
        remedy=_("Write the digits of a heading, a subheading or a national line in force."),
        example="8471.30.20",
        basis=basis.HS,
    ),
    Code.TQ_CLS_041: Sentence(
        text=_("The description tells of no goods."),
        remedy=_("Say what the goods are: name, material, use, model, size."),
        basis=basis.C18_5,
    ),
    Code.TQ_CLS_042: Sentence(
        text=_("The last day is not after the first one."),
        remedy=_("Give the first day on which it no longer holds, or leave the field empty."),
        basis=RULING,
    ),
    Code.TQ_CLS_043: Sentence(
        text=_("Document {value} is kept already for these goods."),
        remedy=_("Open the one that is kept; withdraw it first if it is wrong."),
        basis=ANALYSIS,
    ),
    Code.TQ_CLS_044: Sentence(
        text=_("Document {value} was withdrawn already."),
        remedy=_("Enter a new one if customs ruled anew."),
        basis=ANALYSIS,
    ),
    Code.TQ_CLS_045: Sentence(
        text=_("“{value}” is not allowed here: {field}."),
        remedy=_("Use one of these: {allowed}."),
        basis=ANALYSIS,
    ),
    Code.TQ_CLS_046: Sentence(
        text=_("Something is missing: {field}."),
        remedy=_("Fill it in."),
        basis=RULING,
    ),
    Code.TQ_CLS_047: Sentence(
        text=_("The sheet has no column “{column}”."),
        remedy=_("Use the template and keep its first row."),
        basis=basis.DOORS,
    ),
    Code.TQ_CLS_048: Sentence(
        text=_("The day {value} has not come yet."),
        remedy=_("Give the day on the document."),
        basis=ANALYSIS,
    ),
    Code.TQ_CLS_049: Sentence(
        text=_("Too long: {field}; at most {limit} characters are kept."),
        remedy=_("Shorten it, and attach the rest as a file."),
        basis=basis.DOORS,
    ),
    Code.TQ_CLS_050: Sentence(
        text=_("Application {value} does not stand where the step “{step}” is open."),
        remedy=_("Open the application again and take one of the steps shown there."),
        basis=RULING,
    ),
    Code.TQ_CLS_051: Sentence(
        text=_("Nobody signs what they proposed themselves."),
        remedy=_("Ask another person who may sign."),
        basis=RULING,
    ),
    Code.TQ_CLS_052: Sentence(
        text=_("A ruling holds for at most {years} years, until {value}."),
        remedy=_("Give an earlier last day."),
        basis=RULING,
    ),
    Code.TQ_CLS_053: Sentence(
        text=_("An application is filed with a paper or a picture of the goods."),
        remedy=_("Put a catalog, a data sheet or a photograph of the sample into the files first."),
        basis=RULING,
    ),
    Code.TQ_CLS_060: Sentence(
        text=_("The codes {value} have this attribute already."),
        remedy=_("Propose the end of the old one first, or use another name."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_061: Sentence(
        text=_("This attribute does not wait for that step."),
        remedy=_("Open the list again."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_062: Sentence(
        text=_("What is given does not fit the kind of attribute: {field}."),
        remedy=_("Words: at least two answers. Limit: a unit and at least one figure. Material: neither."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_070: Sentence(
        text=_("Line {line} declares {declared}; for such goods customs gave {ruled} by document {number}."),
        remedy=_("Hold both against each other. This is an honest doubt about the code, no violation."),
        basis=ONE_CODE,
    ),
    Code.TQ_CLS_071: Sentence(
        text=_("Line {line} declares {declared}, but customs told this very declarant {ruled} by document {number}."),
        remedy=_("Declare the code given, or say why these are other goods: a guided code wrong again is evasion."),
        basis=GUIDED,
    ),
    Code.TQ_CLS_072: Sentence(
        text=_("These goods were declared under {other} by you on {on} ({declaration}); line {line} says {declared}."),
        remedy=_("Check which code is right. Correct this line, or amend the earlier declaration of your own accord."),
        basis=AMENDING,
    ),
    Code.TQ_CLS_073: Sentence(
        text=_("Line {line} names document {number}, which is no ruling for this declarant on this day."),
        remedy=_("Check the number and its days, or leave it out."),
        basis=RULING,
    ),
}
