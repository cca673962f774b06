"""What is told to people, how they want it, and the e-mails on their way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One event told to one person (`user:12`). The sentence is made at reading, from kind and values.

    `shown` is False for somebody who wants this kind by e-mail only. `once` is a key of the event: the same event
    never reaches a person twice.
    """

    reader = models.CharField(max_length=32)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    shown = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    once = models.CharField(max_length=96, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "once"], condition=~Q(once=""), name="one_notice_of_event")
        ]
        indexes = [
            models.Index(fields=["reader", "-id"], condition=Q(shown=True, read_at=None), name="unread_notices"),
            models.Index(fields=["reader", "-id"], condition=Q(shown=True), name="notices_of_reader"),
            models.Index(fields=["at"], name="age_of_notices"),
        ]


class Preference(models.Model):
    """How one person wants one kind, where it differs from what holds for everybody."""

    reader = models.CharField(max_length=32)
    kind = models.CharField(max_length=64)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind"], name="one_preference_of_kind")]


class Mail(models.Model):
    """The e-mail of a notice: written with it, sent by the worker. The address is looked up when it is sent."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="mail")
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=Q(state="waiting"), name="mails_to_send")]
