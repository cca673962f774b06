"""Changes of the channel after the decision: who, why, on what evidence, and who signed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ChannelChange(models.Model):
    """A channel raised, or proposed to be lowered; a lower one counts only once a second person signed.

    A proposal that another change overtook has `lapsed_at`; one that the second person refused has `rejected_by` beside
    it, and the reason in `note`. `evidence` is JSON of the officer or of the check that
    found something; it stays with customs.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="channel_changes")
    office = models.CharField(max_length=6)
    before = models.SmallIntegerField()
    after = models.SmallIntegerField()
    reason = models.TextField()
    evidence = models.JSONField(default=dict)
    proposed_by = models.CharField(max_length=32)
    proposed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=32, blank=True)
    signed_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    lapsed_at = models.DateTimeField(null=True)
    rejected_by = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["office", "-signed_at"], name="lowered_of_office", condition=Q(after__lt=F("before")))
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(after=F("before")), name="channel_changes"),
            models.CheckConstraint(
                condition=Q(after__gt=F("before")) | Q(signed_at=None) | ~Q(signed_by=F("proposed_by")),
                name="lower_channel_has_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(rejected_by="") | (Q(lapsed_at__isnull=False) & ~Q(rejected_by=F("proposed_by"))),
                name="rejected_by_another",
            ),
            models.UniqueConstraint(
                fields=["declaration"], condition=Q(signed_at=None, lapsed_at=None), name="one_open_proposal"
            ),
        ]
