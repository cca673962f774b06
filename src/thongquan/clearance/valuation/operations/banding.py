"""Bands of prices, made every night from the room's own copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.permissions import is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.ledger.operations import record
from thongquan.clearance.revenue.queries.law import number_of_law
from thongquan.clearance.valuation.models import PriceBand, PricedLine
from thongquan.clearance.valuation.queries.bands import Goods, latest_bands
from thongquan.rules.pricing import Band, Price, band_of

_COLUMNS = ("hs", "origin", "unit", "text_class", "unit_vnd", "tax_code")
_BATCH = 2_000


def reckon_bands(*, actor: Actor, on: date, at: datetime) -> int:
    """Make the bands of a day from what was lodged before it; gives how many changed. For the program alone.

    Bands of a code, an origin and a unit, and within them of goods with the same first words. A band whose goods are no
    longer declared ends. Raises `NotAllowed`.
    """
    if not is_program(actor):
        raise NotAllowed("valuation.band")
    found = dict(_bands(on))
    before = latest_bands(on=on)
    rows = [_row(goods, band, on) for goods, band in found.items() if _figures(band) != before.get(goods)]
    rows += [_row(goods, None, on) for goods, old in before.items() if old is not None and goods not in found]
    with transaction.atomic():
        PriceBand.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["hs", "text_class", "origin", "unit", "on"],
            update_fields=["low_vnd", "median_vnd", "high_vnd", "lines", "traders"],
        )
        if rows:
            details = {"on": on.isoformat(), "bands": len(found), "changed": len(rows)}
            record(action="valuation.bands", subject="law:price_bands", actor=actor.reference, at=at, details=details)
    return len(rows)


def _bands(on: date) -> Iterator[tuple[Goods, Band]]:
    width, least = Decimal(number_of_law("price_band_width", on)), number_of_law("price_band_least", on)
    for (hs, origin, unit), rows in groupby(_prices(on), key=lambda row: row[:3]):
        known = list(rows)
        of_text: dict[str, list[Price]] = defaultdict(list)
        for row in known:
            of_text[row[3]].append(Price(row[4], row[5]))
        groups = {"": [Price(row[4], row[5]) for row in known], **{text: of_text[text] for text in of_text if text}}
        for text, prices in groups.items():
            band = band_of(prices, width=width, least=least)
            if band is not None:
                yield Goods(hs, text, origin, unit), band


def _prices(on: date) -> Iterable[tuple[str, str, str, str, Decimal, str]]:
    """Prices of the days before `on`, goods together, newest first within them."""
    end = timezone.make_aware(datetime.combine(on, time.min))
    since = end - timedelta(days=number_of_law("price_band_days", on))
    rows = PricedLine.objects.filter(registered_at__gte=since, registered_at__lt=end)
    return rows.order_by("hs", "origin", "unit", "-registered_at", "-id").values_list(*_COLUMNS).iterator(_BATCH)


def _figures(band: Band) -> tuple[Decimal, Decimal, Decimal, int, int]:
    return band.low_vnd, band.median_vnd, band.high_vnd, band.lines, band.traders


def _row(goods: Goods, band: Band | None, on: date) -> PriceBand:
    figures = _figures(band) if band else (None, None, None, 0, 0)
    low, median, high, lines, traders = figures
    return PriceBand(
        **goods._asdict(), on=on, low_vnd=low, median_vnd=median, high_vnd=high, lines=lines, traders=traders
    )
