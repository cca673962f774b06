"""Law as dated rows: each row says what holds for its key from `valid_from` on, until the next row of the same key.

A row never changes. What a later load corrects is marked as withdrawn by that load and a new row stands beside it, so
that the law as known at any version can be read again. `repealed` is the null value: from that day nothing holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models


class LawVersion(models.Model):
    """What was known of the law after a load; `digest` is equal where the live rows are equal.

    `files` is the digest of the files last loaded whole, so that loading them again costs nothing.
    """

    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    origin = models.CharField(max_length=200)
    files = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict)


class LawRows(models.QuerySet[Any]):
    """Reading dated rows."""

    def live(self) -> Self:
        """Rows that no later load withdrew."""
        return self.filter(withdrawn__isnull=True)

    def at_version(self, version: int) -> Self:
        """Rows that were live at a law version."""
        later = models.Q(withdrawn__isnull=True) | models.Q(withdrawn__gt=version)
        return self.filter(later, version__lte=version)

    def on(self, day: date) -> Self:
        """For each key the row that holds on the day; keys repealed by then are among them and are marked so."""
        key = self.model.KEY
        return self.live().filter(valid_from__lte=day).order_by(*key, "-valid_from").distinct(*key)


class Dated(models.Model):
    """What every row of law has: its day, its source, whether somebody held it against the text, and its load."""

    KEY: ClassVar[tuple[str, ...]] = ()

    valid_from = models.DateField()
    source = models.TextField()
    verified = models.BooleanField()
    repealed = models.BooleanField(default=False)
    content = models.CharField(max_length=32)
    version = models.ForeignKey(LawVersion, on_delete=models.PROTECT, related_name="+")
    withdrawn = models.ForeignKey(LawVersion, on_delete=models.PROTECT, null=True, related_name="+")

    objects = LawRows.as_manager()

    class Meta:
        abstract = True


class Named(Dated):
    """A row with its name in four languages; an empty name falls back to English."""

    name_vi = models.TextField(blank=True)
    name_en = models.TextField(blank=True)
    name_zh = models.TextField(blank=True)
    name_fr = models.TextField(blank=True)

    class Meta:
        abstract = True


def series(*key: str) -> models.UniqueConstraint:
    """One live row per key and day."""
    return models.UniqueConstraint(
        fields=[*key, "valid_from"], condition=models.Q(withdrawn__isnull=True), name="one_live_%(class)s"
    )


class Node(Named):
    """A place in the nomenclature: chapter (2 digits), heading (4), subheading (6) or national line (8)."""

    KEY = ("code",)
    code = models.CharField(max_length=8)
    parent = models.CharField(max_length=8, blank=True)
    level = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    folded = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [series("code")]
        indexes: ClassVar = [models.Index(fields=["parent"], name="node_parent")]


class TariffCell(Dated):
    """One box of a tariff table: one tax of one code under one schedule, with every rate the law allows there."""

    KEY = ("hs", "tax", "schedule")
    hs = models.CharField(max_length=8)
    tax = models.CharField(max_length=16)
    schedule = models.CharField(max_length=16, blank=True)
    options = models.JSONField(default=list)
    excluded = models.JSONField(default=list)
    origins = models.JSONField(default=list)
    raw = models.TextField(blank=True)
    unknown = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [series("hs", "tax", "schedule")]


class Schedule(Named):
    """A tariff schedule (`B05`): who may claim it, and the form of its proof of origin."""

    KEY = ("code",)
    code = models.CharField(max_length=16)
    preferential = models.BooleanField(default=False)
    members = models.JSONField(default=list)
    form = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [series("code")]


class Regime(Named):
    """A customs regime code and what it asks for."""

    KEY = ("code",)
    code = models.CharField(max_length=3)
    flow = models.CharField(max_length=6)
    needs_temporary_date = models.BooleanField(default=False)
    needs_reference = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [series("code")]


class RegimeTax(Dated):
    """How a regime treats a tax."""

    KEY = ("regime", "tax")
    regime = models.CharField(max_length=3)
    tax = models.CharField(max_length=16)
    treatment = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [series("regime", "tax")]


class Parameter(Named):
    """A number or word of the law."""

    KEY = ("name",)
    name = models.CharField(max_length=64)
    value = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [series("name")]


class CodeValue(Named):
    """A value of a code list."""

    KEY = ("list", "code")
    list = models.CharField(max_length=32)
    code = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [series("list", "code")]


class Office(Named):
    """A customs office or region."""

    KEY = ("code",)
    code = models.CharField(max_length=8)
    kind = models.CharField(max_length=24)
    parent = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [series("code")]


class Gate(Named):
    """A border gate; its hours name their own zone."""

    KEY = ("code",)
    code = models.CharField(max_length=8)
    office = models.CharField(max_length=8, blank=True)
    province = models.CharField(max_length=64, blank=True)
    modes = models.CharField(max_length=32, blank=True)
    timezone_neighbor = models.CharField(max_length=40, blank=True)
    opens = models.CharField(max_length=40, blank=True)
    closes = models.CharField(max_length=40, blank=True)
    hours_source = models.TextField(blank=True)
    hours_verified = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [series("code")]


class Condition(Named):
    """A condition of control or release for goods whose code begins with `hs`."""

    KEY = ("hs", "flow", "kind", "code")
    kind = models.CharField(max_length=24)
    code = models.CharField(max_length=24)
    hs = models.CharField(max_length=8)
    flow = models.CharField(max_length=6, blank=True)
    channel = models.PositiveSmallIntegerField(default=0)
    gates = models.JSONField(default=list)
    origins = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [series("hs", "flow", "kind", "code")]


class ExchangeRate(Dated):
    """Dong per unit of a currency for declarations registered from Monday `valid_from` to the Sunday after."""

    KEY = ("currency", "kind")
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=16)
    vnd = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        constraints: ClassVar = [series("currency", "kind")]


class VagueTerm(Dated):
    """A description that names no goods; `term` is folded, without the words that tell nothing."""

    KEY = ("term",)
    term = models.CharField(max_length=200)
    language = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [series("term")]


class UnitAlias(Dated):
    """The unit codes that the tariff's own word for a unit stands for; the first is the main unit."""

    KEY = ("unit",)
    unit = models.CharField(max_length=40)
    codes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [series("unit")]


class ControlExemption(Named):
    """Who is not stopped, and whose goods are inspected first: by standing, cargo class, goods prefix or list."""

    KEY = ("by", "key", "flow")
    by = models.CharField(max_length=12)
    key = models.CharField(max_length=16)
    flow = models.CharField(max_length=6, blank=True)
    documents = models.BooleanField(default=False)
    goods = models.BooleanField(default=False)
    random = models.BooleanField(default=False)
    first = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [series("by", "key", "flow")]


class ChecklistItem(Named):
    """A point of the document check; `shows` names the declared values beside it, `finds` the kind of a difference."""

    KEY = ("regime", "flow", "code")
    code = models.CharField(max_length=24)
    regime = models.CharField(max_length=3, blank=True)
    flow = models.CharField(max_length=6, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    shows = models.CharField(max_length=16)
    finds = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints: ClassVar = [series("regime", "flow", "code")]


class ReleaseCondition(Named):
    """A condition of release or clearance: its name in the rules (`rules.release.NAMES`) and what asks for it."""

    KEY = ("name",)
    name = models.CharField(max_length=24)
    purposes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [series("name")]


class OfficeHours(Dated):
    """When an office opens on a weekday (Monday is 0), local time; no office means every one, no windows closed."""

    KEY = ("office", "weekday")
    office = models.CharField(max_length=8, blank=True)
    weekday = models.PositiveSmallIntegerField()
    windows = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [series("office", "weekday")]


class HolidayOverride(Named):
    """A day that is off (`closed`) or worked (`works`) whatever the public holidays say; no office means every one.

    A worked day without windows of its own has those of an ordinary working day. `valid_from` is when it was decided.
    """

    KEY = ("day", "office")
    day = models.DateField()
    office = models.CharField(max_length=8, blank=True)
    kind = models.CharField(max_length=8)
    windows = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [series("day", "office")]


class RequiredDocument(Named):
    """A paper of the customs file: of which flow and regime (empty: every one), when, and by which article.

    `kind` is of the list `attachment_kind`; the names tell the condition in words.
    """

    KEY = ("flow", "regime", "kind", "condition")
    flow = models.CharField(max_length=6)
    regime = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=16)
    condition = models.CharField(max_length=16)
    article = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [series("flow", "regime", "kind", "condition")]
