"""Sentences: money."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_REV_001: Sentence(
        text=_("Guarantee {value} is not known for this trader."),
        remedy=_("Check its number, or have it registered and accepted first."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_002: Sentence(
        text=_("Guarantee {value} is not in force on {on}."),
        remedy=_("Use a guarantee that is accepted and within its period."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_003: Sentence(
        text=_("Guarantee {value} has {available} dong left; {needed} dong are needed."),
        remedy=_("Pay, or use another guarantee."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_004: Sentence(
        text=_("The time for a guarantee ended on {until}: at most {days} days from registration."),
        remedy=_("Pay the duties."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_005: Sentence(
        text=_("Nothing is open that could be guaranteed."),
        remedy=_("See the money page of the declaration."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_006: Sentence(
        text=_("Guarantee {value} is a single guarantee for another declaration."),
        remedy=_("Use the guarantee of this declaration, or a general one."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_007: Sentence(
        text=_("{value} has {days} days of trading activity; a general guarantee needs {limit}."),
        remedy=_("Pay, or use a single guarantee."),
        basis=basis.C38_43,
    ),
    Code.TQ_REV_008: Sentence(
        text=_("{value} was found smuggling or evading tax in the period looked at ({count})."),
        remedy=_("A general guarantee is not open; pay, or use a single guarantee."),
        basis=basis.C38_43,
    ),
    Code.TQ_REV_009: Sentence(
        text=_("{value} has {count} other violations; a general guarantee allows {limit}."),
        remedy=_("A general guarantee is not open; pay, or use a single guarantee."),
        basis=basis.C38_43,
    ),
    Code.TQ_REV_010: Sentence(
        text=_("{value} has overdue debt of {amount} dong."),
        remedy=_("Pay what is overdue first."),
        basis=basis.C38_43,
    ),
    Code.TQ_REV_011: Sentence(
        text=_("Row {row}: the booking is in {value}; only dong can be credited."),
        remedy=_("Upload the statement of an account in dong."),
        example="VND",
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_012: Sentence(
        text=_("The bank file has no column “{field}”."),
        remedy=_("Add the column; the page shows the heading line."),
        example="booked_on;amount;currency;text",
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_013: Sentence(
        text=_("This booking of the bank has {left} dong left; {value} dong were asked for."),
        remedy=_("Assign no more than is left."),
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_014: Sentence(
        text=_("{number} owes {open} dong; {value} dong cannot be credited to it."),
        remedy=_("Assign what it owes, and assign or return the rest."),
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_015: Sentence(
        text=_("No declaration {value} of this office is in the books."),
        remedy=_("Check the number and the office."),
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_016: Sentence(
        text=_("“{value}” is not a whole number of dong above zero."),
        remedy=_("Write the amount in dong."),
        example="1500000",
        basis=basis.PAYMENT,
    ),
    Code.TQ_REV_017: Sentence(
        text=_("Guarantee {value} still stands for declarations."),
        remedy=_("Close it when they are paid."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_018: Sentence(
        text=_("A guarantee with number {value} is registered already."),
        remedy=_("Check the number."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_019: Sentence(
        text=_("The guarantee cannot end on {value}."),
        remedy=_("Its end must lie after its beginning and not in the past."),
        basis=basis.LAW107_9,
    ),
    Code.TQ_REV_020: Sentence(
        text=_("This is not a bank statement that can be read."),
        remedy=_("Upload a camt.053 message (XML), or CSV with its heading line."),
        basis=basis.CAMT,
    ),
}
