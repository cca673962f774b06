"""Fields of a line of goods: the columns of the table, and those unfolded below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.clearance.declarations.formats.fields.shape import Field

MAX_LINES = 50

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
    Field(
        key="proof_later",
        label=_("Proof of origin to come, under schedule"),
        kind="code",
        listed="schedule",
        width="tiny",
    ),
)
COLUMNS = {field.key: field for field in (*MAIN_COLUMNS, *MORE_COLUMNS)}
