"""The declaration as a typed document: what every door parses into and every rule reads.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025, Annex II (declaration fields);
field lengths from the public VNACCS terminal guides (IDA, EDA). Names follow the WCO Data Model where it has one.

Amounts are exact decimals in the currency named beside them; weights are kilograms; dates are local calendar dates.
A field left out is `None` (or an empty tuple): a door never invents a value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.parts import (
    Address,
    Adjustment,
    Contact,
    Container,
    Frozen,
    Money,
    Packaging,
    Party,
    Pointer,
    Reference,
    Statement,
    Vehicle,
)
from thongquan.rules.supplement import Extension, LineSupplement, Supplement

__all__ = [
    "Address",
    "Adjustment",
    "Certificate",
    "Contact",
    "Container",
    "Document",
    "Extension",
    "Frozen",
    "Invoice",
    "Line",
    "LineSupplement",
    "Money",
    "Packaging",
    "Party",
    "Pointer",
    "RateChoice",
    "Reference",
    "Statement",
    "Supplement",
    "Vehicle",
]


class Invoice(Frozen, frozen=True):
    """The invoice: `kind` A commercial, B other paper, D electronic; `price_kind` A paid, B free, C mixed, D other."""

    number: str | None = None
    issued_on: date | None = None
    kind: str | None = None
    price_kind: str | None = None
    incoterm: str | None = None
    incoterm_place: str | None = None
    currency: str | None = None
    amount: Decimal | None = None
    payment_method: str | None = None


class Certificate(Frozen, frozen=True):
    """Reference to a certificate of origin or to an exporter's self-certification."""

    number: str
    issued_on: date | None = None
    form: str | None = None
    line: int | None = None


class RateChoice(Frozen, frozen=True):
    """Where the law allows several rates: the one the declarant claims (as written in the tariff, e.g. `8`) and why."""

    tax: str
    rate: str
    reason: str | None = None


class Line(Frozen, frozen=True):
    """One line of goods. `hs` is the national code (8 digits); `value` is the invoice value in the invoice currency.

    `proof_later` is the preferential schedule whose proof of origin is to come: beside MFN it will be claimed then, and
    where it is the line's own schedule the difference of duty is guaranteed until then.
    """

    number: int
    hs: str | None = None
    description: str | None = None
    origin: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    quantity2: Decimal | None = None
    unit2: str | None = None
    net_weight_kg: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    unit_price: Decimal | None = None
    value: Decimal | None = None
    schedule: str | None = None
    in_quota: bool | None = None
    certificate: Certificate | None = None
    proof_later: str | None = None
    choices: tuple[RateChoice, ...] = ()
    exemption: str | None = None
    exemption_line: str | None = None
    permits: tuple[Reference, ...] = ()
    packages: tuple[Packaging, ...] = ()
    supplement: LineSupplement | None = None


class Document(Frozen, frozen=True):
    """A declaration as lodged: header and lines. `trader` imports or exports, `counterpart` is the foreign side."""

    flow: Literal["import", "export"]
    regime: str | None = None
    office: str | None = None
    gate: str | None = None
    own_reference: str | None = None
    trader: Party | None = None
    agent: Party | None = None
    counterpart: Party | None = None
    cargo_class: str | None = None
    party_relation: str | None = None
    transport_mode: str | None = None
    vehicle: Vehicle | None = None
    bills_of_lading: tuple[str, ...] = ()
    containers: tuple[Container, ...] = ()
    loading_place: str | None = None
    unloading_place: str | None = None
    export_country: str | None = None
    destination_country: str | None = None
    arrival_on: date | None = None
    departure_on: date | None = None
    packages: int | None = None
    package_unit: str | None = None
    gross_weight_kg: Decimal | None = None
    invoice: Invoice | None = None
    freight: Money | None = None
    insurance: Money | None = None
    adjustments: tuple[Adjustment, ...] = ()
    valuation_method: str | None = None
    temporary_until: date | None = None
    temporary_reference: str | None = None
    tax_term: str | None = None
    guarantee_reference: str | None = None
    permits: tuple[Reference, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: str | None = None
    lines: tuple[Line, ...] = ()
    supplement: Supplement | None = None
    extensions: tuple[Extension, ...] = ()
