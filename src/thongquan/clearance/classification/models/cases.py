"""Cases: goods that hang together by findings, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.classification.models.lines import Goods


class Case(models.Model):
    """Goods connected by findings. `became` is what an officer made of it; merged cases point to the one that stays."""

    office = models.CharField(max_length=6)
    codes = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=6, default="open")
    became = models.CharField(max_length=12, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "-opened_at"], name="cases_by_state")]


class Member(models.Model):
    """Goods of a case: each goods is in one case at most, so that cases are connected components."""

    goods = models.OneToOneField(Goods, models.PROTECT, primary_key=True, related_name="membership")
    case = models.ForeignKey(Case, models.PROTECT, related_name="members")


class CaseStep(models.Model):
    """What was done with a case. `data` names what was made of it in another room."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.CharField(max_length=32)
