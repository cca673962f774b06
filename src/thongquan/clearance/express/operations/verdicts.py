"""From records of a file to verdicts: the law of the day cut for them, the rules asked, the verdicts made provable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from thongquan.base.accounts.queries import standing_of
from thongquan.clearance.express.formats import Record
from thongquan.clearance.express.formats.reading import placed
from thongquan.clearance.express.packing import Given, leaf_of
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.decision import Fault
from thongquan.rules.law import LineLaw
from thongquan.rules.parcel_checks import judge
from thongquan.rules.parcels import ALSO, NEEDED, Parcel, ParcelLaw, Verdict, draw_parcel
from thongquan.rules.text import vague_key

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


class Found(msgspec.Struct, frozen=True):
    """A record with its verdict; `readable` False when it never became a parcel."""

    record: Record
    given: Given
    verdict: Verdict
    leaf: bytes


def law_for(parcels: Sequence[Parcel], *, tax_code: str, at: datetime) -> ParcelLaw:
    """The law of the day as far as these parcels need it: one slice for all of them."""
    law, on = current_law(), at.astimezone(LOCAL).date()
    several = {name: law.parameter(name, on) for name in (*NEEDED, *ALSO)}
    parameters = {name: one for name, one in several.items() if one is not None}
    regime = parameters["parcel_regime"].value if "parcel_regime" in parameters else ""
    codes = {goods.hs for parcel in parcels for goods in parcel.goods if len(goods.hs) == 8}
    goods = {hs: found for hs in sorted(codes) if (found := law.line_law(hs, on, "import")).exists}
    currencies = {parcel.currency for parcel in parcels} | _specific_currencies(goods.values())
    terms = {vague_key(one.description) for parcel in parcels for one in parcel.goods if one.description}
    return ParcelLaw(
        version=law.version,
        on=on,
        at=at,
        standing=standing_of(tax_code, at=at),
        regime=law.regime(regime, on),
        parameters=parameters,
        rates={code: rate for code in sorted(currencies) if (rate := law.rate(code, on)) is not None},
        known_codes=law.known_codes(on) & _coded(parcels),
        vague_terms=frozenset(terms & (law.vague_terms(on) | {""})),
        goods=goods,
    )


def _specific_currencies(goods: Iterable[LineLaw]) -> set[str]:
    """Currencies that specific duties are written in."""
    return {
        option.currency for one in goods for cell in one.cells for option in cell.options if option.currency is not None
    }


def _coded(parcels: Sequence[Parcel]) -> set[str]:
    found = {f"currency/{parcel.currency}" for parcel in parcels}
    found |= {f"country/{parcel.sender_country}" for parcel in parcels}
    for parcel in parcels:
        for goods in parcel.goods:
            found |= {f"country/{goods.origin}", f"unit/{goods.unit}"}
    return found


def judged_records(read: Sequence[Record], law: ParcelLaw, *, salt: bytes, draw_secret: bytes) -> list[Found]:
    """Every record with its verdict, faults with the row of the file they are about."""
    return [_judged(record, law, salt, draw_secret) for record in read]


def _judged(record: Record, law: ParcelLaw, salt: bytes, draw_secret: bytes) -> Found:
    if record.faults:
        given = Given(record.parcel)
        verdict = Verdict(accepted=False, faults=record.faults)
        if record.parcel.goods:  # readable, but its rows contradict each other: told with all else that is wrong
            others = judge(record.parcel, law, None).faults
            verdict = Verdict(accepted=False, faults=(*record.faults, *_with_rows(others, record)))
        return Found(record, given, verdict, leaf_of(salt, given, verdict))
    luck = draw_parcel(record.parcel, secret=draw_secret, key_id=settings.DRAW_SECRET_NAME)
    given = Given(record.parcel, luck)
    verdict = judge(record.parcel, law, luck)
    leaf = leaf_of(salt, given, verdict)
    if verdict.faults:
        verdict = msgspec.structs.replace(verdict, faults=_with_rows(verdict.faults, record))
    return Found(record, given, verdict, leaf)


def _with_rows(faults: Iterable[Fault], record: Record) -> tuple[Fault, ...]:
    return tuple(placed(fault, record.lines, record.line) for fault in faults)
