"""Starting the readers of papers: digital words first, then each page without words as a picture, turned if it lies."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from thongquan.base.attachments.reading import answered, read_content, read_leaf
from thongquan.base.attachments.types import PDF
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.signings import Signing, Trusted
from thongquan.clearance.origin.formats.paper.anchors import form_of, is_upside_down
from thongquan.clearance.origin.formats.paper.found import FEWEST
from thongquan.clearance.origin.formats.paper.shape import MAX_PAGES, Asked, Page, Papers, unpacked
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TEXT = "thongquan.clearance.origin.formats.paper.text_child"
SCAN = "thongquan.clearance.origin.formats.paper.ocr_child"
TEXT_SECONDS, SCAN_SECONDS = 60, 240
AS_NEEDED = -1
Progress = Callable[[int, int], None]


def read_paper(
    content: bytes,
    content_type: str,
    *,
    progress: Progress = lambda _done, _all: None,
    trusted: Trusted | None = None,
) -> tuple[list[Page], list[Signing]]:
    """Pages with their words upright, and the signatures of a PDF held against what is `trusted`; `progress` is told
    (pages done, of how many).

    Raises `Refused`: what the reader of attachments says of a file (TQ-ATT-011 to -015), TQ-ORI-074 too many pages.
    """
    reading = read_content(content, content_type)
    if reading.found.fault:
        raise Refused([Fault(code=reading.found.fault, path="file")])
    if content_type != PDF:
        page = _scanned(reading.view)
        progress(1, 1)
        return [page], []
    if (reading.found.pages or 0) > MAX_PAGES:
        values = {"pages": str(reading.found.pages), "limit": str(MAX_PAGES)}
        raise Refused([Fault(code=Code.TQ_ORI_074, path="file", values=values)])
    papers = _said(TEXT, _asked(content, trusted), TEXT_SECONDS)
    pages = []
    for number, page in enumerate(papers.pages, 1):
        pages.append(page if len(page.pieces) >= FEWEST else _scanned_page(content, number))
        progress(number, len(papers.pages))
    return pages, papers.signings


def _asked(content: bytes, trusted: Trusted | None) -> Asked:
    if trusted is None:
        return Asked(content=content)
    return Asked(content=content, roots=trusted.roots, lists=trusted.lists, at=trusted.at.isoformat())


def _scanned_page(content: bytes, number: int) -> Page:
    leaf = read_leaf(content, PDF, number)
    if leaf.fault:
        raise Refused([Fault(code=leaf.fault, path="file")])
    return _scanned(leaf.picture)


def _scanned(picture: bytes) -> Page:
    """A picture of a page, turned upright by its words; once more by a half where its boxes run upward."""
    page = _turned(picture, AS_NEEDED)
    if is_upside_down(form_of([page]), page):
        page = _turned(picture, (page.turned + 180) % 360)
    return page


def _turned(picture: bytes, turn: int) -> Page:
    return _said(SCAN, Asked(content=picture, turn=turn), SCAN_SECONDS).pages[0]


def _said(reader: str, asked: Asked, seconds: float) -> Papers:
    said, fault = answered(msgspec.msgpack.encode(asked), [reader], seconds)
    papers = unpacked(said) if not fault else Papers(fault=fault)
    if papers.fault or not papers.pages:
        raise Refused([Fault(code=papers.fault or Code.TQ_ATT_014, path="file")])
    return papers
