"""Fields of the regime, the office and the parties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.clearance.declarations.formats.fields.shape import Field, Section

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
