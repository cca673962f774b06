"""A declaration of the demo enterprise, and people who send files for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.attachments import made
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.base.accounts.queries import Actor, system_actor
from thongquan.base.attachments.operations import attach, read_next, store_file
from thongquan.base.attachments.queries import Attached, StoredFile
from thongquan.base.core.clock import now

OWN, OTHER = f"enterprise:{ENTERPRISE}", f"enterprise:{OTHER_ENTERPRISE}"


def lodged(customs: World, **changes: Any) -> str:
    """The subject of a fresh declaration of the demo enterprise at Hữu Nghị."""
    body = as_json(import_document(**changes))
    answer = customs.api("declarant").post("/api/v1/declarations/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()
    return f"declaration:{answer.json()['number']}"


def kept(customs: World, content: bytes = b"", *, name: str = "hóa đơn.pdf", at: datetime | None = None) -> StoredFile:
    """A file of the demo enterprise."""
    actor = customs.actor("declarant")
    return store_file(actor=actor, owner=OWN, name=name, content=content or made.pdf(), at=at or now())


def put(customs: World, subject: str, content: bytes = b"", *, kind: str = "INV") -> Attached:
    """A file of the demo enterprise on a declaration."""
    file = kept(customs, content)
    return attach(actor=customs.actor("declarant"), file_id=file.id, subject=subject, kind=kind, at=now())


def other_enterprise() -> Actor:
    """Someone of another enterprise."""
    return system_actor("other", enterprises=[OTHER_ENTERPRISE])


def read_all() -> None:
    """Let the reader come to everything."""
    while read_next(at=now()):
        pass


def upload(content: bytes = b"", name: str = "hóa đơn.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content or made.pdf())
