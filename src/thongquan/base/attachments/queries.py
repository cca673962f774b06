"""Files and what they are attached to, as typed frozen values within the actor's scope."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments import permissions, storage
from thongquan.base.attachments.models import LIVE, Attachment, File
from thongquan.base.attachments.states import State
from thongquan.base.attachments.types import PICTURES
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.rules.decision import Fault

EVERYONE, CUSTOMS = "everyone", "customs"
REUSED = 50


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an owner and what the reader found in it. `size` in bytes; `fault` is a code when unreadable."""

    id: int
    owner: str
    sha256: str
    size: int
    content_type: str
    name: str
    stored_at: datetime
    state: str
    fault: str = ""
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    sheets: list[str] = []
    is_active: bool = False
    text: str = ""
    has_pictures: bool = False

    @property
    def is_picture(self) -> bool:
        """Whether it is shown by a copy without place and device."""
        return self.content_type in PICTURES

    @property
    def why(self) -> Fault | None:
        """Why it could not be read."""
        return Fault(code=self.fault, path="file") if self.fault else None


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A file on a subject as a paper of a kind."""

    id: int
    subject: str
    kind: str
    audience: str
    attached_by: str
    attached_at: datetime
    detached_at: datetime | None
    file: StoredFile


_FIELDS = [field.name for field in msgspec.structs.fields(StoredFile)]


def stored(row: File) -> StoredFile:
    """A row as others know it."""
    return StoredFile(**{name: getattr(row, name) for name in _FIELDS})


def attached(row: Attachment) -> Attached:
    """A row as others know it."""
    names = [field.name for field in msgspec.structs.fields(Attached) if field.name != "file"]
    return Attached(file=stored(row.file), **{name: getattr(row, name) for name in names})


def files_of(subject: str) -> list[Attached]:
    """Everything attached to a subject now, oldest first: for rooms and handlers, whoever is allowed to ask."""
    return [attached(row) for row in _on(subject).filter(LIVE)]


def attached_files(*, actor: Actor, subject: str) -> list[Attached]:
    """What this person may see on a subject, oldest first; customs also sees what was taken away. Raises `NotFound`."""
    permissions.check_sees_subject(actor, subject)
    return [attached(row) for row in _on(subject) if _reads(actor, row)]


def file_for(*, actor: Actor, file_id: int) -> StoredFile:
    """A file this person may see: their own, or one on a subject they see. Raises `NotFound` for every other."""
    row = _within(File.objects.all(), file_id)
    if row is None or not _sees(actor, row):
        raise NotFound("file")
    return stored(row)


def subjects_of(*, actor: Actor, file_id: int) -> list[Attached]:
    """Where a file is attached, as far as this person sees those subjects."""
    rows = Attachment.objects.filter(LIVE, file_id=file_id).select_related("file").order_by("id")
    return [attached(row) for row in rows if _reads(actor, row) and permissions.can_see_subject(actor, row.subject)]


def files_of_owner(*, actor: Actor, owner: str, limit: int = REUSED) -> list[StoredFile]:
    """The newest files of an owner, for using one again. Raises `NotAllowed` when they are not this person's own."""
    if not permissions.can_see_owner(actor, owner):
        raise NotAllowed("attachments.view")
    return [stored(row) for row in File.objects.filter(owner=owner).order_by("-stored_at", "-id")[:limit]]


def handed_out(*, actor: Actor, file_id: int) -> tuple[StoredFile, bytes]:
    """A file to take away: a picture without place and device, unless it is the enterprise's own; all else as received.

    Raises `NotFound`; `Conflict` while a picture has no such copy, and when the storage is damaged (TQ-ATT-016).
    """
    found = file_for(actor=actor, file_id=file_id)
    key = storage.key_of(found.owner, found.sha256)
    if not found.is_picture or is_own_enterprise(actor, found):
        return found, storage.content_at(key, found.sha256)
    if not found.has_pictures:
        raise Conflict("attachments.copy")
    return msgspec.structs.replace(found, content_type="image/jpeg"), storage.picture_at(key, storage.VIEW)


def picture_of(*, actor: Actor, file_id: int, name: str) -> bytes:
    """A picture made of a file (`thumb.jpg`, `view.jpg`). Raises `NotFound`, also when there is none."""
    found = file_for(actor=actor, file_id=file_id)
    if not found.has_pictures or name not in (storage.THUMB, storage.VIEW):
        raise NotFound("picture")
    return storage.picture_at(storage.key_of(found.owner, found.sha256), name)


def content_of(file_id: int) -> tuple[StoredFile, bytes]:
    """A file as it was received: for rooms and their tasks, whoever may ask. Raises `NotFound`, `Conflict`."""
    row = _within(File.objects.all(), file_id)
    if row is None:
        raise NotFound("file")
    return stored(row), storage.content_at(row.key, row.sha256)


def stored_on_day(owner: str, at: datetime) -> tuple[int, int]:
    """How many files, and how many bytes, an owner stored on the local day."""
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = File.objects.filter(owner=owner, stored_at__gte=start, stored_at__lt=start + timedelta(days=1))
    sums = rows.aggregate(files=Count("id"), size=Sum("size"))
    return sums["files"], sums["size"] or 0


def count_waiting() -> int:
    """Files that the reader has not come to yet."""
    return File.objects.filter(state=State.WAITING).count()


def _on(subject: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject=subject).select_related("file").order_by("id")


def _within(rows: QuerySet[File], file_id: int) -> File | None:
    return rows.filter(pk=file_id).first() if 0 < file_id < 2**63 else None


def _reads(actor: Actor, row: Attachment) -> bool:
    """Whether an attachment on a subject that the actor sees is for this actor."""
    if permissions.is_customs(actor):
        return True
    return row.detached_at is None and (row.audience == EVERYONE or permissions.can_see_owner(actor, row.file.owner))


def _sees(actor: Actor, row: File) -> bool:
    if permissions.can_see_owner(actor, row.owner):
        return True
    rows = row.attachments.select_related("file")
    return any(_reads(actor, one) and permissions.can_see_subject(actor, one.subject) for one in rows)


def is_own_enterprise(actor: Actor, found: StoredFile) -> bool:
    """Whether this person's own enterprise gave the file."""
    return found.owner.startswith(f"{permissions.ENTERPRISE}:") and permissions.can_see_owner(actor, found.owner)
