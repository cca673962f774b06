"""Pages and sheets of files, drawn when somebody first looks at them and kept beside the content."""

from __future__ import annotations

from threading import BoundedSemaphore

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.attachments import queries, storage
from thongquan.base.attachments.queries import StoredFile
from thongquan.base.attachments.reading import Leaf, read_leaf
from thongquan.base.attachments.states import State
from thongquan.base.attachments.types import PDF, PICTURES, XLSX
from thongquan.base.core.errors import Conflict, NotFound

AT_ONCE, PATIENCE_SECONDS = 2, 20
_turns = BoundedSemaphore(AT_ONCE)
"""At most two readers per process of the web: whoever pages quickly waits, and the others are served."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The first rows of a sheet; `fault` is a code when it could not be read."""

    rows: list[list[str]] = []
    more: bool = False
    fault: str = ""


def pages_of(file: StoredFile) -> int:
    """How many pages can be looked at one by one: those of a PDF, the sheets of a workbook; a picture is one."""
    if file.state != State.READ:
        return 0
    if file.content_type == PDF:
        return file.pages or 0
    return len(file.sheets) if file.content_type == XLSX else 1


def page_picture(*, actor: Actor, file_id: int, place: int) -> bytes:
    """A page of a PDF as JPEG. Raises `NotFound` for what is not seen or cannot be drawn, `Conflict` when too many
    are being drawn.
    """
    return drawn_page(_looked_at(actor, file_id, PDF, place), place)


def drawn_page(found: StoredFile, place: int) -> bytes:
    """The same for rooms that have asked on their own whether the reader may see it: a page, or the picture itself."""
    key, name = storage.key_of(found.owner, found.sha256), f"page-{place}.jpg"
    if found.content_type in PICTURES:
        return storage.picture_at(key, storage.VIEW)
    kept = storage.picture_at(key, name)
    if not kept:
        kept = _drawn(found, place).picture
        if not kept:
            raise NotFound("page")
        storage.keep_picture(key, name, kept)
    return kept


def sheet_rows(*, actor: Actor, file_id: int, place: int) -> Sheet:
    """The first rows of a sheet of a workbook. Raises as `page_picture`, but tells a fault of reading."""
    found = _looked_at(actor, file_id, XLSX, place)
    key, name = storage.key_of(found.owner, found.sha256), f"sheet-{place}.json"
    kept = storage.picture_at(key, name)
    if kept:
        return msgspec.json.decode(kept, type=Sheet)
    leaf = _drawn(found, place)
    sheet = Sheet(rows=leaf.rows, more=leaf.more, fault=leaf.fault)
    if not leaf.fault:
        storage.keep_picture(key, name, msgspec.json.encode(sheet))
    return sheet


def _looked_at(actor: Actor, file_id: int, content_type: str, place: int) -> StoredFile:
    found = queries.file_for(actor=actor, file_id=file_id)
    if found.content_type != content_type or not 1 <= place <= pages_of(found):
        raise NotFound("page")
    return found


def _drawn(found: StoredFile, place: int) -> Leaf:
    content = storage.content_at(storage.key_of(found.owner, found.sha256), found.sha256)
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise Conflict("attachments.readers")
    try:
        return read_leaf(content, found.content_type, place)
    finally:
        _turns.release()
