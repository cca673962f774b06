"""Declarations in files: recognized by what they are, not by their names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json
from thongquan.clearance.declarations.formats.content import document_of
from thongquan.clearance.declarations.formats.excel import Workbook, read_workbook
from thongquan.clearance.declarations.formats.wco import read_declaration
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

MAX_BYTES = 10 * 1024 * 1024
JSON, XML = "application/json", "application/xml"
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read: its document, the door it belongs to, and what a server is sent for it."""

    path: str
    document: Document
    source: str
    body: bytes
    media: str
    workbook: Workbook | None = None

    @property
    def key(self) -> str:
        """Idempotency key: the same file sent again is not lodged twice, it gets its first answer."""
        return f"file-{hashlib.sha256(self.body).hexdigest()[:40]}"


def read_paper(path: Path, *, language: str) -> Paper:
    """Read JSON, WCO XML or a filled-in workbook. Raises `Refused` with every fault, OSError without such a file."""
    if path.stat().st_size > MAX_BYTES:
        raise Refused([Fault(code=Code.TQ_FMT_010, values={"limit": str(MAX_BYTES // 2**20)})])
    data = path.read_bytes()
    start = data[:200].lstrip(_MARKS)
    if start.startswith(b"<"):
        document = read_declaration(data).document
        return Paper(path=str(path), document=document, source="wco", body=data, media=XML)
    if data.startswith(b"PK"):
        workbook = read_workbook(data, language=language)
        document = document_of(workbook.content)
        body = msgspec.json.encode(document)
        return Paper(path=str(path), document=document, source="excel", body=body, media=JSON, workbook=workbook)
    if start.startswith((b"{", b"[")):
        document = read_json(data, Document)
        return Paper(path=str(path), document=document, source="cli", body=data, media=JSON)
    raise Refused([Fault(code=Code.TQ_FMT_017, value=path.suffix or path.name)])
