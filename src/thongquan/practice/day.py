"""A day at the border: declarations as traders would lodge them, all of them valid on that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.practice.chance import Chance
from thongquan.practice.enterprises import Enterprise
from thongquan.practice.goods import FARM, Goods
from thongquan.practice.loads import Load, certificate_of, line_of
from thongquan.practice.papers import charge, foreign_party, invoice_of, term_of, trader_party, vehicle_of
from thongquan.practice.places import GATES, Gate
from thongquan.practice.regimes import Plan, plan_of, regime_of, suits, temporary_reference, temporary_until
from thongquan.rules.document import Document, Line

COUNT = 320
IMPORT_SHARE = Decimal("0.75")
MOST_LINES = 12
_LINE_COUNTS = (1, 2, 3, 4, 5, 6, 8, 10, MOST_LINES)
_LINE_WEIGHTS = (24, 20, 16, 12, 10, 6, 5, 4, 3)


def sample_day(
    seed: str,
    on: date,
    goods: Sequence[Goods],
    enterprises: Sequence[Enterprise],
    *,
    brokers: Mapping[str, Enterprise] | None = None,
    count: int = COUNT,
) -> list[Document]:
    """Give `count` declarations of the day, the same for the same arguments.

    `brokers` names, by the tax code of a trader, the broker that lodges for it. Raises ValueError when there are no
    goods in season for a flow.
    """
    traded = [one for one in goods if one.is_traded(on) and any(gate in GATES for gate in one.gates)]
    if {one.flow for one in traded} != {"import", "export"}:
        raise ValueError("goods of both flows are needed")
    return [_document(seed, on, number, traded, enterprises, brokers or {}) for number in range(1, count + 1)]


def _document(
    seed: str,
    on: date,
    number: int,
    goods: Sequence[Goods],
    enterprises: Sequence[Enterprise],
    brokers: Mapping[str, Enterprise],
) -> Document:
    chance = Chance(seed, on.isoformat(), number)
    flow = "import" if chance.happens(IMPORT_SHARE) else "export"
    plan, load = _load(chance, flow, goods)
    regime = regime_of(chance, plan, load[0])
    gate = GATES[chance.one(_common_gates(load))]
    lines = _lines(chance, flow, load, regime, on)
    trader = _trader(chance, load[0], enterprises)
    document = _filled(chance, flow, regime, gate, lines, load[0].currency, number, on)
    broker = brokers.get(trader.tax_code)
    return _with_parties(document, chance, trader, broker)


def _load(chance: Chance, flow: str, goods: Sequence[Goods]) -> tuple[Plan, list[Goods]]:
    """Goods that can share a truck: one trade, one currency, one way to trade, and a gate open to all."""
    plan = plan_of(chance, flow)
    pool = [one for one in goods if suits(plan, one)]
    if not pool:
        plan = Plan("", flow, flow)
        pool = [one for one in goods if suits(plan, one)]
    first = chance.weighted(pool, [one.weight for one in pool])
    wanted = chance.weighted(_LINE_COUNTS, _LINE_WEIGHTS)
    if first.group == FARM:
        wanted = min(wanted, chance.within(1, 4))
    home = next(gate for gate in first.gates if gate in GATES)
    beside = [
        one
        for one in pool
        if one is not first
        and (one.group, one.currency, one.regimes) == (first.group, first.currency, first.regimes)
        and home in one.gates
    ]
    return plan, [first, *chance.some(beside, wanted - 1)]


def _common_gates(load: Sequence[Goods]) -> list[str]:
    shared = set.intersection(*(set(one.gates) for one in load)) & set(GATES)
    return sorted(shared)


def _lines(chance: Chance, flow: str, goods: Sequence[Goods], regime: str, on: date) -> tuple[Line, ...]:
    """Goods brought in for a time claim no preference."""
    certificate = certificate_of(chance, goods[0], on) if flow == "import" and regime != "G11" else None
    load = Load(flow=flow, on=on, kinds=len(goods), certificate=certificate)
    return tuple(line_of(chance, one, place, load) for place, one in enumerate(goods, 1))


def _trader(chance: Chance, goods: Goods, enterprises: Sequence[Enterprise]) -> Enterprise:
    able = [one for one in enterprises if goods.group in one.groups] or list(enterprises)
    return chance.weighted(able, [one.weight for one in able])


def _filled(
    chance: Chance,
    flow: str,
    regime: str,
    gate: Gate,
    lines: tuple[Line, ...],
    currency: str,
    number: int,
    on: date,
) -> Document:
    amount = sum((line.value or Decimal(0) for line in lines), Decimal(0))
    term = term_of(chance, flow)
    kinds = [pack.kind for line in lines for pack in line.packages]
    secured = regime == "G11"
    return Document(
        flow="import" if flow == "import" else "export",
        regime=regime,
        office=gate.office,
        gate=gate.code,
        own_reference=f"{on:%y%m%d}-{number:04d}",
        party_relation="4",
        transport_mode=gate.mode,
        vehicle=vehicle_of(chance, gate),
        bills_of_lading=(f"{gate.code}{on:%y%m%d}{number:05d}",),
        packages=sum(int(pack.quantity or 0) for line in lines for pack in line.packages),
        package_unit=kinds[0] if len(set(kinds)) == 1 else "PK",
        gross_weight_kg=sum((line.gross_weight_kg or Decimal(0) for line in lines), Decimal(0)),
        invoice=invoice_of(chance, number, regime, term, amount, currency, on),
        freight=charge(flow, term, "freight", amount, currency),
        insurance=charge(flow, term, "insurance", amount, currency),
        valuation_method="6" if flow == "import" else None,
        temporary_until=temporary_until(regime, on),
        temporary_reference=temporary_reference(chance, regime),
        tax_term="A" if secured else "D",
        guarantee_reference=f"BL{chance.digits(10)}" if secured else None,
        lines=lines,
        **_journey(chance, flow, gate, on),
    )


def _journey(chance: Chance, flow: str, gate: Gate, on: date) -> dict[str, Any]:
    """Where the goods come from and go to. Exports leave the day after, as the hours before exit ask for."""
    if flow == "import":
        arrival = on + timedelta(days=chance.weighted((-1, 0, 1), (2, 7, 2)))
        return {
            "loading_place": gate.beyond,
            "unloading_place": gate.here,
            "export_country": "CN",
            "arrival_on": arrival,
        }
    departure = on + timedelta(days=chance.within(1, 2))
    return {
        "loading_place": gate.here,
        "unloading_place": gate.beyond,
        "destination_country": "CN",
        "departure_on": departure,
    }


def _with_parties(document: Document, chance: Chance, trader: Enterprise, broker: Enterprise | None) -> Document:
    return msgspec.structs.replace(
        document,
        trader=trader_party(trader),
        counterpart=foreign_party(chance),
        agent=trader_party(broker) if broker else None,
    )
