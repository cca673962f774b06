"""What ties one declaration to others: people, trucks, addresses and foreign parties that it names."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thongquan.clearance.risk.models.copies import Lodged


class Tie(models.Model):
    """Something that a declaration names and others may name too; written again with its copy.

    `kind` is seller, vehicle, agent, address, contact or person; `key` its folded form by which two are the same,
    `name` how it was declared.
    """

    lodged = models.ForeignKey(Lodged, models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["lodged", "kind", "key"], name="one_tie")]
        indexes: ClassVar = [models.Index(fields=["kind", "key"], name="risk_ties_by_key")]
