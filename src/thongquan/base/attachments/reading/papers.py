"""PDF, workbooks, XML and text: what is in them, in a few words. Runs in the sandbox only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject

from thongquan.base.attachments.reading.shape import MAX_SHEETS, MAX_TEXT, Found, packed
from thongquan.rules.codes import Code

MAX_PAGES = 5000
PAGES_OF_TEXT = 5
MAX_UNPACKED = 200 * 2**20
MAX_ENTRIES = 2000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 2**20
MAX_PART = 4 * 2**20
_ACTIVE = ("/OpenAction", "/AA")
_BROWSER_ROOTS = frozenset({"svg", "html", "math", "stylesheet", "transform"})
_CHUNK = 2**16


def read_pdf(content: bytes) -> bytes:
    """Answer for a PDF: pages, the first words, whether it acts or carries files of its own."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return packed(Found(fault=Code.TQ_ATT_015))
        pages = len(reader.pages)
        if not 0 < pages <= MAX_PAGES:
            return packed(Found(fault=Code.TQ_ATT_011 if not pages else Code.TQ_ATT_012))
        return packed(Found(pages=pages, text=_words(reader, pages), is_active=_acts(reader)))
    except LimitReachedError:
        return packed(Found(fault=Code.TQ_ATT_012))


def _words(reader: PdfReader, pages: int) -> str:
    said = ""
    for place in range(min(pages, PAGES_OF_TEXT)):
        said += reader.pages[place].extract_text() + "\n"
        if len(said) > MAX_TEXT:
            break
    return said.strip()[:MAX_TEXT]


def _acts(reader: PdfReader) -> bool:
    """Scripts, actions on opening, or files inside: shown as a warning, nothing of it is ever run here."""
    root = reader.root_object
    names = root.get("/Names")
    inside = names.get_object() if names is not None else None
    carried = isinstance(inside, DictionaryObject) and ("/JavaScript" in inside or "/EmbeddedFiles" in inside)
    opens = root.get("/OpenAction")
    action = opens.get_object() if opens is not None else None
    return carried or "/AA" in root or (isinstance(action, DictionaryObject) and action.get("/S") != "/GoTo")


def read_workbook(content: bytes) -> bytes:
    """Answer for a workbook: names of its sheets. Sizes are taken from the directory and held while unpacking."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if _greedy(entries):
            return packed(Found(fault=Code.TQ_ATT_012))
        if any("vbaproject" in entry.filename.lower() or "macrosheets" in entry.filename.lower() for entry in entries):
            return packed(Found(fault=Code.TQ_ATT_017))
        for entry in entries:
            if not _keeps_its_word(archive, entry):
                return packed(Found(fault=Code.TQ_ATT_012))
        return packed(Found(sheets=list(_sheets(archive.read("xl/workbook.xml")))[:MAX_SHEETS]))


def _greedy(entries: list[zipfile.ZipInfo]) -> bool:
    """Too many entries, too much inside, an entry that grows too far, or entries that share bytes."""
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return True
    ends = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        grows = entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if grows or entry.header_offset < ends:
            return True
        ends = entry.header_offset + entry.compress_size
    return False


def _keeps_its_word(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is no longer than announced, and whole (its checksum is compared at its end)."""
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > entry.file_size:
                return False
    return True


def _sheets(part: bytes) -> Iterator[str]:
    root = _parsed(part[:MAX_PART])
    for element in root.iter("{*}sheet"):
        yield str(element.get("name") or "")


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentTypeFound
    return root


class DocumentTypeFound(Exception):  # noqa: N818  (it is a finding)
    """The XML declares a document type."""


def read_xml(content: bytes) -> bytes:
    """Answer for XML: its first lines; what browsers would run is TQ-ATT-006, a document type TQ-ATT-005."""
    try:
        root = _parsed(content)
    except DocumentTypeFound:
        return packed(Found(fault=Code.TQ_ATT_005))
    for element in root.iter(tag=etree.Element):
        if etree.QName(element).localname.lower() in _BROWSER_ROOTS:
            return packed(Found(fault=Code.TQ_ATT_006))
    return read_text(content)


def read_text(content: bytes) -> bytes:
    """Answer for text: its first lines."""
    return packed(Found(text=content[: MAX_TEXT * 4].decode("utf-8-sig", "ignore")[:MAX_TEXT]))
