"""The reader of one leaf: a page of a PDF drawn as a picture, a sheet of a workbook as rows.

Run by `reading.run` as `python -I -m thongquan.base.attachments.reading.leaf TYPE PLACE`, behind the same walls as
`child`: the file on its input, the answer on its output.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pypdfium2
import python_calamine
from PIL import Image

from thongquan.base.attachments.reading.limits import confine
from thongquan.base.attachments.reading.shape import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Leaf, packed_leaf
from thongquan.base.attachments.types import PDF, XLSX
from thongquan.rules.codes import Code

LONG_SIDE = 2200
"""Points of the longer side of a drawn page: small print of an invoice is read at twice its size."""
LARGEST_SCALE = 4.0
QUALITY = 82


def page(content: bytes, place: int) -> Leaf:
    """A page of a PDF, counted from one; nothing in it is run and no form is filled."""
    document = pypdfium2.PdfDocument(content)
    sheet = document[place - 1]
    scale = min(LONG_SIDE / max(*sheet.get_size(), 1.0), LARGEST_SCALE)
    drawn = sheet.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=QUALITY)
    return Leaf(picture=out.getvalue())


def sheet(content: bytes, place: int) -> Leaf:
    """A sheet of a workbook, counted from one: values as they stand, formulas by their kept results."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    rows = book.get_sheet_by_index(place - 1).to_python(skip_empty_area=True, nrows=MAX_ROWS + 1)
    told = [[_told(cell) for cell in row[:MAX_COLUMNS]] for row in rows[:MAX_ROWS]]
    return Leaf(rows=told, more=len(rows) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in rows))


def _told(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)[:MAX_CELL]


READERS: dict[str, Callable[[bytes, int], Leaf]] = {PDF: page, XLSX: sheet}


def answer(kind: str, place: int, content: bytes) -> bytes:
    """A leaf, or the code that says why there is none."""
    try:
        return packed_leaf(READERS[kind](content, place))
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        return packed_leaf(Leaf(fault=Code.TQ_ATT_012))
    except Exception:  # whatever a library raises on a hostile file, the file is at fault
        return packed_leaf(Leaf(fault=Code.TQ_ATT_011))


def warm_up() -> None:
    """Draw an empty page: what the libraries load on their first use cannot be loaded inside the walls."""
    Image.preinit()
    blank = pypdfium2.PdfDocument.new()
    blank.new_page(8, 8)
    out = io.BytesIO()
    blank[0].render().to_pil().convert("RGB").save(out, "JPEG")


def main() -> None:
    """Read standard input inside the walls and answer."""
    warm_up()
    confine()
    sys.stdout.buffer.write(answer(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
