"""What an international message may say beyond the national fields, typed, and what no field holds, kept as it was.

Legal basis: WCO Data Model 3.6 (declaration, amendment, cancellation); no duty or channel is decided from these.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from thongquan.rules.parts import (
    Address,
    Adjustment,
    Container,
    Frozen,
    Money,
    Party,
    Pointer,
    Reference,
    Statement,
    Vehicle,
)


class Foreign(Frozen, frozen=True):
    """An element that no field holds, with all that stands in it.

    `namespace` is None for the one of its parent; `tail` is text that follows it inside its parent.
    """

    name: str
    namespace: str | None = None
    text: str | None = None
    tail: str | None = None
    attributes: dict[str, str] = {}
    children: tuple[Foreign, ...] = ()


class Placed(Frozen, frozen=True):
    """A foreign element and its place, counted from 0, among the elements of its parent."""

    position: int
    element: Foreign


class Extension(Frozen, frozen=True):
    """What a message said at one element that its fields do not hold, so that it is written back the same.

    `path` names the element (`Declaration[6]/GoodsShipment[12]`: name and place, from 1, among all elements of the
    parent; empty for the root). `name` is its name where misspelled, `text` its exact words where they differ from the
    value, `order` the places of its known children where they do not stand in the order of the schema, `absent` known
    children that the message leaves out.
    """

    path: str
    name: str | None = None
    text: str | None = None
    tail: str | None = None
    attributes: dict[str, str] = {}
    elements: tuple[Placed, ...] = ()
    order: tuple[int, ...] = ()
    absent: tuple[str, ...] = ()


class Timestamp(Frozen, frozen=True):
    """A moment as an office stamped it: `at` in UTC, `offset_hours` of the clock it was read from.

    Without an offset `at` has no zone: the message did not say.
    """

    at: datetime
    offset_hours: int | None = None


class Submission(Frozen, frozen=True):
    """The envelope of a gateway around a message; `received_at` as the gateway wrote it."""

    regime: str | None = None
    received_at: str | None = None
    client: str | None = None
    conversation: str | None = None
    originator: str | None = None
    authenticated: str | None = None


class Message(Frozen, frozen=True):
    """The envelope of a WCO message; `wrapped` is False when the declaration came without one."""

    model_version: str | None = None
    type_name: str | None = None
    country: str | None = None
    agency: str | None = None
    customization: str | None = None
    customization_version: str | None = None
    wrapped: bool = True
    submission: Submission | None = None


class Authorization(Frozen, frozen=True):
    """An authorization the declaration relies on: its holder and its category."""

    holder: str | None = None
    category: str | None = None


class Amendment(Frozen, frozen=True):
    """A change asked for: its coded reason and where it stands."""

    reason: str | None = None
    pointers: tuple[Pointer, ...] = ()


class RouteLeg(Frozen, frozen=True):
    """A country on the way."""

    sequence: int | None = None
    country: str | None = None


class GoodsLocation(Frozen, frozen=True):
    """Where the goods can be seen: `kind` is the kind of place."""

    name: str | None = None
    identifier: str | None = None
    kind: str | None = None
    address: Address | None = None


class Warehouse(Frozen, frozen=True):
    """The warehouse the goods enter or leave."""

    identifier: str | None = None
    kind: str | None = None


class Guarantee(Frozen, frozen=True):
    """A guarantee of the obligation: `security` is its coded kind."""

    amount: Money | None = None
    identifier: str | None = None
    reference: str | None = None
    security: str | None = None
    access_code: str | None = None
    office: str | None = None


class Classification(Frozen, frozen=True):
    """A further commodity code: `kind` names its nomenclature (TRC additional, GN national, ...)."""

    code: str | None = None
    kind: str | None = None


class DutyClaim(Frozen, frozen=True):
    """A duty, tax or fee as the declarant states it: base, regime claimed, quota, payment."""

    kind: str | None = None
    regime: str | None = None
    rate: str | None = None
    base: Money | None = None
    deduction: Money | None = None
    base_quantity: Decimal | None = None
    base_unit: str | None = None
    quota: str | None = None
    payment_method: str | None = None
    assessed: Money | None = None
    payable: Money | None = None


class Procedure(Frozen, frozen=True):
    """A customs procedure: the one asked for and the one before it."""

    current: str | None = None
    previous: str | None = None


class Origin(Frozen, frozen=True):
    """A further origin: `kind` non-preferential (1) or preferential (2)."""

    country: str | None = None
    region: str | None = None
    kind: str | None = None


class LineSupplement(Frozen, frozen=True):
    """What an international message says of one line beyond the national fields.

    `value_currency` is set where it is not the currency of the invoice ('' where the message names none).
    """

    customs_value: Money | None = None
    statistical_value: Money | None = None
    value_currency: str | None = None
    transaction_nature: str | None = None
    statements: tuple[Statement, ...] = ()
    classifications: tuple[Classification, ...] = ()
    dangerous_goods: tuple[str, ...] = ()
    duty_claims: tuple[DutyClaim, ...] = ()
    containers: tuple[Container, ...] = ()
    buyer: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    seller: Party | None = None
    valuation_method: str | None = None
    valuation_indicator: str | None = None
    adjustments: tuple[Adjustment, ...] = ()
    destination_country: str | None = None
    export_country: str | None = None
    domestic_tax_parties: tuple[Party, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    origin_region: str | None = None
    origin_kind: str | None = None
    origins: tuple[Origin, ...] = ()
    previous_documents: tuple[Reference, ...] = ()
    ucr: str | None = None
    ucr_number: str | None = None


class Supplement(Frozen, frozen=True):
    """What an international message says of the whole beyond the national fields.

    `type_code` and `function_code` are None for an original, standard declaration of the document's flow and '' where
    the message leaves them out. `declaration_id` names the declaration that an amendment or a cancellation is about.
    """

    message: Message | None = None
    type_code: str | None = None
    function_code: str | None = None
    declaration_id: str | None = None
    accepted_at: Timestamp | None = None
    issued_at: Timestamp | None = None
    line_count: int | None = None
    submitter: Party | None = None
    declarant: Party | None = None
    importer: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    buyer: Party | None = None
    seller: Party | None = None
    payer: Party | None = None
    surety: Party | None = None
    carrier: Party | None = None
    amendments: tuple[Amendment, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    freight_payment: str | None = None
    itinerary: tuple[RouteLeg, ...] = ()
    exit_office: str | None = None
    entry_office: str | None = None
    presentation_office: str | None = None
    supervising_office: str | None = None
    transaction_nature: str | None = None
    containerized: str | None = None
    arrival_means: Vehicle | None = None
    departure_means: Vehicle | None = None
    location: GoodsLocation | None = None
    domestic_tax_parties: tuple[Party, ...] = ()
    previous_documents: tuple[Reference, ...] = ()
    ucr: str | None = None
    ucr_number: str | None = None
    warehouse: Warehouse | None = None
    guarantees: tuple[Guarantee, ...] = ()
