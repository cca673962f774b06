"""The room's own copy of declared lines, and the index by which the same goods are found again.

Lines that tell of the same goods (equal fingerprint) under the same code are held in the index once, as `Goods`; how
often they came is counted there. Every number of a feature is that of `learning.text`, the same on every machine.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Goods(models.Model):
    """Goods as a group of lines under one code: what the index holds and what a line is compared with.

    `own` are all features, `rare` the rarest of them, rarest first: by these it is found. `numbers` are quantities and
    models; `square` is the squared length of the features weighed by rarity when it was written. Price and parties are
    those of the line that came first; `times` counts the lines in force.
    """

    fingerprint = models.UUIDField()
    code = models.CharField(max_length=8)
    description = models.TextField()
    own = ArrayField(models.IntegerField())
    rare = ArrayField(models.IntegerField())
    numbers = ArrayField(models.IntegerField())
    square = models.FloatField()
    price_usd = models.FloatField(default=0.0)
    importer = models.CharField(max_length=14, blank=True)
    supplier = models.CharField(max_length=300, blank=True)
    maker = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, blank=True)
    times = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fingerprint", "code"], name="goods_under_one_code_once")
        ]
        indexes: ClassVar = [GinIndex(fields=["rare"], name="goods_by_rare_features", fastupdate=False)]


class Feature(models.Model):
    """A feature: in how many goods it occurs, and how many are found by it."""

    number = models.IntegerField(primary_key=True)
    goods = models.IntegerField(default=0)
    held = models.IntegerField(default=0)


class DeclaredLine(models.Model):
    """A line as declared in one version. `live` until an amendment replaces it or the declaration ends.

    `goods` is None where the description tells of no goods or the code is none. Dong and US dollars per unit.
    """

    declaration = models.BigIntegerField()
    version = models.SmallIntegerField()
    number = models.SmallIntegerField()
    flow = models.CharField(max_length=6)
    office = models.CharField(max_length=6)
    importer = models.CharField(max_length=14, blank=True)
    importer_name = models.CharField(max_length=300, blank=True)
    supplier = models.CharField(max_length=300, blank=True)
    maker = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, blank=True)
    code = models.CharField(max_length=8, blank=True)
    schedule = models.CharField(max_length=8, blank=True)
    description = models.TextField()
    price_usd = models.FloatField(default=0.0)
    value_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0, default=0)
    on = models.DateField()
    goods = models.ForeignKey(Goods, models.PROTECT, null=True, related_name="lines")
    live = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["declaration", "version", "number"], name="one_copy_of_a_line")
        ]
        indexes: ClassVar = [models.Index(fields=["importer", "-on"], name="lines_of_importer")]


class Searched(models.Model):
    """A declaration whose lines were held against all others: release waits for this row or for the time-out."""

    declaration = models.BigIntegerField(primary_key=True)
    version = models.SmallIntegerField()
    at = models.DateTimeField()
    alarms = models.SmallIntegerField(default=0)
