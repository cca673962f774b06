"""The append-only ledger: entries, their places in the tree, the tree's cached nodes, signed heads.

Database triggers refuse UPDATE, DELETE and TRUNCATE on every table here (migration 0001).
"""

from __future__ import annotations

from django.db import models

from thongquan.base.core.fields import CurrentTransaction, Xid8Field


class Entry(models.Model):
    """What was done, by whom, to what: one row per operation, written in the operation's own transaction.

    `actor` and `subject` are typed references (`user:12`, `declaration:101234567890`); `details` is canonical JSON
    without personal data; `leaf` is the salted hash of all of it (see `encoding`).
    """

    xid = Xid8Field(db_default=CurrentTransaction())
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=128)
    details = models.BinaryField()
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="ledger_order"),
            models.Index(fields=["subject"], name="ledger_subject"),
        ]


class Leaf(models.Model):
    """The place of one entry in the Merkle tree, given by the sealer."""

    index = models.BigIntegerField(primary_key=True)
    # Entries cannot be deleted, so a foreign key check would only write a lock into every entry that is sealed.
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, db_constraint=False, related_name="seal")
    hash = models.BinaryField(max_length=32)


class Node(models.Model):
    """Root of one complete subtree of 2^level leaves (level 1 and up), cached so that a proof reads O(log n) rows."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_ledger_node")]


class Key(models.Model):
    """A public key that signed heads; the private half is a file outside the database."""

    key_id = models.CharField(max_length=16, primary_key=True)
    public = models.BinaryField(max_length=32)
    at = models.DateTimeField()


class Head(models.Model):
    """A signed tree head: `root` over the first `size` entries.

    Every entry of a transaction below `horizon` is in the tree; `previous` is the hash of the head before.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    horizon = Xid8Field()
    previous = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)
