"""The law of origin of one day as values: agreement, form and boxes, criteria, terms, issuers, product rules.

Every value carries its day and source; `verified` False is told wherever the value decides something.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.parts import Frozen

Proof = Literal["certificate", "self", "both"]


class AgreementLaw(Frozen, frozen=True, kw_only=True):
    """A trade agreement: its tariff schedule, its members (ISO 3166), how origin is proved."""

    code: str
    schedule: str
    proof: Proof
    members: tuple[str, ...]
    valid_from: date
    source: str
    verified: bool = True


class Box(Frozen, frozen=True, kw_only=True):
    """A box of a form: the field of the certificate it holds ('' when only `boxes` holds it), and whether it must."""

    box: str
    field: str
    required: bool
    source: str
    verified: bool = True


class Term(Frozen, frozen=True, kw_only=True):
    """A number of an agreement (`validity_months`); those under no agreement hold for all that say nothing else."""

    name: str
    value: Decimal
    unit: str
    source: str
    verified: bool = True


class Issuer(Frozen, frozen=True, kw_only=True):
    """Who may issue or state proofs under an agreement; an empty country stands for every member."""

    country: str
    code: str
    valid_from: date
    valid_until: date | None = None
    source: str
    verified: bool = True


class ProductRule(Frozen, frozen=True, kw_only=True):
    """What goods of these codes must meet: alternatives `|`, all of some `&` (`CTH|RVC40`). No code: general."""

    hs: str
    rule: str
    source: str
    verified: bool = True


class OriginLaw(Frozen, frozen=True, kw_only=True):
    """All that the checks of one certificate may read on one day.

    `criteria` are the criteria the agreement knows, `minor` the differences to be accepted (Circular 33/2023 Art.
    15.8), `factors` units that a table converts: (from, to) to the factor.
    """

    on: date
    agreement: AgreementLaw | None = None
    forms: frozenset[str] = frozenset()
    boxes: tuple[Box, ...] = ()
    criteria: frozenset[str] = frozenset()
    terms: dict[str, Term] = {}
    issuers: tuple[Issuer, ...] = ()
    rules: tuple[ProductRule, ...] = ()
    minor: frozenset[str] = frozenset()
    factors: dict[str, Decimal] = {}

    def number(self, name: str) -> int | None:
        """A term as a whole number; None where the law at hand does not give it."""
        term = self.terms.get(name)
        return int(term.value) if term is not None else None

    def rule_for(self, hs: str) -> ProductRule | None:
        """The most special rule for a code: the longest prefix that has one."""
        fitting = [one for one in self.rules if hs.startswith(one.hs)]
        return max(fitting, key=lambda one: len(one.hs), default=None)

    def converted(self, quantity: Decimal, unit: str, to: str) -> Decimal | None:
        """A quantity in another unit; None where no table converts the one to the other."""
        if unit == to:
            return quantity
        factor = self.factors.get(f"{unit}>{to}")
        return quantity * factor if factor is not None else None
