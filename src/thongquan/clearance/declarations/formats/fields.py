"""The fields that people fill in, once, for the web form and the Excel workbook alike.

Legal basis: Circular 38/2015/TT-BTC as amended by 39/2018 and 121/2025, Annex II (fields of IDA and EDA); decimals of
Art. 18.5. A key is the path of the field in `rules.document`, so that a fault finds its field by its path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

Kind = Literal["text", "code", "date", "amount", "count", "yesno", "many", "long"]
SLOTS = 5
MAX_LINES = 50


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `listed` names its code list, `digits` the length below which a spreadsheet lost leading zeros.

    `flow` is the only flow that has the field; `needed` says that every declaration of its flow carries it.
    """

    key: str
    label: Promise | str
    hint: Promise | str = ""
    kind: Kind = "text"
    listed: str = ""
    length: int = 0
    decimals: int | None = None
    digits: int = 0
    flow: str = ""
    needed: bool = False
    width: Literal["full", "half", "short", "tiny"] = "half"


@dataclass(frozen=True, kw_only=True)
class Section:
    """Fields that stand together under one heading; folded sections are opened when they hold something."""

    key: str
    title: Promise
    fields: tuple[Field, ...]
    folded: bool = False


def _with_number(label: Promise, place: int) -> str:
    return str(label) % {"number": place + 1}


numbered = lazy(_with_number, str)
"""A label with the number of its slot, in the language in which it is shown."""


def _permit_slot(place: int) -> tuple[Field, ...]:
    before = f"permits[{place}]."
    return (
        Field(
            key=before + "kind",
            label=numbered(_("Permit %(number)d: kind"), place),
            kind="code",
            listed="permit_kind",
            width="short",
        ),
        Field(key=before + "number", label=numbered(_("Permit %(number)d: number"), place), length=20, width="short"),
        Field(
            key=before + "issued_on",
            label=numbered(_("Permit %(number)d: issued on"), place),
            kind="date",
            width="short",
        ),
    )


def _adjustment_slot(place: int) -> tuple[Field, ...]:
    before = f"adjustments[{place}]."
    return (
        Field(
            key=before + "code",
            label=numbered(_("Adjustment %(number)d: code"), place),
            kind="code",
            listed="adjustment",
            width="short",
        ),
        Field(
            key=before + "amount",
            label=numbered(_("Adjustment %(number)d: amount"), place),
            kind="amount",
            decimals=4,
            width="short",
        ),
        Field(
            key=before + "currency",
            label=numbered(_("Adjustment %(number)d: currency"), place),
            kind="code",
            listed="currency",
            width="tiny",
        ),
    )


GENERAL = Section(
    key="general",
    title=_("General"),
    fields=(
        Field(
            key="regime",
            label=_("Customs regime"),
            hint=_("Why the goods cross the border, for example A11."),
            kind="code",
            listed="regime",
            needed=True,
        ),
        Field(key="office", label=_("Customs office"), kind="code", listed="office", needed=True),
        Field(key="gate", label=_("Border gate"), kind="code", listed="gate"),
        Field(
            key="own_reference",
            label=_("Your reference"),
            hint=_("Your own number for this declaration, up to 20 characters."),
            length=20,
        ),
        Field(
            key="trader.tax_code",
            label=_("Tax code of the trader"),
            hint=_("10 digits, or 13 with the branch."),
            digits=10,
            length=14,
            needed=True,
            width="short",
        ),
        Field(key="trader.name", label=_("Name of the trader"), length=100, needed=True, width="full"),
        Field(key="agent.tax_code", label=_("Tax code of the customs broker"), digits=10, length=14, width="short"),
        Field(key="agent.name", label=_("Name of the customs broker"), length=100, width="full"),
        Field(
            key="counterpart.name",
            label=_("Foreign partner"),
            hint=_("Exporter abroad for an import, consignee abroad for an export."),
            length=70,
            needed=True,
            width="full",
        ),
        Field(key="counterpart.address.street", label=_("Address of the foreign partner"), width="full"),
        Field(
            key="counterpart.address.country",
            label=_("Country of the foreign partner"),
            kind="code",
            listed="country",
            width="short",
        ),
        Field(
            key="party_relation",
            label=_("Who sends to whom"),
            kind="code",
            listed="party_relation",
            needed=True,
        ),
        Field(key="cargo_class", label=_("Class of goods"), kind="code", listed="cargo_class"),
    ),
)
INVOICE = Section(
    key="invoice",
    title=_("Invoice and value"),
    fields=(
        Field(key="invoice.number", label=_("Invoice number"), length=35, needed=True),
        Field(key="invoice.issued_on", label=_("Invoice date"), kind="date", needed=True, width="short"),
        Field(key="invoice.kind", label=_("Kind of invoice"), kind="code", listed="invoice_kind", needed=True),
        Field(key="invoice.price_kind", label=_("Kind of price"), kind="code", listed="price_kind", needed=True),
        Field(
            key="invoice.incoterm",
            label=_("Delivery term"),
            hint=_("It decides whether freight and insurance are added to the customs value."),
            kind="code",
            listed="incoterm",
            needed=True,
        ),
        Field(key="invoice.incoterm_place", label=_("Place of the delivery term"), length=35),
        Field(
            key="invoice.currency",
            label=_("Currency"),
            kind="code",
            listed="currency",
            needed=True,
            width="short",
        ),
        Field(
            key="invoice.amount",
            label=_("Invoice total"),
            hint=_("In the currency of the invoice; the values of the lines must add up to it."),
            kind="amount",
            decimals=4,
            needed=True,
            width="short",
        ),
        Field(
            key="invoice.payment_method",
            label=_("Payment method"),
            kind="code",
            listed="payment_method",
            needed=True,
        ),
        Field(key="freight.amount", label=_("Freight"), kind="amount", decimals=4, width="short"),
        Field(key="freight.currency", label=_("Currency of the freight"), kind="code", listed="currency", width="tiny"),
        Field(key="insurance.amount", label=_("Insurance"), kind="amount", decimals=4, width="short"),
        Field(
            key="insurance.currency",
            label=_("Currency of the insurance"),
            kind="code",
            listed="currency",
            width="tiny",
        ),
        Field(key="valuation_method", label=_("Valuation method"), kind="code", listed="valuation_method"),
        Field(key="tax_term", label=_("Term of payment of duties"), kind="code", listed="tax_term"),
        Field(key="guarantee_reference", label=_("Number of the guarantee"), length=20),
    ),
)
TRANSPORT = Section(
    key="transport",
    title=_("Transport"),
    fields=(
        Field(
            key="transport_mode",
            label=_("Mode of transport"),
            kind="code",
            listed="transport_mode",
            needed=True,
        ),
        Field(
            key="vehicle.identifier",
            label=_("Vehicle"),
            hint=_("Plate of the truck, number of the train or name of the ship."),
            length=35,
        ),
        Field(
            key="vehicle.nationality",
            label=_("Country of the vehicle"),
            kind="code",
            listed="country",
            width="short",
        ),
        Field(
            key="bills_of_lading",
            label=_("Bills of lading"),
            hint=_("Up to five, separated by commas or new lines."),
            kind="many",
        ),
        Field(
            key="containers",
            label=_("Containers"),
            hint=_("One per line; write its seals after it, separated by spaces."),
            kind="long",
            width="full",
        ),
        Field(
            key="arrival_on",
            label=_("Arrives on"),
            kind="date",
            flow="import",
            needed=True,
            width="short",
        ),
        Field(
            key="departure_on",
            label=_("Departs on"),
            hint=_("An export is declared at least four hours before it leaves."),
            kind="date",
            flow="export",
            needed=True,
            width="short",
        ),
        Field(key="loading_place", label=_("Place of loading"), kind="code", listed="location"),
        Field(
            key="unloading_place",
            label=_("Place of unloading"),
            hint=_("Needed for an import."),
            kind="code",
            listed="location",
        ),
        Field(key="export_country", label=_("Country of export"), kind="code", listed="country", width="short"),
        Field(
            key="destination_country",
            label=_("Country of destination"),
            hint=_("Needed for an export."),
            kind="code",
            listed="country",
            width="short",
        ),
        Field(key="packages", label=_("Number of packages"), kind="count", needed=True, width="short"),
        Field(
            key="package_unit",
            label=_("Kind of packages"),
            kind="code",
            listed="package_kind",
            needed=True,
        ),
        Field(
            key="gross_weight_kg",
            label=_("Gross weight (kg)"),
            kind="amount",
            decimals=4,
            width="short",
        ),
    ),
)
SPECIAL = Section(
    key="special",
    title=_("Permits, adjustments and temporary regimes"),
    folded=True,
    fields=(
        Field(
            key="temporary_until",
            label=_("Temporary until"),
            hint=_("Only for temporary import or export."),
            kind="date",
            width="short",
        ),
        Field(
            key="temporary_reference",
            label=_("Earlier declaration"),
            hint=_("Only for re-export or re-import: the number of the temporary declaration."),
            length=12,
        ),
        *(field for place in range(SLOTS) for field in _permit_slot(place)),
        *(field for place in range(SLOTS) for field in _adjustment_slot(place)),
        Field(key="notes", label=_("Notes"), kind="long", length=100, width="full"),
    ),
)
SECTIONS = (GENERAL, INVOICE, TRANSPORT, SPECIAL)
HEADER = {field.key: field for section in SECTIONS for field in section.fields}

MAIN_COLUMNS = (
    Field(key="hs", label=_("Goods code (HS)"), kind="code", listed="hs", digits=8, length=12, needed=True),
    Field(key="description", label=_("Description of the goods"), length=200, needed=True, width="full"),
    Field(key="origin", label=_("Origin"), kind="code", listed="country", needed=True, width="tiny"),
    Field(key="quantity", label=_("Quantity"), kind="amount", decimals=2, needed=True, width="short"),
    Field(key="unit", label=_("Unit of quantity"), kind="code", listed="unit", needed=True, width="tiny"),
    Field(key="unit_price", label=_("Unit price"), kind="amount", decimals=6, width="short"),
    Field(key="value", label=_("Invoice value"), kind="amount", decimals=4, needed=True, width="short"),
    Field(key="net_weight_kg", label=_("Net weight (kg)"), kind="amount", decimals=4, width="short"),
    Field(key="gross_weight_kg", label=_("Gross weight (kg)"), kind="amount", decimals=4, width="short"),
    Field(key="schedule", label=_("Tariff schedule"), kind="code", listed="schedule", width="tiny"),
    Field(key="vat_rate", label=_("VAT rate claimed (%)"), length=16, width="tiny"),
)
MORE_COLUMNS = (
    Field(key="vat_reason", label=_("Why this VAT rate"), width="full"),
    Field(key="certificate.number", label=_("Certificate of origin"), length=40),
    Field(key="certificate.issued_on", label=_("Certificate issued on"), kind="date", width="short"),
    Field(key="certificate.form", label=_("Form of the certificate"), kind="code", listed="certificate_form"),
    Field(key="certificate.line", label=_("Line of the certificate"), kind="count", width="tiny"),
    Field(key="quantity2", label=_("Additional quantity"), kind="amount", decimals=2, width="short"),
    Field(key="unit2", label=_("Additional unit"), kind="code", listed="unit", width="tiny"),
    Field(key="in_quota", label=_("Within the tariff quota"), kind="yesno", width="short"),
    Field(key="other_tax", label=_("Other tax with several rates"), kind="code", listed="tax", width="short"),
    Field(key="other_rate", label=_("Rate claimed"), length=16, width="tiny"),
    Field(key="other_reason", label=_("Why this rate"), width="full"),
    Field(key="exemption", label=_("Exemption"), kind="code", listed="exemption", length=5, width="short"),
    Field(key="exemption_line", label=_("Line of the exemption list"), length=16, width="short"),
    Field(key="permit_kind", label=_("Kind of permit"), kind="code", listed="permit_kind", width="short"),
    Field(key="permit_number", label=_("Permit number"), length=20, width="short"),
    Field(key="permit_issued_on", label=_("Permit issued on"), kind="date", width="short"),
    Field(key="package_kind", label=_("Kind of packages"), kind="code", listed="package_kind", width="short"),
    Field(key="package_quantity", label=_("Number of packages"), kind="count", width="short"),
)
COLUMNS = {field.key: field for field in (*MAIN_COLUMNS, *MORE_COLUMNS)}


def sections_of(flow: str) -> tuple[Section, ...]:
    """The sections of a flow, without the fields of the other one."""
    return tuple(
        Section(
            key=section.key,
            title=section.title,
            folded=section.folded,
            fields=tuple(field for field in section.fields if field.flow in ("", flow)),
        )
        for section in SECTIONS
    )
