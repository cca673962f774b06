"""The reader: a program of its own, told the type, given one file on its input, answering on its output.

Run by `reading.run` as `python -I -m thongquan.base.attachments.reading.child TYPE`, without environment.
"""

from __future__ import annotations

import contextlib
import encodings
import errno
import importlib
import pkgutil
import sys
from collections.abc import Callable

import pypdf
from PIL import Image

from thongquan.base.attachments.reading.limits import confine
from thongquan.base.attachments.reading.papers import read_pdf, read_text, read_workbook, read_xml
from thongquan.base.attachments.reading.pictures import read_picture
from thongquan.base.attachments.reading.shape import Found, packed
from thongquan.base.attachments.types import CSV, JPEG, PDF, PNG, TEXT, WEBP, XLSX, XML
from thongquan.rules.codes import Code

READERS: dict[str, Callable[[bytes], bytes]] = {
    PDF: read_pdf,
    PNG: read_picture,
    JPEG: read_picture,
    WEBP: read_picture,
    XLSX: read_workbook,
    XML: read_xml,
    TEXT: read_text,
    CSV: read_text,
}
TOO_MUCH = (MemoryError, RecursionError, Image.DecompressionBombError)


def answer(kind: str, content: bytes) -> bytes:
    """What a file holds, or the code that says why nothing is known of it."""
    try:
        return READERS[kind](content)
    except TOO_MUCH:
        return packed(Found(fault=Code.TQ_ATT_012))
    except Exception as error:  # whatever a parser raises on a hostile file, the file is at fault
        ours = isinstance(error, ImportError) or getattr(error, "errno", None) == errno.EMFILE
        return packed(Found(fault=Code.TQ_ATT_014 if ours else Code.TQ_ATT_011))


def load_whole_libraries() -> None:
    """Everything that libraries would only load when they meet a need for it: inside the walls it is too late."""
    for library in (pypdf, encodings):
        for part in pkgutil.walk_packages(library.__path__, f"{library.__name__}."):
            with contextlib.suppress(ImportError):
                importlib.import_module(part.name)
    Image.preinit()


def main() -> None:
    """Read standard input inside the walls and answer."""
    load_whole_libraries()
    confine()
    sys.stdout.buffer.write(answer(sys.argv[1], sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
