"""Lists of risk goods: nine of them, dated, and the codes that stand on each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RiskList(models.Model):
    """One of the lists of Circular 81/2019/TT-BTC Art. 19, from `valid_from` on."""

    code = models.CharField(max_length=16)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    name_fr = models.CharField(max_length=200)
    valid_from = models.DateField()
    source = models.CharField(max_length=300)
    verified = models.BooleanField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_risk_list")]


class ListedGoods(models.Model):
    """A code of 8 or 10 digits on a list from a day on; `listed` False takes it off from that day."""

    risk_list = models.CharField(max_length=16)
    hs = models.CharField(max_length=10)
    valid_from = models.DateField()
    listed = models.BooleanField(default=True)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["risk_list", "hs", "valid_from"], name="one_listing_of_day")
        ]
