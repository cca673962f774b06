"""Webhooks: where an enterprise wants its events sent, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Endpoint(models.Model):
    """An address of an enterprise or broker (`owner`: its tax code) that gets the chosen kinds of events.

    Secrets rest encrypted under the key of the installation; after a rotation the old one signs too until
    `old_secret_until`. `failing_since` is the first failure after the last success; `taken_at` is set while a worker
    has a delivery of this endpoint in hand, `served_at` when one last had. Deleting leaves the row.
    """

    owner = models.CharField(max_length=20)
    name = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    secret = models.TextField()
    old_secret = models.TextField(blank=True)
    old_secret_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="active")
    made_by = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    state_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner"], condition=~Q(state="deleted"), name="endpoints_of_owner")]


class Delivery(models.Model):
    """One event for one endpoint. `message` is the id that every try and every replay carries.

    `body` is exactly what is signed and sent. `since` is the moment from which tries are counted: a replay begins anew.
    """

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="deliveries")
    message = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    body = models.BinaryField()
    body_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "message"], name="one_delivery_of_event")]
        indexes = [
            models.Index(fields=["endpoint", "next_at", "id"], condition=Q(state="waiting"), name="deliveries_to_make"),
            models.Index(fields=["endpoint", "-id"], name="deliveries_of_endpoint"),
            models.Index(fields=["endpoint", "at"], name="deliveries_by_moment"),
            models.Index(fields=["at"], name="age_of_deliveries"),
        ]


class Attempt(models.Model):
    """One try: what the other side answered, or the code of what stood in the way. Latency in milliseconds."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=16, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    latency_ms = models.PositiveIntegerField()
    excerpt = models.CharField(max_length=500, blank=True)
