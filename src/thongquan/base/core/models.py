"""Realm, outbox and idempotency keys: what every other room stands on."""

from __future__ import annotations

from django.db import models

from thongquan.base.core.fields import CurrentTransaction, Xid8Field


class Realm(models.Model):
    """What this database is: real, practice or sandbox. One row, written at the first migration, never changed."""

    name = models.CharField(max_length=16)
    origin_at = models.DateTimeField()
    identity = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_realm")]


class OutboxMessage(models.Model):
    """What a low room tells the others, written with the change itself and read once its transaction is settled."""

    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    payload = models.BinaryField()
    at = models.DateTimeField()
    xid = Xid8Field(db_default=CurrentTransaction())

    class Meta:
        indexes = [models.Index(fields=["xid", "id"], name="outbox_order")]


class OutboxCursor(models.Model):
    """How far one consumer has read: everything up to (`xid`, `message`) was handled or put aside."""

    consumer = models.CharField(max_length=64, primary_key=True)
    xid = Xid8Field(default=0)
    message = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()


class DeadLetter(models.Model):
    """A message that a consumer could not handle after its tries, kept with the error until someone replays it."""

    consumer = models.CharField(max_length=64)
    message = models.BigIntegerField()
    error = models.TextField()
    at = models.DateTimeField()
    replayed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consumer", "message"], name="one_dead_letter")]


class IdempotencyKey(models.Model):
    """A key a client sent with a request, and what that request did, so that sending it again does nothing new."""

    owner = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    digest = models.BinaryField(max_length=32)
    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_idempotency_key")]
        indexes = [models.Index(fields=["at"], name="idempotency_age")]


class LaneReport(models.Model):
    """How a lane stands in one serving process, written over once a second; `answered` counts the last seconds."""

    process = models.CharField(max_length=64)
    lane = models.CharField(max_length=16)
    in_flight = models.IntegerField()
    waiting = models.IntegerField()
    quota_in_flight = models.IntegerField()
    quota_waiting = models.IntegerField()
    answered = models.IntegerField()
    refused = models.BigIntegerField()
    p50_ms = models.FloatField(null=True)
    p95_ms = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "lane"], name="one_report_of_a_lane")]
