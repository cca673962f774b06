"""Weekly exchange rates: imported ones, and practice figures for practice realms."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from thongquan.base.core.errors import Conflict
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import is_made_up
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.rates import TRANSFER_BUYING, read_rates, week_of
from thongquan.clearance.tariff.formats.reading import Reading, Row, amount, csv_rows
from thongquan.clearance.tariff.operations.reference import SHIPPED, SYSTEM
from thongquan.clearance.tariff.operations.report import LoadReport
from thongquan.clearance.tariff.operations.storing import store

LEVELS_FILE = "practice/exchange_rates_base.csv"
PRACTICE_SOURCE = "practice figure, not a published rate"
WEEKS_BEFORE, WEEKS_AFTER = 10, 2
SPREAD = Decimal("0.008")


def import_rates(*, content: bytes, file: str, at: datetime, source: str = "", actor: str = SYSTEM) -> LoadReport:
    """Store the weekly rates of a CSV file. Raises Refused with every fault; then nothing is stored."""
    reading = Reading()
    read_rates(content, file, reading, source=source)
    if reading.faults:
        raise Refused(reading.faults)
    return store(reading, actor=actor, origin=f"rates {file}", at=at)


def ensure_practice_rates(*, on: date, at: datetime, directory: Path = SHIPPED) -> int:
    """Give a made-up realm a rate for every currency of the level file in the weeks around `on`; existing rates stay.

    Returns how many were written. Raises Conflict in a real realm: invented figures never meet real trade.
    """
    if not is_made_up():
        raise Conflict("invented rates never enter a real realm")
    reading = Reading()
    content = (directory / LEVELS_FILE).read_bytes()
    levels = {row["currency"]: amount(row["vnd"]) for _, row in csv_rows(content, LEVELS_FILE, reading)}
    weeks = [week_of(on) + timedelta(weeks=number) for number in range(-WEEKS_BEFORE, WEEKS_AFTER + 1)]
    known = set(
        models.ExchangeRate.objects.live()
        .filter(valid_from__in=weeks, kind=TRANSFER_BUYING)
        .values_list("currency", "valid_from")
    )
    missing = [(code, week) for code in sorted(levels) for week in weeks if (code, week) not in known and code != "VND"]
    for code, week in missing:
        reading.add("ExchangeRate", _practice_rate(code, levels[code], week))
    if missing:
        store(reading, actor=SYSTEM, origin="practice rates", at=at)
    return len(missing)


def _practice_rate(currency: str, level: Decimal, week: date) -> Row:
    """The level moved by up to 0.8 %, always by the same share in the same week."""
    seed = hashlib.sha256(f"{currency} {week.isoformat()}".encode()).digest()
    share = Decimal(int.from_bytes(seed[:4], "big")) / Decimal(2**32) * 2 - 1
    places = Decimal("1") if level >= 1000 else Decimal("0.01")
    return {
        "currency": currency,
        "kind": TRANSFER_BUYING,
        "vnd": (level * (1 + share * SPREAD)).quantize(places).quantize(Decimal("0.000001")),
        "valid_from": week,
        "source": PRACTICE_SOURCE,
        "verified": False,
        "repealed": False,
    }
