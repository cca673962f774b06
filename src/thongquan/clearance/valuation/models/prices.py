"""Prices as declared, the bands made of them, and reference prices that people entered.

Copies can be made again from declarations at any time. A band is a row whenever its figures change, so what an officer
was shown on a day can be told later.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


def _unit_vnd(*, null: bool = False) -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=24, decimal_places=4, null=null)


class PricedLine(models.Model):
    """A line of an import as it was first declared, and where its price stood in the band of that moment.

    `placed` is '' (nothing to compare with), `below`, `within` or `above`; `basis` says with what: `reference`, `text`
    (goods of the same words) or `code`.
    """

    declaration = models.BigIntegerField()
    number = models.CharField(max_length=12)
    line = models.PositiveSmallIntegerField()
    registered_at = models.DateTimeField()
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14, blank=True)
    trader_name = models.CharField(max_length=300, blank=True)
    hs = models.CharField(max_length=12)
    text_class = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    quantity = models.DecimalField(max_digits=20, decimal_places=4)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    unit_vnd = _unit_vnd()
    placed = models.CharField(max_length=6, blank=True)
    basis = models.CharField(max_length=9, blank=True)
    low_vnd = _unit_vnd(null=True)
    median_vnd = _unit_vnd(null=True)
    high_vnd = _unit_vnd(null=True)
    peers = models.IntegerField(default=0)
    peer_traders = models.IntegerField(default=0)
    band_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["declaration", "line"], name="one_price_of_line")]
        indexes: ClassVar = [
            models.Index(fields=["registered_at"], name="prices_by_time"),
            models.Index(fields=["hs", "origin", "unit", "-registered_at"], name="prices_of_goods"),
            models.Index(fields=["office", "-registered_at"], name="prices_below", condition=models.Q(placed="below")),
        ]


class PriceBand(models.Model):
    """The band of such goods from a day on; `text_class` '' for all goods of the code. `lines` 0 ends it."""

    hs = models.CharField(max_length=12)
    text_class = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=8, blank=True)
    on = models.DateField()
    low_vnd = _unit_vnd(null=True)
    median_vnd = _unit_vnd(null=True)
    high_vnd = _unit_vnd(null=True)
    lines = models.IntegerField()
    traders = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hs", "text_class", "origin", "unit", "on"], name="one_band_of_day")
        ]


class ReferencePrice(models.Model):
    """A price from elsewhere with its source, valid in [valid_from, valid_to); it counts once a second person agrees.

    `origin` and `words` may be '': then for every origin, for every text. `state`: proposed, confirmed, withdrawn.
    """

    hs = models.CharField(max_length=12)
    words = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    unit = models.CharField(max_length=8)
    low_vnd = _unit_vnd()
    high_vnd = _unit_vnd()
    source = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    state = models.CharField(max_length=9)
    entered_by = models.CharField(max_length=32)
    entered_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=32, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hs", "unit"], name="reference_prices_of_code")]
