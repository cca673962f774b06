"""The law of origin: agreements, forms and their boxes, criteria, terms, issuers, product rules, minor differences."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.tariff.models.base import Dated, Named, series


class Agreement(Named):
    """A trade agreement: its tariff schedule (whose members are the agreement's) and how origin is proved.

    `proof` is `certificate`, `self` (a statement of the exporter) or `both`.
    """

    KEY = ("code",)
    code = models.CharField(max_length=12)
    schedule = models.CharField(max_length=16)
    proof = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [series("code")]


class OriginForm(Named):
    """A form of an agreement's proof of origin."""

    KEY = ("agreement", "form")
    agreement = models.CharField(max_length=12)
    form = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [series("agreement", "form")]


class OriginBox(Named):
    """A box of a form: the field of the certificate it holds ('' for none), and whether it must be filled."""

    KEY = ("form", "box")
    form = models.CharField(max_length=12)
    box = models.CharField(max_length=12)
    field = models.CharField(max_length=32, blank=True)
    required = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [series("form", "box")]


class OriginCriterion(Named):
    """A criterion that an agreement knows: `WO`, `PE`, `CTC` families, `RVC`, `SP`, `PSR`."""

    KEY = ("agreement", "criterion")
    agreement = models.CharField(max_length=12)
    criterion = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [series("agreement", "criterion")]


class OriginTerm(Named):
    """A number of an agreement (validity in months, waiver in dollars); no agreement: all others."""

    KEY = ("agreement", "name")
    agreement = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=24)

    class Meta:
        constraints: ClassVar = [series("agreement", "name")]


class OriginIssuer(Named):
    """Who may issue or state proofs; a row that repeals ends the power on its day. No country means every member."""

    KEY = ("agreement", "country", "code")
    agreement = models.CharField(max_length=12)
    country = models.CharField(max_length=2, blank=True)
    code = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [series("agreement", "country", "code")]


class ProductRule(Dated):
    """What goods whose code begins with `hs` must meet to originate; no code is the agreement's general rule."""

    KEY = ("agreement", "hs")
    agreement = models.CharField(max_length=12)
    hs = models.CharField(max_length=8, blank=True)
    rule = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [series("agreement", "hs")]


class MinorDifference(Named):
    """A kind of difference between papers that must be accepted (`rules.origin.differences.MINOR`)."""

    KEY = ("kind",)
    kind = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [series("kind")]


class UnitFactor(Dated):
    """How many of `into` one `unit` is; what stands in no row is not converted."""

    KEY = ("unit", "into")
    unit = models.CharField(max_length=3)
    into = models.CharField(max_length=3)
    factor = models.DecimalField(max_digits=20, decimal_places=9)

    class Meta:
        constraints: ClassVar = [series("unit", "into")]
