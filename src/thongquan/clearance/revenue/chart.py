"""The chart of accounts: what each account says and whose it is.

A posting moves dong from the credited to the debited account. `of` names whose account it is: the subject
(`declaration:...`, `violation:...`), the bank's booking (`bank:<id>`), the guarantee (`guarantee:<number>`), or nobody.
"""

from __future__ import annotations

from enum import StrEnum


class Account(StrEnum):
    """Accounts of the books. A balance is what was debited less what was credited."""

    RECEIVABLE = "receivable"  # of a subject: what it still owes, by tax
    REVENUE = "revenue"  # of a subject: what was assessed, by tax (credited)
    TREASURY = "treasury"  # of nobody: money that came in less money that went out
    UNMATCHED = "unmatched"  # of a bank booking: money nobody has been credited with yet (credited)
    DEPOSIT = "deposit"  # of a subject: money held as security (credited)
    OVERPAID = "overpaid"  # of a subject: money that is nobody's tax any more, to be refunded (credited)
    REFUNDS = "refunds"  # of a subject: refunds decided and not paid out yet (credited)
    RELIEF = "relief"  # of a subject: what was assessed and will not be collected

    SECURITY = "security"  # memo, of a subject: what must be secured and is not owed
    SECURITY_ASKED = "security_asked"  # memo, of a subject: the other side
    GUARANTEE = "guarantee"  # memo, of a guarantee: what it has left
    GUARANTEED = "guaranteed"  # memo, of a subject: what guarantees stand for
    GUARANTOR = "guarantor"  # memo, of a guarantee: what the bank promised (credited)


INTEREST = "interest"
FINE = "fine"
FEE = "fee"


class Kind(StrEnum):
    """What an entry tells of."""

    ASSESSMENT = "assessment"
    FINE = "fine"
    INTEREST = "interest"
    RECEIPT = "receipt"  # the bank booked money
    PAYMENT = "payment"  # money credited to a subject
    RETURN = "return"  # money sent back to the payer
    GUARANTEE = "guarantee"  # a guarantee accepted or closed
    RESERVATION = "reservation"  # a guarantee stands for a subject
    DISCHARGE = "discharge"  # a reservation given back
    REFUND = "refund"
    OFFSET = "offset"  # overpaid money used for another subject
    RELIEF = "relief"


SHORT = "5"
BATCH = "P-"
"""First digit of the numbers of border residents' short declarations; the other eleven are the key of their subject."""


def name_of_subject(subject: str) -> str:
    """How people call a subject: the number of a declaration, of a resident's form, `V-000007`, `P-000012`."""
    kind, _, number = subject.partition(":")
    if kind == "short" and number.isdecimal():
        return f"{SHORT}{int(number):011d}"
    letter = {"violation": "V", "parcels": "P"}.get(kind)
    return f"{letter}-{int(number):06d}" if letter and number.isdecimal() else number


def subject_of_number(number: str) -> str:
    """The subject under which a number stands in the books: a declaration's any of ten, a short form's, a batch's."""
    if number[:2].upper() == BATCH:
        return f"parcels:{int(number[2:])}"
    return f"short:{int(number[1:])}" if number.startswith(SHORT) else f"declaration:{number[:11]}0"
