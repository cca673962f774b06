"""Lines of goods: how much, at which price, in how many packages, and which rates the declarant claims."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_UP, Decimal
from typing import NamedTuple

from thongquan.practice.chance import Chance
from thongquan.practice.goods import Goods
from thongquan.rules.document import Certificate, Line, Packaging, RateChoice

CENT = Decimal("0.01")
LAST_DAY_OF_EIGHT = date(2026, 12, 31)
"""Resolution 204/2025/QH15: the VAT rate of 8 % ends with this day."""
AFTER_EIGHT = "thuế suất GTGT 8 % đã hết hiệu lực, áp dụng 10 %"


def price_step(high: Decimal) -> Decimal:
    """Prices are written finer the smaller they are; never with more than the six decimals of the field."""
    for below, step in ((Decimal("0.1"), "0.0001"), (Decimal(1), "0.001"), (Decimal(1000), "0.01")):
        if high < below:
            return Decimal(step)
    return Decimal(1)


class Load(NamedTuple):
    """What the lines of one truck have in common: flow, day, number of kinds of goods, proof of origin."""

    flow: str
    on: date
    kinds: int
    certificate: Certificate | None


def line_of(chance: Chance, goods: Goods, number: int, load: Load) -> Line:
    """One line of a load that is shared by several kinds of goods; quantities are whole packages."""
    wanted = Decimal(chance.within(goods.quantity_low, goods.quantity_high)) / load.kinds
    packages = max(1, int(wanted / goods.units_per_package))
    quantity = packages * goods.units_per_package
    price = chance.amount(goods.price_low, goods.price_high, price_step(goods.price_high))
    net = (quantity * goods.net_kg_per_unit).quantize(CENT, ROUND_UP)
    tare = 1 + chance.amount(Decimal("0.02"), Decimal("0.10"), CENT)
    claims = load.certificate is not None and goods.certificate_form == load.certificate.form
    second = _second_unit(goods)
    return Line(
        number=number,
        hs=goods.hs,
        description=goods.description,
        origin=goods.origin,
        quantity=quantity,
        unit=goods.unit,
        quantity2=_in_second_unit(second, quantity, net, packages) if second else None,
        unit2=second or None,
        net_weight_kg=net,
        gross_weight_kg=(net * tare).quantize(CENT, ROUND_UP),
        unit_price=price,
        value=(price * quantity).quantize(CENT),
        schedule=_schedule(load.flow, goods, claims=claims),
        certificate=load.certificate if claims else None,
        choices=_choices(goods, load.on) if load.flow == "import" else (),
        packages=(Packaging(kind=goods.package_kind, quantity=Decimal(packages), sequence=1),),
    )


def certificate_of(chance: Chance, goods: Goods, on: date) -> Certificate | None:
    """Proof of origin for the load, in the share of cases that the goods come with one."""
    form = goods.certificate_form
    if not form or not chance.happens(goods.certificate_share):
        return None
    issued = on - timedelta(days=chance.within(0, 4))
    return Certificate(number=f"{form[0]}{on:%y}45{chance.digits(10)}", issued_on=issued, form=form)


def _second_unit(goods: Goods) -> str:
    """The unit that the nomenclature asks for beside the one of the invoice; '' when there is none."""
    return next((unit for unit in goods.units if unit != goods.unit), "")


def _in_second_unit(unit: str, quantity: Decimal, net: Decimal, packages: int) -> Decimal:
    """Kilograms are the net weight; sets and pieces are counted alike; of bulk goods ten make a package."""
    if unit == "KGM":
        return net
    return quantity if quantity == int(quantity) and quantity < 10_000 else Decimal(packages * 10)


def _schedule(flow: str, goods: Goods, *, claims: bool) -> str | None:
    if flow != "import":
        return None
    return goods.schedule if claims else "B01"


def _choices(goods: Goods, on: date) -> tuple[RateChoice, ...]:
    """Value added tax where the tariff shows several rates: the one the goods fall under on the day."""
    if not goods.vat_choice:
        return ()
    if goods.vat_choice == "8" and on > LAST_DAY_OF_EIGHT:
        return (RateChoice(tax="vat", rate="10", reason=AFTER_EIGHT),)
    return (RateChoice(tax="vat", rate=goods.vat_choice, reason=goods.vat_reason),)
