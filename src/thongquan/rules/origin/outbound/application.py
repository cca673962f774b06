"""An application for an export certificate as a typed document: what every door reads into.

Legal basis: Decree 31/2018/NĐ-CP (text not at hand); Circular 12/2019/TT-BCT (Form E, 13 boxes). Quantities are exact
decimals in the unit beside them, weights kilograms, values in the application's currency, days local.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from thongquan.rules.money import ZERO, exact
from thongquan.rules.parts import Frozen

HOME = "VN"
Done = Literal["grown", "born", "caught", "mined", "gathered", "processed"]
OBTAINING: frozenset[str] = frozenset({"grown", "born", "caught", "mined", "gathered"})


class UsedMaterial(Frozen, frozen=True, kw_only=True):
    """A material of a product: `value` of what one line of goods used of it.

    `originating` is the exporter's claim; `proof` the certificate that proves it for a material of a partner.
    """

    name: str = ""
    hs: str = ""
    origin: str = ""
    value: Decimal | None = None
    originating: bool = False
    proof: str = ""


class Process(Frozen, frozen=True, kw_only=True):
    """A step of production: what was done, in which country (ISO 3166), where there, and in words."""

    done: Done
    country: str = HOME
    place: str = ""
    words: str = ""


class CostStatement(Frozen, frozen=True, kw_only=True):
    """What a line of goods cost: materials, and what was added to them; `complete`: nothing is left out."""

    materials: tuple[UsedMaterial, ...] = ()
    labor: Decimal | None = None
    overhead: Decimal | None = None
    profit: Decimal | None = None
    other: Decimal | None = None

    @property
    def added(self) -> Decimal:
        """Labor, overhead, profit and other costs together."""
        with exact():
            return sum((one for one in (self.labor, self.overhead, self.profit, self.other) if one is not None), ZERO)

    @property
    def complete(self) -> bool:
        """Whether it names more than materials, and so must add up to the FOB value."""
        return any(one is not None for one in (self.labor, self.overhead, self.profit, self.other))


class GoodsLine(Frozen, frozen=True, kw_only=True):
    """One item: `hs` the importing party's code, `criterion` the one asked for ('' for the first that is met)."""

    number: int
    hs: str = ""
    description: str = ""
    marks: str = ""
    criterion: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    gross_weight_kg: Decimal | None = None
    fob: Decimal | None = None
    invoice: str = ""
    invoice_on: date | None = None
    costs: CostStatement = CostStatement()
    steps: tuple[Process, ...] = ()


class Application(Frozen, frozen=True, kw_only=True):
    """An application. `declaration` is the export declaration of the goods, where there is one already.

    `copy_of` is the number of a lost original of which a certified true copy is asked; `original_number` and
    `original_country` name the first certificate of a back-to-back one.
    """

    agreement: str = ""
    form: str = ""
    exporter: str = ""
    exporter_address: str = ""
    consignee: str = ""
    consignee_address: str = ""
    destination: str = ""
    departed_on: date | None = None
    vehicle: str = ""
    port: str = ""
    route: str = ""
    currency: str = "USD"
    declaration: str = ""
    third_party: str = ""
    third_party_country: str = ""
    exhibition: str = ""
    original_number: str = ""
    original_country: str = ""
    copy_of: str = ""
    copy_of_on: date | None = None
    place: str = ""
    lines: tuple[GoodsLine, ...] = ()
