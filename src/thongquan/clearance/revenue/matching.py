"""Which declaration a bank booking pays: by the number and the tax code in its text, then by the amount. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from thongquan.clearance.revenue.chart import subject_of_number

_NUMBER = re.compile(r"(?<!\d)([135]\d{11})(?!\d)")
_BATCH = re.compile(r"(?<![\w-])(P-\d{6,9})(?!\d)", re.IGNORECASE)
_TAX_CODE = re.compile(r"(?<!\d)(\d{10})(?:-?(\d{3}))?(?!\d)")


class Outcome(StrEnum):
    """How matching a booking ended; the ones before ASSIGNED wait for somebody while money is left."""

    MATCHED = "matched"  # paid exactly what was open
    UNDER = "under"  # paid less than is open
    OVER = "over"  # paid more than was open
    NO_NUMBER = "no_number"  # the text names no declaration
    SEVERAL = "several"  # the text names several declarations
    UNKNOWN = "unknown"  # no such declaration in the books of the office
    OTHER_TRADER = "other_trader"  # the text names the tax code of somebody else
    NOT_OWED = "not_owed"  # the declaration owes nothing
    REVERSAL = "reversal"  # the bank takes back an earlier booking
    OUTGOING = "outgoing"  # money that went out
    ASSIGNED = "assigned"  # assigned by an officer
    RETURNED = "returned"  # sent back to the payer


WAITING = (
    Outcome.OVER,
    Outcome.NO_NUMBER,
    Outcome.SEVERAL,
    Outcome.UNKNOWN,
    Outcome.OTHER_TRADER,
    Outcome.NOT_OWED,
    Outcome.ASSIGNED,
)


@dataclass(frozen=True)
class Reference:
    """What the text of a booking names: subjects of declarations and tax codes."""

    subjects: tuple[str, ...]
    tax_codes: frozenset[str]


def reference_of(*texts: str) -> Reference:
    """Find numbers of declarations (any of the ten), residents' forms, batches of parcels; tax codes of 10 or 13."""
    whole = " ".join(texts)
    named = [*_NUMBER.finditer(whole), *_BATCH.finditer(whole)]
    subjects = dict.fromkeys(subject_of_number(found[1]) for found in named)
    whole = _BATCH.sub(" ", whole)
    codes = {"-".join(filter(None, found.groups())) for found in _TAX_CODE.finditer(whole)}
    return Reference(tuple(subjects), frozenset(codes))


def names_somebody_else(reference: Reference, tax_code: str) -> bool:
    """Whether tax codes are named and none is the trader's; branches pay for one another."""
    return bool(reference.tax_codes) and not any(code[:10] == tax_code[:10] for code in reference.tax_codes)


def outcome_of(paid_vnd: Decimal, payable_vnd: Decimal) -> Outcome:
    """How an amount compares with what would clear the declaration."""
    if not payable_vnd:
        return Outcome.NOT_OWED
    if paid_vnd == payable_vnd:
        return Outcome.MATCHED
    return Outcome.UNDER if paid_vnd < payable_vnd else Outcome.OVER
