"""What is owed: one liability per decision, made in the statement that stores the decision."""

from __future__ import annotations

from django.db import models


class Liability(models.Model):
    """Duties and fee that a declaration version owes, in dong. `subject` is `declaration:<number>`."""

    subject = models.CharField(max_length=32)
    tax_code = models.CharField(max_length=14)
    due_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    secured_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    fee_vnd = models.DecimalField(max_digits=20, decimal_places=0)
    totals_vnd = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject"], name="one_liability_per_version")]
        indexes = [models.Index(fields=["tax_code", "at"], name="liability_of_trader")]
