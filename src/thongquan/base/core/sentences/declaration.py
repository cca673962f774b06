"""Sentences: form and presence."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_DEC_001: Sentence(
        text=_("“{field}” is missing."),
        remedy=_("Fill in this field and lodge again."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_002: Sentence(
        text=_("“{field}” has {length} characters; it takes at most {limit}."),
        remedy=_("Shorten the text."),
        basis=basis.GUIDE,
    ),
    Code.TQ_DEC_003: Sentence(
        text=_("“{field}” holds characters that cannot be printed."),
        remedy=_("Type the text again without control characters."),
        basis=basis.GUIDE,
    ),
    Code.TQ_DEC_004: Sentence(
        text=_("“{value}” is not in the list “{list}” on the day of registration."),
        remedy=_("Choose a code of the list that is valid on the day."),
        basis=basis.LISTS,
    ),
    Code.TQ_DEC_005: Sentence(
        text=_("The declaration has {count} lines; at most {limit} are allowed."),
        remedy=_("Ask the system to split the goods over {parts} linked declarations, or lodge them apart."),
        example="50",
        basis=basis.C18_2,
    ),
    Code.TQ_DEC_006: Sentence(
        text=_("The lines are numbered {value}; they must run from 1 to {count} without gap or repetition."),
        remedy=_("Number the lines again."),
        example="1, 2, 3",
        basis=basis.C18,
    ),
    Code.TQ_DEC_007: Sentence(
        text=_("The declaration has no line of goods."),
        remedy=_("Add at least one line."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_008: Sentence(
        text=_("“{field}” keeps {decimals} decimals; {value} has more."),
        remedy=_("Round the figure and write the exact one in the description."),
        example="12.25",
        basis=basis.C18_5,
    ),
    Code.TQ_DEC_009: Sentence(
        text=_("“{field}” is {value}; it must be above zero."),
        remedy=_("Give the real figure; free goods have a customs value too."),
        example="1",
        basis=basis.C18,
    ),
    Code.TQ_DEC_010: Sentence(
        text=_("“{value}” is not a tax code: 10 digits, or 13 with the branch."),
        remedy=_("Write the tax code as on the registration certificate."),
        example="0100100100",
        basis=basis.TAXLAW,
    ),
    Code.TQ_DEC_011: Sentence(
        text=_("“{value}” has {length} characters; a national code has 8 digits."),
        remedy=_("Search the nomenclature and choose the full 8-digit code."),
        example="85437090",
        basis=basis.HS,
    ),
    Code.TQ_DEC_012: Sentence(
        text=_("Code {value} is not in the nomenclature on {on}."),
        remedy=_("Choose a code that is in force on the day of registration."),
        example="85437090",
        basis=basis.HS,
    ),
    Code.TQ_DEC_013: Sentence(
        text=_("“{value}” is too short to tell what the goods are: at least {limit} characters."),
        remedy=_("Name the goods, material, use, model and size."),
        example="Men's knitted cotton T-shirts, new",
        basis=basis.C18,
    ),
    Code.TQ_DEC_014: Sentence(
        text=_("“{term}” does not tell what the goods are."),
        remedy=_("Name the goods so that they can be classified: material, use, model, size."),
        example="LED ceiling lamp, 24 W, aluminium housing",
        basis=basis.C18,
    ),
    Code.TQ_DEC_015: Sentence(
        text=_("The unit is {value}; the nomenclature counts these goods in {unit}."),
        remedy=_("Give the quantity in {unit}, as first or second quantity."),
        example="KGM",
        basis=basis.HS,
    ),
    Code.TQ_DEC_016: Sentence(
        text=_("These goods also need their quantity in {unit}."),
        remedy=_("Fill in the second quantity and its unit."),
        example="PCE",
        basis=basis.HS,
    ),
    Code.TQ_DEC_017: Sentence(
        text=_("The gross weight {value} kg is below the net weight {net} kg."),
        remedy=_("Correct one of the two weights."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_018: Sentence(
        text=_("The lines weigh {net} kg net, more than the gross weight of {gross} kg."),
        remedy=_("Check the weights against the packing list."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_019: Sentence(
        text=_("The lines count {total} packages, the declaration {packages}."),
        remedy=_("Make the two figures agree."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_020: Sentence(
        text=_("The goods arrived on {value}; the deadline of {days} days was over on {on}."),
        remedy=_("The declaration is taken; late lodging may be penalized."),
        basis=basis.DEADLINE,
    ),
    Code.TQ_DEC_021: Sentence(
        text=_("The goods arrive on {value}, more than {days} days after registration."),
        remedy=_("Lodge nearer to the arrival: the declaration lapses when the goods do not arrive in time."),
        basis=basis.LAPSE,
    ),
    Code.TQ_DEC_022: Sentence(
        text=_("The same invoice and goods are already declared in {number}."),
        remedy=_("Open that declaration; amend or cancel it instead of lodging again."),
        basis=basis.C18_1,
    ),
    Code.TQ_DEC_023: Sentence(
        text=_("The goods leave on {value}, the day of lodging; an export is lodged at least 4 hours before exit."),
        remedy=_("Make sure that the truck leaves four hours after lodging at the earliest."),
        basis=basis.DEADLINE,
    ),
    Code.TQ_DEC_024: Sentence(
        text=_("The departure {value} lies before the day of lodging {on}."),
        remedy=_("Correct the date of departure."),
        basis=basis.DEADLINE,
    ),
    Code.TQ_DEC_025: Sentence(
        text=_("“{field}” is dated {value}, after {on}, the day on which it is declared."),
        remedy=_("Write the date that stands on the paper."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_026: Sentence(
        text=_("“{field}” has {count} entries; the form holds {limit}."),
        remedy=_("Keep the most important entries and attach the others as a list."),
        basis=basis.GUIDE,
    ),
    Code.TQ_DEC_027: Sentence(
        text=_("“{value}” stands twice in “{field}”."),
        remedy=_("Delete one of the two."),
        basis=basis.C18,
    ),
    Code.TQ_DEC_028: Sentence(
        text=_("Line “{value}” of an exemption list is given without its exemption code."),
        remedy=_("Add the exemption code or delete the line of the list."),
        basis=basis.R1094,
    ),
    Code.TQ_DEC_029: Sentence(
        text=_("Line {value} of the other paper is outside 1 to 50."),
        remedy=_("Give the number of the line on that paper."),
        example="12",
        basis=basis.S1108,
    ),
    Code.TQ_DEC_030: Sentence(
        text=_("The check digit of container {value} is wrong."),
        remedy=_("Compare the number with the box or the bill of lading."),
        example="CSQU3054383",
        basis=basis.ISO6346,
    ),
}
