"""Fields of transport and packages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.clearance.declarations.formats.fields.shape import Field, Section

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
