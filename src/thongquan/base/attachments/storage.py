"""Contents in the storage, each under its digest within its owner's folder, and compared with it on the way out."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from thongquan.base.core.errors import Conflict
from thongquan.rules.codes import Code

THUMB, VIEW = "thumb.jpg", "view.jpg"


def place() -> Storage:
    """The storage of the setting `STORAGES["attachments"]`: a directory, or a bucket."""
    return storages["attachments"]


def digest_of(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def key_of(owner: str, sha256: str) -> str:
    """Where a content of an owner stands: `enterprise-0100100100/ab/ab12...`."""
    return f"{owner.replace(':', '-')}/{sha256[:2]}/{sha256}"


def keep(key: str, content: bytes) -> None:
    """Write a content unless it stands there whole; what an interrupted write left behind is written anew."""
    storage = place()
    if storage.exists(key):
        if _read(storage, key) == content:
            return
        storage.delete(key)
    storage.save(key, ContentFile(content))


def content_at(key: str, sha256: str) -> bytes:
    """The content as it was received. Raises `Conflict` (TQ-ATT-016) when the storage gives anything else."""
    storage = place()
    content = _read(storage, key) if storage.exists(key) else b""
    if digest_of(content) != sha256:
        raise Conflict(key, code=Code.TQ_ATT_016)
    return content


def keep_pictures(key: str, thumb: bytes, view: bytes) -> None:
    """Write the pictures made of a content beside it."""
    for name, content in ((THUMB, thumb), (VIEW, view)):
        keep(f"{key}.{name}", content)


def keep_picture(key: str, name: str, content: bytes) -> None:
    """Write one more thing made of a content beside it."""
    keep(f"{key}.{name}", content)


def picture_at(key: str, name: str) -> bytes:
    """What was made of a content under this name; empty when it is not there."""
    storage = place()
    return _read(storage, f"{key}.{name}") if storage.exists(f"{key}.{name}") else b""


def _read(storage: Storage, key: str) -> bytes:
    with storage.open(key, "rb") as file:
        return bytes(file.read())
