"""Workbaskets of proposed law, their rows, their dry runs, what those would break, and everything done in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Workbasket(models.Model):
    """Changes of law that are drafted, tried, approved and published together.

    `revision` counts changes of the draft; `law_version` is the law it was last written on. `version` is the law
    version that its publication made; `reverses` names the workbasket that it takes back.
    """

    title = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    effective_on = models.DateField()
    state = models.CharField(max_length=12)
    revision = models.IntegerField(default=0)
    law_version = models.BigIntegerField()
    drafted_by = models.CharField(max_length=32)
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=32, blank=True)
    approved_by = models.CharField(max_length=32, blank=True)
    approved_at = models.DateTimeField(null=True)
    version = models.BigIntegerField(null=True)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reverses"], condition=~models.Q(state="discarded"), name="one_standing_reversal"
            )
        ]


class Change(models.Model):
    """A row of law in a workbasket, whole as the loader takes it, and the row that held when it was written."""

    workbasket = models.ForeignKey(Workbasket, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=24)
    key = models.CharField(max_length=200)
    valid_from = models.DateField()
    values = models.JSONField()
    held = models.JSONField(null=True)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workbasket", "table", "key", "valid_from"], name="one_change_of_row")
        ]


class DryRun(models.Model):
    """Rows tried on the declarations registered in [since, until): of a workbasket at a revision, or of a file alone.

    `outcome` is `trying.Outcome` as JSON; `rows` are its declarations as MessagePack, the largest differences first.
    `heard_at` is when its maker last gave a sign: one that has given none for long is gone (`queries.runs.SILENT`).
    """

    workbasket = models.ForeignKey(Workbasket, models.CASCADE, null=True, related_name="dry_runs")
    revision = models.IntegerField(default=0)
    title = models.CharField(max_length=120)
    changes = models.JSONField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    outcome = models.JSONField(null=True)
    rows = models.BinaryField(default=b"")


class Break(models.Model):
    """One way in which valid filings would become invalid: a fault at a field, on goods of a code.

    `examples` are numbers of declarations; `reason` is that of the approver who lets it happen.
    """

    dry_run = models.ForeignKey(DryRun, models.CASCADE, related_name="breaks")
    code = models.CharField(max_length=12)
    field = models.CharField(max_length=80, blank=True)
    hs = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    declarations = models.IntegerField()
    examples = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    confirmed_by = models.CharField(max_length=32, blank=True)
    confirmed_at = models.DateTimeField(null=True)


class Event(models.Model):
    """A step of a workbasket with its words; `data` is what the step was about."""

    workbasket = models.ForeignKey(Workbasket, models.CASCADE, related_name="events")
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)
