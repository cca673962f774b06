"""The reader of digital papers: words with their places, and the signatures of a PDF. A program of its own.

Run as `python -I -m thongquan.clearance.origin.formats.paper.text_child`, an `Asked` on its input; it gives up
everything a reader does not need before it looks at a byte of it (`base.attachments.reading.limits`).
"""

from __future__ import annotations

import asyncio
import contextlib
import encodings
import importlib
import io
import logging
import pkgutil
import sys
from collections.abc import Iterator
from datetime import datetime

import asn1crypto
import cryptography
import msgspec
import pdfminer
import pdfplumber
import pypdfium2
from pdfminer.cmapdb import CMapDB
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from thongquan.base.attachments.reading.limits import confine
from thongquan.base.signatures.papers import signings_in, trust_in
from thongquan.base.signatures.signings import Signing
from thongquan.clearance.origin.formats.paper.shape import MAX_PAGES, MAX_PIECES, Asked, Page, Papers, Piece, packed
from thongquan.rules.codes import Code

MEMORY, SECONDS = 2**30, 30
WIDTH = 1000.0
_loop = asyncio.new_event_loop()
"""Made at the start: inside the walls none can be opened."""
MAPS = ("Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1")
ENCODINGS = ("GBK-EUC-H", "UniGB-UCS2-H", "UniGB-UTF16-H", "GB-EUC-H", "GBKp-EUC-H", "GBK2K-H")


def read_papers(asked: Asked) -> Papers:
    """Words of each page, thousandths of its width; TQ-ATT-015 locked, TQ-ORI-074 too many pages."""
    try:
        with pdfplumber.open(io.BytesIO(asked.content)) as document:
            if len(document.pages) > MAX_PAGES:
                return Papers(fault=Code.TQ_ORI_074)
            pages = [Page(pieces=list(_pieces(page))) for page in document.pages]
    except PdfminerException as error:
        locked = error.args and isinstance(error.args[0], PDFPasswordIncorrect)
        return Papers(fault=Code.TQ_ATT_015 if locked else Code.TQ_ATT_011)
    return Papers(pages=pages, signings=_signings(asked) if asked.at else [])


def _signings(asked: Asked) -> list[Signing]:
    trust = trust_in(asked.roots, datetime.fromisoformat(asked.at), others=asked.others, lists=asked.lists)
    return signings_in(asked.content, trust, _loop)


def _pieces(page: pdfplumber.page.Page) -> Iterator[Piece]:
    scale = WIDTH / float(page.width or WIDTH)
    words = page.extract_words(keep_blank_chars=True, x_tolerance=3, y_tolerance=2)
    for word in words[:MAX_PIECES]:
        places = (float(word[name]) * scale for name in ("x0", "top", "x1", "bottom"))
        yield Piece(str(word["text"]), *places)


def load_whole_libraries() -> None:
    """What libraries load at their first need: inside the walls no file can be opened any more."""
    for library in (pdfminer, asn1crypto, cryptography, encodings):
        for part in pkgutil.walk_packages(library.__path__, f"{library.__name__}."):
            with contextlib.suppress(Exception):
                importlib.import_module(part.name)
    for name in MAPS:
        with contextlib.suppress(Exception):
            CMapDB.get_unicode_map(name)
    for name in ENCODINGS:
        with contextlib.suppress(Exception):
            CMapDB.get_cmap(name)
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(100, 100)
    out = io.BytesIO()
    blank.save(out)
    read_papers(Asked(content=out.getvalue()))


def answer(said: bytes) -> bytes:
    """What the paper holds, or the code that says why nothing is known of it."""
    try:
        return packed(read_papers(msgspec.msgpack.decode(said, type=Asked)))
    except (MemoryError, RecursionError):
        return packed(Papers(fault=Code.TQ_ATT_012))
    except Exception:  # whatever a parser raises on a hostile file, the file is at fault
        return packed(Papers(fault=Code.TQ_ATT_011))


def main() -> None:
    """Read standard input inside the walls and answer."""
    logging.disable()
    load_whole_libraries()
    confine(memory=MEMORY, seconds=SECONDS)
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
