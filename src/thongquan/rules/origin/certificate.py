"""A proof of origin as a typed document: what every door reads into and every check reads.

Legal basis: Circular 33/2023/TT-BTC Art. 10-11 (certificate or self-certification, its number and day); Circular
12/2019/TT-BCT (Form E, 13 boxes). Which boxes a form has is dated data (`rules.origin.law`), not this module.

Quantities are exact decimals in the unit beside them, weights kilograms, values in the currency named, days local.
What a paper does not say is `None` or empty: a door never invents a value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from thongquan.rules.parts import Frozen


class PaperLine(Frozen, frozen=True, kw_only=True):
    """One item: `hs` the importing party's code as printed, `criterion` as printed (`WO`, `CTH`, `RVC 40%`)."""

    number: int
    hs: str = ""
    description: str = ""
    criterion: str = ""
    origin: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    gross_weight_kg: Decimal | None = None
    fob: Decimal | None = None
    currency: str = ""
    invoice: str = ""


class Paper(Frozen, frozen=True, kw_only=True):
    """A certificate of origin or a self-certification.

    `issuing_country` and `origin` countries are ISO 3166 codes. `route` names the countries passed between the
    exporting party and the importing one; `evidence` the transit papers at hand: `through_bill`, `transit_customs`,
    `carrier`, `container_seal`. `boxes` holds what stands in each box of the form, by its number or name.
    """

    agreement: str
    form: str
    number: str
    issued_on: date | None = None
    issuing_country: str = ""
    issuer: str = ""
    exporter: str = ""
    exporter_id: str = ""
    consignee: str = ""
    consignee_tax_code: str = ""
    shipped_on: date | None = None
    valid_until: date | None = None
    vehicle: str = ""
    transport_document: str = ""
    route: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    invoice_issuer: str = ""
    invoice_country: str = ""
    retroactive: bool = False
    back_to_back: bool = False
    third_party: bool = False
    exhibition: bool = False
    exhibition_place: str = ""
    original_number: str = ""
    original_country: str = ""
    cancelled_by_issuer: bool = False
    boxes: dict[str, str] = {}
    lines: tuple[PaperLine, ...] = ()
