"""Attributes that decide between the codes of a heading; shipped, and extended by officers, two for each change."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class DecidingAttribute(models.Model):
    """An attribute of the codes that begin with `prefix`; `learning.twins.Attribute` with names and its history.

    `kind`: material, words or limit. `state`: proposed, in_force, leaving (its end is proposed), ended or rejected.
    """

    prefix = models.CharField(max_length=8)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    name_zh = models.CharField(max_length=120, blank=True)
    name_fr = models.CharField(max_length=120, blank=True)
    values = ArrayField(models.CharField(max_length=300), default=list)
    unit = models.CharField(max_length=8, blank=True)
    limits = ArrayField(models.FloatField(), default=list)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False)
    shipped = models.BooleanField(default=False)
    state = models.CharField(max_length=8)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=32)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=32, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "prefix"], name="attributes_in_force")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prefix", "name"],
                condition=models.Q(state__in=["in_force", "leaving"]),
                name="one_attribute_in_force",
            ),
        ]
