"""The fields of a certificate as people fill them in: one table for the form, the workbook and the reading of papers.

Keys are those of `rules.origin.certificate`; which of them a form of an agreement asks for is law, not this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Kind = Literal["text", "date", "amount", "yesno", "list"]
MAX_LINES = 300


@dataclass(frozen=True)
class Field:
    """One field: `width` is how much room its box takes, `listed` the list its codes are chosen from."""

    key: str
    label: str | Promise
    kind: Kind = "text"
    needed: bool = False
    width: str = "half"
    listed: str = ""
    hint: str | Promise = ""
    decimals: int = 6


@dataclass(frozen=True)
class Section:
    """Fields that stand together."""

    key: str
    title: str | Promise
    fields: tuple[Field, ...]


SECTIONS = (
    Section(
        "proof",
        _("The certificate"),
        (
            Field("agreement", _("Agreement"), needed=True, listed="agreement"),
            Field("form", _("Form"), needed=True, hint=_("As printed: E, D, AK, AANZ, EUR.1")),
            Field("number", _("Reference number"), needed=True),
            Field("issued_on", _("Issued on"), "date"),
            Field("issuing_country", _("Issuing country"), needed=True, hint=_("Two letters: CN, TH, KR")),
            Field("issuer", _("Issuing authority"), hint=_("As on the stamp, or its code")),
            Field("valid_until", _("Valid until"), "date", hint=_("Only where the paper says so")),
        ),
    ),
    Section(
        "parties",
        _("Exporter and consignee"),
        (
            Field("exporter", _("Exporter"), width="full"),
            Field("exporter_id", _("Registration number of the exporter"), hint=_("REX, EORI or the like")),
            Field("consignee", _("Consignee"), width="full"),
            Field("consignee_tax_code", _("Tax code of the consignee")),
        ),
    ),
    Section(
        "journey",
        _("Transport and invoices"),
        (
            Field("shipped_on", _("Shipped on"), "date"),
            Field("vehicle", _("Means of transport")),
            Field("transport_document", _("Transport document")),
            Field("route", _("Countries passed through"), "list", hint=_("Two letters each, with a semicolon between")),
            Field(
                "evidence",
                _("Evidence of transit"),
                "list",
                hint=_("through_bill; transit_customs; carrier; container_seal"),
            ),
            Field("invoices", _("Invoices"), "list", hint=_("Numbers, with a semicolon between")),
            Field("invoice_issuer", _("Issuer of a third-party invoice")),
            Field("invoice_country", _("Country of the third party"), hint=_("Two letters")),
        ),
    ),
    Section(
        "marks",
        _("Marks of the form"),
        (
            Field("retroactive", _("Issued retroactively"), "yesno", width="short"),
            Field("back_to_back", _("Movement certificate (back-to-back)"), "yesno", width="short"),
            Field("third_party", _("Third-party invoicing"), "yesno", width="short"),
            Field("exhibition", pgettext_lazy("certificate", "Exhibition"), "yesno", width="short"),
            Field("exhibition_place", _("Place of the exhibition")),
            Field("original_number", _("Number of the first certificate")),
            Field("original_country", _("Country of the first certificate"), hint=_("Two letters")),
        ),
    ),
)
LINE_FIELDS = (
    Field("hs", _("HS code"), width="short", needed=True),
    Field("description", _("Goods"), width="full", needed=True),
    Field("criterion", _("Criterion"), width="short", hint=_("As printed: WO, PE, CTH, RVC 40%")),
    Field("origin", pgettext_lazy("column", "Origin"), width="tiny"),
    Field("quantity", _("Quantity"), "amount", width="short", needed=True),
    Field("unit", _("Unit"), width="tiny", listed="unit", needed=True),
    Field("gross_weight_kg", _("Gross weight, kg"), "amount", width="short"),
    Field("fob", _("FOB value"), "amount", width="short"),
    Field("currency", _("Currency"), width="tiny"),
    Field("invoice", _("Invoice"), width="short"),
)
HEADER = {field.key: field for section in SECTIONS for field in section.fields}
COLUMNS = {field.key: field for field in LINE_FIELDS}
