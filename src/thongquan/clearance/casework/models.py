"""Notes among officers, questions of traders to the office, and who looks at a declaration now.

Words of notes and messages stay in these tables and can be erased; the ledger has salted digests of them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Note(models.Model):
    """A note of an officer on a declaration, for customs only. The database refuses any change but a withdrawal."""

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="+")
    office = models.CharField(max_length=6)
    text = models.TextField()
    salt = models.BinaryField(max_length=16)
    written_by = models.CharField(max_length=32)
    written_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=32, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["declaration", "id"], name="notes_of_declaration")]


class Mention(models.Model):
    """An officer named in a note, and when they had dealt with it."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="mentions")
    officer = models.CharField(max_length=32)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "officer"], name="one_mention")]
        indexes: ClassVar = [
            models.Index(fields=["officer", "id"], condition=Q(done_at=None), name="mentions_of_officer")
        ]


class Thread(models.Model):
    """A question to the office on a declaration. `due_at` is when the office should have answered; null when no answer
    is awaited or no parameter says how long it may take.
    """

    declaration = models.ForeignKey("declarations.Declaration", models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    office = models.CharField(max_length=6)
    tax_code = models.CharField(max_length=14)
    trader_name = models.CharField(max_length=300)
    topic = models.CharField(max_length=120)
    state = models.CharField(max_length=8)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "state", "due_at", "id"], name="threads_of_office"),
            models.Index(fields=["tax_code", "state", "-moved_at"], name="threads_of_trader"),
            models.Index(fields=["declaration", "id"], name="threads_of_declaration"),
        ]


class Message(models.Model):
    """What was said in a thread: `step` and `side` as in `states`."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    step = models.CharField(max_length=8)
    side = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    salt = models.BinaryField(max_length=16)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()


class Presence(models.Model):
    """Who looks at a declaration now; an unlogged table that may be lost. `key` is the declaration's eleven digits."""

    key = models.BigIntegerField()
    officer = models.CharField(max_length=32)
    work = models.CharField(max_length=8, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "officer"], name="one_presence")]
        indexes: ClassVar = [models.Index(fields=["officer"], name="presence_of_officer")]
