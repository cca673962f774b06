"""Storing files, putting them on subjects and taking them away, opening sealed originals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from msgspec import structs

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments import permissions, storage
from thongquan.base.attachments.kinds import kinds_on
from thongquan.base.attachments.models import LIVE, Attachment, File, Unsealing
from thongquan.base.attachments.names import safe_name
from thongquan.base.attachments.queries import (
    CUSTOMS,
    EVERYONE,
    Attached,
    StoredFile,
    attached,
    file_for,
    stored,
    stored_on_day,
)
from thongquan.base.attachments.types import type_of
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

OWNER = re.compile(r"(enterprise|office):[0-9A-Za-z-]{1,30}")
MEGABYTE = 2**20
MAX_REASON = 500


def store_file(*, actor: Actor, owner: str, name: str, content: IO[bytes] | bytes, at: datetime) -> StoredFile:
    """Keep a file of an owner (`enterprise:0100100100`, `office:15BB`); what the owner has already is not kept twice.

    Raises `NotAllowed`, and `Refused` with everything that speaks against it: TQ-ATT-001 to -007, -017.
    """
    if not OWNER.fullmatch(owner) or not permissions.can_store(actor, owner):
        raise NotAllowed("attachments.store")
    data = content if isinstance(content, bytes) else content.read(settings.ATTACHMENT_MAX_BYTES + 1)
    content_type = _checked_type(data, name)
    sha256 = storage.digest_of(data)
    key = storage.key_of(owner, sha256)
    with transaction.atomic():
        _wait_for_turn(owner)
        known = File.objects.filter(owner=owner, sha256=sha256).first()
        if known is None:
            _check_day(owner, len(data), at)
        storage.keep(key, data)
        if known is not None:
            return stored(known)
        row = File.objects.create(
            owner=owner,
            sha256=sha256,
            key=key,
            name=safe_name(name, content_type),
            content_type=content_type,
            size=len(data),
            stored_by=actor.reference,
            stored_at=at,
        )
        tell("file.stored", f"file:{row.pk}", actor.reference, at, row)
        return stored(row)


def _checked_type(data: bytes, name: str) -> str:
    if len(data) > settings.ATTACHMENT_MAX_BYTES:
        limit = str(settings.ATTACHMENT_MAX_BYTES // MEGABYTE)
        raise Refused([Fault(code=Code.TQ_ATT_002, path="file", values={"limit": limit})])
    content_type, faults = type_of(data, name)
    if faults:
        raise Refused(faults)
    return content_type


def _wait_for_turn(what: str) -> None:
    """One at a time per owner or subject, so that limits hold and nothing is kept twice."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"attachments {what}"])


def _check_day(owner: str, size: int, at: datetime) -> None:
    files, total = stored_on_day(owner, at)
    if files >= settings.ATTACHMENTS_PER_DAY:
        raise Refused([Fault(code=Code.TQ_ATT_007, path="file", values={"limit": str(settings.ATTACHMENTS_PER_DAY)})])
    if total + size > settings.ATTACHMENT_BYTES_PER_DAY:
        limit = f"{settings.ATTACHMENT_BYTES_PER_DAY // MEGABYTE} MB"
        raise Refused([Fault(code=Code.TQ_ATT_007, path="file", values={"limit": limit})])


def attach(
    *, actor: Actor, file_id: int, subject: str, kind: str, at: datetime, audience: str | None = None
) -> Attached:
    """Put a file of one's own on a subject as a paper of a kind; what is there already stays as it is.

    `audience` is `everyone` who sees the subject or `customs`; files of an office are for customs unless said.
    Raises `NotFound`, `NotAllowed`, `Refused` (TQ-ATT-008, -009).
    """
    permissions.check_sees_subject(actor, subject)
    file = file_for(actor=actor, file_id=file_id)
    _check_may_change(actor, subject, file.owner)
    if kind not in {one.code for one in kinds_on(timezone.localdate(at), "en")}:
        raise Refused([Fault(code=Code.TQ_ATT_009, path="kind", value=kind[:40])])
    if audience not in (EVERYONE, CUSTOMS):
        of_office = file.owner.startswith(f"{permissions.OFFICE}:")
        audience = CUSTOMS if of_office and not permissions.is_shared(subject) else EVERYONE
    with transaction.atomic():
        _wait_for_turn(subject)
        live = Attachment.objects.filter(LIVE, subject=subject).select_related("file")
        known = live.filter(file_id=file_id, kind=kind).first()
        if known is not None:
            return attached(known)
        if live.count() >= settings.ATTACHMENTS_PER_SUBJECT:
            limit = str(settings.ATTACHMENTS_PER_SUBJECT)
            raise Refused([Fault(code=Code.TQ_ATT_008, path="file", values={"limit": limit})])
        row = Attachment.objects.create(
            file_id=file_id,
            subject=subject,
            kind=kind,
            audience=audience,
            attached_by=actor.reference,
            attached_at=at,
        )
        _tell_of("file.attached", row, actor.reference, at)
        return attached(row)


def file_papers(
    *, actor: Actor, subject: str, papers: Sequence[tuple[str, bytes]], kind: str, at: datetime
) -> list[Attached]:
    """Store several files (name, content) and put them on a subject: all of them, or none with every fault of each.

    Raises what `store_file` and `attach` raise, and `Refused` for more than are taken at once (TQ-ATT-010).
    """
    permissions.check_sees_subject(actor, subject)
    if len(papers) > settings.ATTACHMENTS_AT_ONCE:
        limit = str(settings.ATTACHMENTS_AT_ONCE)
        raise Refused([Fault(code=Code.TQ_ATT_010, path="file", values={"limit": limit})])
    if not papers:
        raise Refused([Fault(code=Code.TQ_ATT_001, path="file")])
    owner = permissions.owner_for(actor, subject)
    done: list[Attached] = []
    faults: list[Fault] = []
    with transaction.atomic():
        for name, content in papers:
            try:
                stored_one = store_file(actor=actor, owner=owner, name=name, content=content, at=at)
                done.append(attach(actor=actor, file_id=stored_one.id, subject=subject, kind=kind, at=at))
            except Refused as refused:
                faults += [one for one in _named(refused.faults, name) if one not in faults]
        if faults:
            raise Refused(faults)
    return done


def _named(faults: Sequence[Fault], name: str) -> list[Fault]:
    """Faults of one file of several, each with the name of the file; an unknown kind is one fault of all."""
    return [fault if fault.path == "kind" else structs.replace(fault, path=name[:120]) for fault in faults]


def _check_may_change(actor: Actor, subject: str, owner: str) -> None:
    """Only files of the side one acts for: another enterprise's paper must not reach this subject."""
    if not permissions.can_attach(actor, subject, owner):
        raise NotAllowed("attachments.attach")


def detach(*, actor: Actor, attachment_id: int, at: datetime) -> Attached:
    """Take a file away from its subject; the row stays and customs still sees it. Raises `NotFound`, `NotAllowed`."""
    with transaction.atomic():
        rows = Attachment.objects.select_for_update().filter(LIVE)
        row = rows.filter(pk=attachment_id).first() if 0 < attachment_id < 2**63 else None
        if row is None or not permissions.can_see_subject(actor, row.subject):
            raise NotFound("attachment")
        file_for(actor=actor, file_id=row.file_id)
        _check_may_change(actor, row.subject, row.file.owner)
        row.detached_at, row.detached_by = at, actor.reference
        row.save(update_fields=["detached_at", "detached_by"])
        _tell_of("file.detached", row, actor.reference, at)
        return attached(row)


def open_original(*, actor: Actor, file_id: int, reason: str, at: datetime) -> tuple[StoredFile, bytes]:
    """The untouched original of a picture, with place and device; who opened it and why is kept.

    Raises `NotFound`, `NotAllowed`, `Refused` without a reason (TQ-ATT-018), `Conflict` (TQ-ATT-016).
    """
    found = file_for(actor=actor, file_id=file_id)
    if not permissions.can_unseal(actor, found.owner):
        raise NotAllowed("attachments.unseal")
    words = " ".join(reason.replace("\x00", "").split())[:MAX_REASON]
    if not words:
        raise Refused([Fault(code=Code.TQ_ATT_018, path="reason")])
    with transaction.atomic():
        row = File.objects.get(pk=file_id)
        content = storage.content_at(row.key, row.sha256)
        Unsealing.objects.create(file=row, actor=actor.reference, at=at, reason=words)
        tell("file.unsealed", f"file:{row.pk}", actor.reference, at, row)
    return found, content


def tell(action: str, subject: str, actor: str, at: datetime, row: File, **more: str) -> None:
    """One ledger entry and one message; no names, no words: those could never be erased from the ledger."""
    details = {"file": row.pk, "sha256": row.sha256, "size": row.size, "content_type": row.content_type, **more}
    record(action=action, subject=subject, actor=actor, at=at, details=details)
    announce(kind=action, subject=subject, payload=details, at=at)


def _tell_of(action: str, row: Attachment, actor: str, at: datetime) -> None:
    """On the subject itself, whose entries its trader reads; what is for customs only stands on the file instead."""
    if row.audience == EVERYONE:
        tell(action, row.subject, actor, at, row.file, kind=row.kind)
    else:
        tell(action, f"file:{row.file_id}", actor, at, row.file, kind=row.kind, on=row.subject)
