"""The law of a day as values: what a declaration's rules may read, with its dates and its sources.

A `Cell` is one box of a tariff table: one tax for one code (and one schedule), from a day on, with every rate the law
allows there. A snapshot of all law lives in `clearance.tariff`; facts carry only the slice one declaration needs.
Rates are fractions of one (`0.08`), specific amounts are per unit in the named currency.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.document import Frozen

Tax = Literal["import_duty", "export_duty", "anti_dumping", "countervailing", "safeguard", "sct", "ept", "vat"]
Treatment = Literal["due", "exempt", "not_subject", "secured"]


class Option(Frozen, frozen=True, kw_only=True):
    """One rate the law allows in a cell.

    `key` is how the declarant names it (the published figure, `8`, `10`, `0 (-KH)` becomes `0`); exactly one of
    `rate` (ad valorem), `amount` (specific, per `unit` in `currency`) or both (mixed: the sum) is set, or neither with
    `not_subject`. `condition` tells when it applies: '' always, `in_quota`, `out_of_quota`, `members`,
    `part`, `choice`.
    """

    key: str
    rate: Decimal | None = None
    amount: Decimal | None = None
    unit: str | None = None
    currency: str | None = None
    not_subject: bool = False
    condition: str = ""
    countries: tuple[str, ...] = ()


class Cell(Frozen, frozen=True, kw_only=True):
    """One tax of one code under one schedule from `valid_from`: its options, excluded origins and source.

    `options` empty and `unknown` False means 'no rate' (preference not granted). `unknown` True means that the source
    says a tax applies but not how much: the cell is shown and counted, and a rule refuses to guess.
    """

    tax: Tax
    schedule: str = ""
    options: tuple[Option, ...] = ()
    excluded: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    valid_from: date
    source: str
    verified: bool = True
    unknown: bool = False
    raw: str = ""


class Condition(Frozen, frozen=True, kw_only=True):
    """A condition of control or release attached to goods: licence, quarantine, prohibition, gate limit, control."""

    kind: Literal["licence", "quarantine", "prohibited", "gate", "specialized_inspection", "control"]
    code: str
    valid_from: date
    source: str
    verified: bool = True
    channel: int = 0
    gates: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class LineLaw(Frozen, frozen=True, kw_only=True):
    """What the law of the day says of one line's code: whether it exists, its unit, its cells and conditions."""

    hs: str
    exists: bool
    unit: str | None = None
    additional_unit: str | None = None
    cells: tuple[Cell, ...] = ()
    conditions: tuple[Condition, ...] = ()


class Parameter(Frozen, frozen=True, kw_only=True):
    """A dated number or word of the law."""

    value: str
    unit: str = ""
    valid_from: date
    source: str
    verified: bool = True


class ExchangeRate(Frozen, frozen=True, kw_only=True):
    """Dong per one unit of a currency for declarations registered in the week from `valid_from`."""

    currency: str
    vnd: Decimal
    valid_from: date
    source: str
    verified: bool = True


class RegimeTax(Frozen, frozen=True, kw_only=True):
    """How a regime treats a tax, with its article."""

    tax: Tax
    treatment: Treatment
    source: str
    valid_from: date
    verified: bool = True


class RegimeLaw(Frozen, frozen=True, kw_only=True):
    """A regime code on the day: its flow, whether it is temporary or a re-export, its treatment of each tax."""

    code: str
    exists: bool
    flow: Literal["import", "export"] | None = None
    needs_temporary_date: bool = False
    needs_reference: bool = False
    taxes: tuple[RegimeTax, ...] = ()


class Waiver(Frozen, frozen=True, kw_only=True):
    """The FOB value of a consignment in US dollars up to which an agreement asks for no proof of origin."""

    limit_usd: Decimal
    valid_from: date
    source: str
    verified: bool = True


class ScheduleLaw(Frozen, frozen=True, kw_only=True):
    """A tariff schedule (`B05` ACFTA): which origins may claim it and whether it needs proof of origin.

    `waiver` is the value up to which a consignment needs no proof, there only when some line names none.
    """

    code: str
    preferential: bool
    members: tuple[str, ...] = ()
    source: str
    valid_from: date
    verified: bool = True
    waiver: Waiver | None = None


class LawOfDay(Frozen, frozen=True, kw_only=True):
    """The slice of law one declaration needs, on one day.

    `known_codes` holds `list/code` for each coded value of the document that is valid on the day, and for an incomplete
    declaration `incomplete_field/path` for each field that it leaves out. `parameters` are by name. `lines` stand in
    the order of the document's lines. `vague_terms` holds the listed vague terms that a description of the document
    comes down to (`rules.text.vague_key`), and no others.
    """

    version: str
    on: date
    regime: RegimeLaw
    parameters: dict[str, Parameter] = {}
    rates: dict[str, ExchangeRate] = {}
    schedules: dict[str, ScheduleLaw] = {}
    known_codes: frozenset[str] = frozenset()
    vague_terms: frozenset[str] = frozenset()
    lines: tuple[LineLaw, ...] = ()
