"""Files as their owners gave them, what a sandboxed reader found in them, and what they are attached to.

The content stands in a storage under its digest, once per owner. It is never shared between owners: nobody can learn
by sending a file that somebody else has the same one.
"""

from __future__ import annotations

from django.db import models

LIVE = models.Q(detached_at__isnull=True)


class File(models.Model):
    """One content of one owner (`enterprise:0100100100`, `office:15BB`), and how far it has been read.

    `key` is its place in the storage; `fault` is the code that says why it could not be read.
    """

    owner = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=160)
    name = models.CharField(max_length=160)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    stored_by = models.CharField(max_length=32)
    stored_at = models.DateTimeField()

    state = models.CharField(max_length=12, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=16, blank=True)
    pages = models.PositiveIntegerField(null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    sheets = models.JSONField(default=list)
    is_active = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    has_pictures = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "sha256"], name="one_content_of_owner")]
        indexes = [
            models.Index(fields=["owner", "-stored_at"], name="files_of_owner"),
            models.Index(fields=["owner", "-taken_at"], name="turns_of_owners"),
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="files_to_read"),
        ]


class Attachment(models.Model):
    """A file on a subject (`declaration:101234567890`) as a paper of some kind; taking it away leaves the row.

    `audience` is `everyone` who sees the subject, or `customs` only.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="attachments")
    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    audience = models.CharField(max_length=10)
    attached_by = models.CharField(max_length=32)
    attached_at = models.DateTimeField()
    detached_by = models.CharField(max_length=32, blank=True)
    detached_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "subject", "kind"], condition=LIVE, name="one_live_attachment")
        ]
        indexes = [models.Index(fields=["subject", "id"], name="attachments_of_subject")]


class Unsealing(models.Model):
    """Somebody opened the untouched original of a picture, and why. The words stay here, out of the ledger."""

    file = models.ForeignKey(File, models.PROTECT, related_name="unsealings")
    actor = models.CharField(max_length=32)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
