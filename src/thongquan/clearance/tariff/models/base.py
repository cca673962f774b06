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
