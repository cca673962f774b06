"""Vehicles that come and go, and who looked at who carries for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Stay(models.Model):
    """A vehicle in the border area (register QLPT-BG 2019/HQVN): in, until when it may stay, out.

    `plain` is the plate as it is compared.
    """

    office = models.CharField(max_length=6)
    plate = models.CharField(max_length=20)
    plain = models.CharField(max_length=20)
    driver = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200)
    came_at = models.DateTimeField()
    came_by = models.CharField(max_length=32)
    due_at = models.DateTimeField()
    went_at = models.DateTimeField(null=True)
    went_by = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "-came_at"], name="stays_of_office")]
        constraints = [models.UniqueConstraint(fields=["plain"], condition=Q(went_at=None), name="vehicle_in_once")]


class Look(models.Model):
    """A look at who carries for whom: who, when, why, over which days."""

    office = models.CharField(max_length=6)
    actor = models.CharField(max_length=32)
    at = models.DateTimeField()
    purpose = models.TextField()
    since = models.DateField()
    until = models.DateField()
