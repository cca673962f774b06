"""Fields of the invoice and of what the value is built from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.clearance.declarations.formats.fields.shape import Field, Section

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
