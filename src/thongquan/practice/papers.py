"""Parties, invoices, vehicles: the papers of a load."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from thongquan.practice.chance import Chance
from thongquan.practice.enterprises import Enterprise
from thongquan.practice.places import RAIL, Gate
from thongquan.practice.regimes import UNPAID
from thongquan.rules.document import Address, Invoice, Money, Party, Vehicle

_CITIES = ("GUANGXI PINGXIANG", "GUANGXI DONGXING", "NANNING", "CHONGZUO", "SHENZHEN", "GUANGZHOU", "YIWU", "KUNMING")
_SYLLABLES = ("YUN", "ZHU", "QING", "HE", "LAN", "BEI", "SHAN", "XI", "MEI", "YUE", "QIU", "SONG")
_TRADES = ("TRADE CO., LTD", "IMPORT AND EXPORT CO., LTD", "SUPPLY CHAIN CO., LTD", "INDUSTRIAL CO., LTD")
_IMPORT_TERMS = ("DAF", "DAP", "CPT", "FCA", "CIP", "EXW")
_IMPORT_WEIGHTS = (6, 5, 3, 2, 1, 1)
_EXPORT_TERMS = ("DAF", "FCA", "DAP")
_EXPORT_WEIGHTS = (6, 3, 2)
_CARRIED_BY_BUYER = {"FCA": ("freight", "insurance"), "EXW": ("freight", "insurance"), "CPT": ("insurance",)}


def trader_party(enterprise: Enterprise) -> Party:
    """The enterprise as the declaration names it."""
    address = Address(street=enterprise.street or None, city=enterprise.city or None, country="VN")
    return Party(name=enterprise.name, tax_code=enterprise.tax_code, address=address)


def foreign_party(chance: Chance) -> Party:
    """A trader on the other side, with a name nobody bears."""
    city = chance.one(_CITIES)
    name = f"{city} {''.join(chance.some(_SYLLABLES, 3))} {chance.one(_TRADES)}"
    return Party(name=name, address=Address(city=city, country="CN"))


def vehicle_of(chance: Chance, gate: Gate) -> Vehicle:
    """A truck of either side by its plate, or a railway wagon."""
    if gate.mode == RAIL:
        return Vehicle(identifier=f"P64K {chance.digits(7)}", mode=RAIL, nationality="CN")
    if chance.happens(Decimal("0.6")):
        series = chance.one("CHKR")
        return Vehicle(identifier=f"{gate.plate}{series}-{chance.digits(5)}", mode=gate.mode, nationality="VN")
    return Vehicle(identifier=f"桂F{chance.one('ABHKM')}{chance.digits(4)}", mode=gate.mode, nationality="CN")


def term_of(chance: Chance, flow: str) -> str:
    """Delivery terms of the land border: mostly delivered at the frontier."""
    if flow == "import":
        return chance.weighted(_IMPORT_TERMS, _IMPORT_WEIGHTS)
    return chance.weighted(_EXPORT_TERMS, _EXPORT_WEIGHTS)


def invoice_of(
    chance: Chance, number: int, regime: str, term: str, amount: Decimal, currency: str, on: date
) -> Invoice:
    """The invoice of a load; its number tells the day, so that no two days repeat one."""
    issued = on - timedelta(days=chance.within(0, 9))
    prefix = chance.one(("LS", "PX", "HN", "DX", "NN"))
    unpaid = regime in UNPAID
    payment = "KHONGTT" if unpaid else chance.weighted(("TTR", "BIENMAU", "DP", "LC"), (7, 3, 1, 1))
    return Invoice(
        number=f"{prefix}{on:%y%m%d}-{number:04d}",
        issued_on=issued,
        kind="A",
        price_kind="B" if unpaid else "A",
        incoterm=term,
        currency=currency,
        amount=amount,
        payment_method=payment,
    )


def charge(flow: str, term: str, kind: str, amount: Decimal, currency: str) -> Money | None:
    """Freight (two hundredths of the goods) or insurance (a thousandth), where the term makes it count."""
    counted = _CARRIED_BY_BUYER.get(term, ()) if flow == "import" else ("freight", "insurance") * (term == "DAP")
    if kind not in counted:
        return None
    share = Decimal("0.02") if kind == "freight" else Decimal("0.001")
    return Money(amount=(amount * share).quantize(Decimal(1)) + 1, currency=currency)
