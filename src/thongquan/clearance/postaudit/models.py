"""Selections with their criteria, audits, and everything said in them.

A case keeps the numbers of its own declaration: the document as declared is that of the version it was opened on.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Selection(models.Model):
    """A choice of declarations to look at: criteria as data, a random share, a place for a risk score."""

    name = models.CharField(max_length=120)
    criteria = models.JSONField()
    random_share = models.DecimalField(max_digits=6, decimal_places=5)
    score_at_least = models.DecimalField(max_digits=6, decimal_places=5, null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=32)
    offices = models.JSONField()
    run_at = models.DateTimeField(null=True)


class Candidate(models.Model):
    """A declaration that a selection chose, and why: `criteria`, `random`, `score` or a `case` of risk."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="candidates")
    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="+")
    office = models.CharField(max_length=6)
    why = models.CharField(max_length=8)
    draw = models.DecimalField(max_digits=12, decimal_places=12)
    score = models.DecimalField(max_digits=6, decimal_places=5, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "declaration"], name="one_candidate"),
        ]


class Audit(models.Model):
    """An audit of one declaration. `place` is where it is done: at customs or at the declarant."""

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    subject = models.CharField(max_length=64)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300)
    registered_at = models.DateTimeField()
    candidate = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="audits")
    place = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    plan = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=32)
    due_on = models.DateField()
    extended_until = models.DateField(null=True)
    conclusion = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=32, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=32, blank=True)
    object_by = models.DateField(null=True)
    reply_by = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-opened_at"], name="audits_of_office"),
            models.Index(fields=["tax_code", "-opened_at"], name="audits_of_trader"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["declaration"],
                condition=models.Q(state__in=["opened", "proposed"]),
                name="one_open_audit",
            )
        ]


class Event(models.Model):
    """A step of an audit with its words; `data` is what the step was about."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="events")
    step = models.CharField(max_length=20)
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)


class Request(models.Model):
    """A request to the declarant, to be answered by a day, and its answer."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="requests")
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=32)
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=32, blank=True)


class Finding(models.Model):
    """Something found to differ: line (0 for the header), field, what was declared, what was found, on what ground."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings")
    line = models.SmallIntegerField()
    field = models.CharField(max_length=20)
    declared = models.TextField(blank=True)
    found = models.TextField(blank=True)
    ground = models.TextField()
    act = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=32)
    withdrawn_at = models.DateTimeField(null=True)
    case = models.BigIntegerField(null=True)
    violation = models.BigIntegerField(null=True)


class Recalculation(models.Model):
    """The declaration decided again with the values found; facts and decision as bytes, so that it can be replayed."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="recalculations")
    at = models.DateTimeField()
    actor = models.CharField(max_length=32)
    facts = models.BinaryField()
    decision = models.BinaryField()
    rows = models.JSONField()
    short_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    findings = models.JSONField()


class Objection(models.Model):
    """An objection (`objection`) or the appeal after it (`appeal`), with its answer."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=9)
    text = models.TextField()
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=32)
    reply_by = models.DateField()
    outcome = models.CharField(max_length=8, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["audit", "kind"], name="one_objection_of_kind")]
