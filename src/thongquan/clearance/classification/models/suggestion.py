"""Models that suggest codes: one row for each that was trained, and workbooks of descriptions sent in by people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SuggestionModel(models.Model):
    """A trained model: what it was read from, what it was worth, and where it stands.

    The files lie under the data directory, in a folder of the version's name; `arrays` and `words` are their digests,
    so that a file which somebody changed is not used. `counts` has how many wordings of each source and how many lines
    of history; `report` is what was measured on goods held out, {} where the history was too short. `follows`: its
    successors of the night take its place by themselves while they are no worse.
    """

    version = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=10)
    trained_at = models.DateTimeField()
    seconds = models.FloatField()
    counts = models.JSONField()
    arrays = models.CharField(max_length=128)
    words = models.CharField(max_length=128)
    report = models.JSONField()
    follows = models.BooleanField(default=False)
    proposed_by = models.CharField(max_length=32, blank=True)
    proposed_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    chosen_by = models.CharField(max_length=32, blank=True)
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="champion"), name="one_champion"),
        ]
        indexes: ClassVar = [models.Index(fields=["-trained_at"], name="suggestion_models_newest")]


class SuggestionSheet(models.Model):
    """A workbook of descriptions that somebody sent in, and the answers so far.

    `rows` are pairs of the row in the workbook and the description; `answers` stand in the same order, `done` of
    `total` of them. Deleted a day after it was sent.
    """

    name = models.CharField(max_length=200)
    sent_by = models.CharField(max_length=32)
    sent_at = models.DateTimeField()
    language = models.CharField(max_length=10)
    rows = models.JSONField()
    answers = models.JSONField(default=list)
    done = models.IntegerField(default=0)
    total = models.IntegerField()
    state = models.CharField(max_length=10)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sent_by", "-sent_at"], name="suggestion_sheets_of_one")]
