"""What a file is, by its content and never by its name: cheap checks of bytes, nothing is parsed here.

What only a parser can tell (a damaged page, a bomb, an SVG behind tricks) is found later in the sandbox, `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import filetype

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XML, TEXT, CSV = "application/xml", "text/plain", "text/csv"
PICTURES = frozenset({PNG, JPEG, WEBP})
EXTENSIONS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    WEBP: (".webp",),
    XLSX: (".xlsx",),
    XML: (".xml",),
    TEXT: (".txt",),
    CSV: (".csv",),
}
ACCEPTED = ", ".join(name.upper() for name in ("pdf", "png", "jpeg", "webp", "xlsx", "xml", "txt", "csv"))

_SPEAKS_FIRST = 1024
_ZIP_END = b"PK\x05\x06\0\0\0\0"
_ZIP_END_SIZE, _ZIP_COMMENT = 22, 0xFFFF
_BOM = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_BEFORE_ROOT = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|math|template|foreignobject|meta|link|style)\b", re.I
)
_BROWSER_ROOTS = frozenset({b"svg", b"html", b"xhtml", b"math", b"stylesheet", b"transform", b"script", b"body"})
_BROWSER_MARKS = (
    *(b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xhtml", b"http://www.w3.org/1999/xsl"),
    *(b"<!doctype html", b"<!doctype svg", b"<?xml-stylesheet"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13}) + b"\x7f"


def type_of(content: bytes, name: str) -> tuple[str, list[Fault]]:
    """The content type and everything that speaks against taking the file; the type is empty when it is none of ours.

    `name` only tells CSV from other text. Codes: TQ-ATT-001 empty, -003 kind not taken, -004 two kinds at once,
    -005 XML with a document type, -006 markup that browsers run, -017 macros.
    """
    if not content:
        return "", [Fault(code=Code.TQ_ATT_001, path="file")]
    guess = filetype.guess(content[:8192])
    mime = guess.mime if guess else ""
    if mime in PICTURES or (mime == PDF and content.startswith(b"%PDF-")):
        return mime, list(_two_at_once(content, mime))
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if mime:
        return "", [_not_taken(mime)]
    return _written(content, name)


def _not_taken(found: str) -> Fault:
    return Fault(code=Code.TQ_ATT_003, path="file", value=found, values={"accepted": ACCEPTED})


def _two_at_once(content: bytes, mime: str) -> Iterator[Fault]:
    """A file that other programs take for an archive or for a PDF as well."""
    if _ends_as_archive(content):
        yield Fault(code=Code.TQ_ATT_004, path="file", value=f"{mime} + zip")
    if mime != PDF and b"%PDF-" in content[:_SPEAKS_FIRST]:
        yield Fault(code=Code.TQ_ATT_004, path="file", value=f"{mime} + {PDF}")


def _ends_as_archive(content: bytes) -> bool:
    """Whether an archive's directory end stands where programs look for it: in the last 64 KB."""
    return _ZIP_END in content[-(_ZIP_END_SIZE + _ZIP_COMMENT) :]


def _workbook(content: bytes) -> tuple[str, list[Fault]]:
    """A zip that names a workbook's parts; names stand uncompressed in its headers."""
    if b"xl/workbook.xml" not in content or b"[Content_Types].xml" not in content or not _ends_as_archive(content):
        return "", [_not_taken("application/zip")]
    if re.search(rb"vbaProject|xl/macrosheets/", content, re.I):
        return XLSX, [Fault(code=Code.TQ_ATT_017, path="file")]
    if b"%PDF-" in content[:_SPEAKS_FIRST]:
        return XLSX, [Fault(code=Code.TQ_ATT_004, path="file", value=f"{XLSX} + {PDF}")]
    return XLSX, []


def _written(content: bytes, name: str) -> tuple[str, list[Fault]]:
    """XML or plain text, both in UTF-8 without control characters."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "", [_not_taken("application/octet-stream")]
    if content.translate(None, _CONTROLS) != content:
        return "", [_not_taken("application/octet-stream")]
    text = content.removeprefix(_BOM)
    if text.lstrip().startswith(b"<"):
        return XML, list(_xml_faults(text))
    if _MARKUP.search(text[: 64 * _SPEAKS_FIRST]):
        return TEXT, [Fault(code=Code.TQ_ATT_006, path="file", value="HTML")]
    return (CSV if name.lower().endswith(".csv") else TEXT), list(_two_at_once(content, TEXT))


def _xml_faults(text: bytes) -> Iterator[Fault]:
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        yield Fault(
            code=Code.TQ_ATT_003, path="file", value=f"XML, {declared[1].decode()}", values={"accepted": "UTF-8"}
        )
    root = _root_of(text)
    lowered = text.lower()
    if root in _BROWSER_ROOTS or any(mark in lowered for mark in _BROWSER_MARKS):
        yield Fault(code=Code.TQ_ATT_006, path="file", value=(root or b"?").decode("ascii", "replace"))
    elif b"<!doctype" in lowered or b"<!entity" in lowered:
        yield Fault(code=Code.TQ_ATT_005, path="file")
    elif not root:
        yield _not_taken("text/html")
    if _ends_as_archive(text):
        yield Fault(code=Code.TQ_ATT_004, path="file", value=f"{XML} + zip")


def _root_of(text: bytes) -> bytes:
    """Local name of the first element, lower case; empty when none stands where it must."""
    at = _past_prolog(text, 0)
    if text[at : at + 9].lower() == b"<!doctype":  # refused anyway; what stands behind it only names the reason
        at = _past_prolog(text, text.find(b">", at) + 1)
    root = _ROOT.match(text, at)
    return root[1].lower() if root else b""


def _past_prolog(text: bytes, at: int) -> int:
    while found := _BEFORE_ROOT.match(text, at):
        at = found.end()
    return at
