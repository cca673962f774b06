"""What was measured, per hour and process. A process writes only its own rows, whole, so writing twice adds nothing."""

from __future__ import annotations

from django.db import models


class Answers(models.Model):
    """Answers of one process in one hour to one group of requests, by outcome: `ok`, `refused` (4xx), `failed` (5xx).

    `hour` is its beginning (UTC); `buckets` the packed histogram of times (`buckets.Histogram`).
    """

    hour = models.DateTimeField()
    process = models.CharField(max_length=16)
    group = models.CharField(max_length=16)
    outcome = models.CharField(max_length=8)
    requests = models.BigIntegerField()
    buckets = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hour", "group", "outcome", "process"], name="one_row_of_answers")
        ]


class Beats(models.Model):
    """In which ten seconds of an hour a process was alive and reached the database: a bit each, the first one lowest.

    `source` is `web` or `worker`.
    """

    hour = models.DateTimeField()
    process = models.CharField(max_length=16)
    source = models.CharField(max_length=8)
    slots = models.BinaryField(max_length=45)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hour", "source", "process"], name="one_row_of_beats")]
