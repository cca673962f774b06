"""The tables of the law: nomenclature, tariff, regimes, parameters, places, papers, hours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.tariff.models.base import Dated, Named, series


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
