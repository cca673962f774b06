"""What a decision says: validity with faults, duties per line, channel with every reason.

Facts, not sentences: sentences are made at the interface, in the reader's language, from `code` and `values`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from thongquan.rules.document import Frozen
from thongquan.rules.law import Tax, Treatment
from thongquan.rules.origin.presented import Take
from thongquan.rules.origin.result import LineOutcome

Audience = Literal["declarant", "officer", "analyst", "internal_control"]


class Fault(Frozen, frozen=True, kw_only=True):
    """One thing wrong: rule code, where, and the value given.

    `path` is like `lines[2].quantity`, counted from 0; `line` is the number of the line, or None.
    `values` fill the sentence; `severity` error refuses, warning only tells.
    """

    code: str
    path: str = ""
    line: int | None = None
    value: str = ""
    values: dict[str, str] = {}
    severity: Literal["error", "warning"] = "error"


class TaxAmount(Frozen, frozen=True, kw_only=True, gc=False):
    """One tax of one line: base × rate = amount, in dong, with the cell it came from.

    The amount is paid only when `treatment` is `due`; `secured` is guaranteed, `exempt` shows the relief.
    `specific` is dong per unit of the specific rate. `verified` False: a source is missing or unverified.
    """

    tax: Tax
    treatment: Treatment
    base_vnd: Decimal
    amount_vnd: Decimal
    rate: Decimal | None = None
    specific: Decimal | None = None
    schedule: str = ""
    option: str = ""
    valid_from: str = ""
    source: str = ""
    verified: bool = True


class LineDuties(Frozen, frozen=True, kw_only=True):
    """Duties of one line. `value_vnd` is the customs value; `due_vnd` what is to be paid (treatment `due`).

    `difference_vnd` is the part of `secured_vnd` that would be due without a preference whose proof is to come.
    """

    number: int
    value_vnd: Decimal
    taxes: tuple[TaxAmount, ...] = ()
    due_vnd: Decimal = Decimal(0)
    secured_vnd: Decimal = Decimal(0)
    difference_vnd: Decimal = Decimal(0)


class Reason(Frozen, frozen=True, kw_only=True):
    """Why this channel: rule code, the channel it asks for, the law, its facts, and who may see it."""

    code: str
    channel: int
    source: str
    audience: Audience = "officer"
    line: int | None = None
    values: dict[str, str] = {}


class Decision(Frozen, frozen=True, kw_only=True):
    """Output of `rules.clearance.decide`: refused when any fault is an error; then there is no channel.

    `totals_vnd` sums what is due by tax; `due_vnd` is all that is to be paid, taxes and fee; `secured_vnd` what is
    guaranteed. `origin` holds the outcome of each line that claims preference under a registered certificate, `takes`
    what lines take of the balance of certificates.
    """

    accepted: bool
    faults: tuple[Fault, ...] = ()
    lines: tuple[LineDuties, ...] = ()
    fee_vnd: Decimal = Decimal(0)
    totals_vnd: dict[str, Decimal] = {}
    due_vnd: Decimal = Decimal(0)
    secured_vnd: Decimal = Decimal(0)
    channel: int | None = None
    reasons: tuple[Reason, ...] = ()
    law_version: str = ""
    rules_release: str = ""
    origin: tuple[LineOutcome, ...] = ()
    takes: tuple[Take, ...] = ()
