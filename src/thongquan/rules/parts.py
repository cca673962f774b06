"""The parts a declaration is made of: amounts, parties, papers, means of transport.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025, Annex II; names of the WCO Data Model.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec


class Frozen(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every value in a document: immutable, compared by value, defaults left out when written."""


class Money(Frozen, frozen=True, kw_only=True):
    """An amount in a currency (ISO 4217 alphabetic code)."""

    amount: Decimal
    currency: str


class Address(Frozen, frozen=True, kw_only=True):
    """A postal address."""

    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    kind: str | None = None


class Contact(Frozen, frozen=True, kw_only=True):
    """How to reach a party: kind is `TE` (telephone), `EM` (e-mail) or `FX` (fax)."""

    kind: str
    value: str


class Party(Frozen, frozen=True, kw_only=True):
    """A person or enterprise named in the declaration; `tax_code` is the identifier its authority gave it."""

    name: str | None = None
    tax_code: str | None = None
    role: str | None = None
    address: Address | None = None
    contacts: tuple[Contact, ...] = ()


class Adjustment(Frozen, frozen=True, kw_only=True):
    """An addition to (`AD`, `IP`) or deduction from (`SB`, `DP`) the invoice value when the customs value is built."""

    code: str
    amount: Decimal | None = None
    currency: str | None = None


class Reference(Frozen, frozen=True, kw_only=True):
    """A paper or licence that the declaration relies on: permit, contract, previous declaration, transport paper.

    `category` and `kind` are the code-list values of the paper; `line` is the line of that paper.
    """

    kind: str | None = None
    category: str | None = None
    number: str | None = None
    issued_on: date | None = None
    line: int | None = None
    issuer: str | None = None
    name: str | None = None
    exemption: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    amount: Money | None = None


class Pointer(Frozen, frozen=True, kw_only=True):
    """A place in a WCO message: `section` is the class (42A declaration), `sequence` which one, `tag` the element."""

    section: str | None = None
    sequence: int | None = None
    tag: str | None = None


class Statement(Frozen, frozen=True, kw_only=True):
    """A coded statement with optional words (special mentions, notes, customs instructions)."""

    code: str | None = None
    text: str | None = None
    kind: str | None = None
    pointers: tuple[Pointer, ...] = ()


class Vehicle(Frozen, frozen=True, kw_only=True):
    """A means of transport: for a truck `identifier` is its plate."""

    identifier: str | None = None
    identifier_kind: str | None = None
    mode: str | None = None
    nationality: str | None = None


class Container(Frozen, frozen=True, kw_only=True):
    """A container (ISO 6346) with its seals."""

    identifier: str | None = None
    sequence: int | None = None
    seals: tuple[str, ...] = ()


class Packaging(Frozen, frozen=True, kw_only=True):
    """Packages of one kind: `kind` is a UN/ECE Recommendation 21 code."""

    kind: str | None = None
    quantity: Decimal | None = None
    marks: str | None = None
    sequence: int | None = None
