"""Fines of customs violations, act by act.

Legal basis: Decree 169/2026/NĐ-CP, in force from 2026-07-01: Art. 10 (a share of the duty declared short: 10 % when the
declarant corrected it late, 20 % when customs found it). What the text at hand does not give is stated by those who
decide, with its ground; nothing is made up here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Frozen
from thongquan.rules.duties import duty_amount
from thongquan.rules.money import ZERO

FineRule = Literal["share", "stated", "none"]
Kind = Literal["duty", "evasion", "smuggling", "procedure", "policy"]
GRAVE: frozenset[Kind] = frozenset({"evasion", "smuggling"})
"""Kinds that bar from a general guarantee at the first time (Circular 38/2015/TT-BTC Art. 43)."""


class ActLaw(Frozen, frozen=True, kw_only=True):
    """An act as the law of a day knows it.

    `share` is the fraction of the duty declared short (`0.2`), only under the rule `share`; under `stated` the decision
    states the amount and its ground; `none` has no fine. `annex_group` is the group of Annex VI of Circular 81/2019
    that compliance levels read ('' for none), `annex_verified` whether that was held against the text.
    """

    code: str
    kind: Kind
    fine_rule: FineRule
    share: Decimal | None = None
    article: str
    annex_group: str = ""
    annex_verified: bool = False
    valid_from: date
    source: str
    verified: bool = True


class Charge(Frozen, frozen=True, kw_only=True):
    """One act on one finding: the difference of duty in dong (what is owed less what was declared)."""

    act: ActLaw
    difference_vnd: Decimal = ZERO
    stated_vnd: Decimal | None = None


class Fine(Frozen, frozen=True, kw_only=True):
    """The fine for one charge: base × share = amount, in dong, with its article."""

    act: str
    rule: FineRule
    base_vnd: Decimal
    share: Decimal | None
    amount_vnd: Decimal
    article: str
    verified: bool


def charge_faults(charge: Charge, *, path: str = "") -> list[Fault]:
    """What keeps a charge from being fined: a share without short duty (TQ-VIO-005), no stated amount (TQ-VIO-004)."""
    values = {"act": charge.act.code}
    if charge.act.fine_rule == "share" and charge.difference_vnd <= 0:
        return [Fault(code=Code.TQ_VIO_005, path=path, value=str(charge.difference_vnd), values=values)]
    if charge.act.fine_rule == "stated" and (charge.stated_vnd is None or charge.stated_vnd < 0):
        return [Fault(code=Code.TQ_VIO_004, path=path, values=values)]
    return []


def fine_of(charge: Charge, *, mode: str = "half_up") -> Fine:
    """Give the fine of a charge in dong; zero where `charge_faults` has something to say."""
    act, base = charge.act, max(charge.difference_vnd, ZERO)
    amount = ZERO
    if act.fine_rule == "share" and act.share is not None:
        amount = duty_amount(base, act.share, mode=mode)
    elif act.fine_rule == "stated" and charge.stated_vnd is not None:
        amount = max(charge.stated_vnd, ZERO)
    return Fine(
        act=act.code,
        rule=act.fine_rule,
        base_vnd=base,
        share=act.share,
        amount_vnd=amount,
        article=act.article,
        verified=act.verified and act.fine_rule == "share",
    )


def total_of(fines: list[Fine]) -> Decimal:
    """Sum of fines, in dong."""
    return sum((fine.amount_vnd for fine in fines), ZERO)
