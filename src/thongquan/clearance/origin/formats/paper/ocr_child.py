"""The reader of scans: one picture of a page to words with their places and certainty. A program of its own.

Its models (Chinese and Latin print) come inside the package and nothing is fetched. They know letters of Vietnamese
without their marks, which come from Tesseract where it is installed (`marks`): what matters is compared folded, and
a person confirms every field.

Run as `python -I -m thongquan.clearance.origin.formats.paper.ocr_child`, an `Asked` on its input.
"""

from __future__ import annotations

import io
import logging
import math
import statistics
import sys
from typing import NamedTuple

import cv2
import msgspec
import numpy as np
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from rapidocr_onnxruntime import RapidOCR

from thongquan.base.attachments.reading.limits import confine
from thongquan.clearance.origin.formats.paper.marks import Gray, Marks, may_have_marks, ready_marks, with_marks
from thongquan.clearance.origin.formats.paper.shape import MAX_PIECES, Asked, Page, Papers, Piece, packed
from thongquan.rules.codes import Code

MEMORY, SECONDS = 4 * 2**30, 120
LONG_SIDE = 2200
MAX_PIXELS = 50_000_000
WIDTH = 1000.0
FORMATS = ("PNG", "JPEG", "WEBP")
LOADED = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
"""Named so that they are loaded: inside the walls nothing can be imported any more."""
LONG_WORD = 4
MOST_LOOKED_AT, SURE_ENOUGH = 15, 0.8
DOUBTED = 0.6
Corner = tuple[float, float]
Quad = list[Corner]
Lines = list[tuple[Quad, str, float]]
MARGIN, TALL, LARGEST = 0.18, 40, 4.0
"""The margin around a line as a share of its height; points it is enlarged to, and how many times at most."""


class Readers(NamedTuple):
    """The reader of print, and that of marks where the system has it."""

    engine: RapidOCR
    marks: Marks | None = None


def read_picture(readers: Readers, asked: Asked) -> Page:
    """The pieces of a picture turned as asked (below zero: as it needs), a small slant taken out."""
    engine = readers.engine
    with Image.open(io.BytesIO(asked.content), formats=FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.thumbnail((LONG_SIDE, LONG_SIDE))
        plain = picture.convert("RGB")
    turn = _turn_of(engine, plain) if asked.turn < 0 else asked.turn
    upright = plain.rotate(-turn, expand=True)
    found, _times = engine(np.asarray(upright)[:, :, ::-1])
    lines = [([(float(x), float(y)) for x, y in quad], text, float(sure)) for quad, text, sure in found or []]
    if readers.marks is not None:
        lines = _marked(readers.marks, lines, np.asarray(upright.convert("L")))
    slant = _slant([quad for quad, text, _sure in lines if len(text) > LONG_WORD])
    pieces = [_piece(quad, text, sure, slant, upright.size) for quad, text, sure in lines[:MAX_PIECES]]
    return Page(pieces=pieces, turned=turn % 360)


def _marked(marks: Marks, lines: Lines, page: Gray) -> Lines:
    """The lines with the marks that a second look sees, less sure where it sees other figures."""
    found: Lines = []
    for quad, text, sure in lines[:MAX_PIECES]:
        told, agreed = text, True
        if may_have_marks(text):
            told, agreed = with_marks(text, marks.line(_upright_strip(page, quad)))
        found.append((quad, told, sure if agreed else sure * DOUBTED))
    return found


def _upright_strip(page: Gray, quad: Quad) -> Gray:
    """A line cut out along its own slant with a margin, at least `TALL` points high."""
    corners = np.array(quad, np.float32)
    wide, high = float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0]))
    along, down = (corners[1] - corners[0]) / max(wide, 1.0), (corners[3] - corners[0]) / max(high, 1.0)
    margin, scale = MARGIN * high, min(max(1.0, TALL / max(high, 1.0)), LARGEST)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    outer = [corner + margin * (x * along + y * down) for corner, (x, y) in zip(corners, signs, strict=True)]
    size = (max(int((wide + 2 * margin) * scale), 1), max(int((high + 2 * margin) * scale), 1))
    inner = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    turned = cv2.getPerspectiveTransform(np.array(outer, np.float32), inner)
    strip = cv2.warpPerspective(page, turned, size, flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(strip, np.uint8)


def _turn_of(engine: RapidOCR, plain: Image.Image) -> int:
    """Degrees clockwise that make the page stand upright, told by where its words run and by which end is up."""
    quads = _quads(engine, plain)
    tall = [quad for quad in quads if _side(quad, 1) > 2 * _side(quad, 0)]
    turn = 90 if len(tall) * 2 > len(quads) else 0
    upright = plain.rotate(-turn, expand=True)
    wide = sorted(_quads(engine, upright) if turn else quads, key=lambda quad: -_side(quad, 0))[:MOST_LOOKED_AT]
    strips = [_strip(upright, quad) for quad in wide]
    if not strips:
        return turn
    _turned, labels, _time = engine.text_cls(strips)
    over = [label for label, sure in labels if label == "180" and sure > SURE_ENOUGH]
    return turn + 180 if len(over) * 2 > len(strips) else turn


def _quads(engine: RapidOCR, plain: Image.Image) -> list[Quad]:
    """Where words stand, without reading them."""
    found, _times = engine(np.asarray(plain)[:, :, ::-1], use_cls=False, use_rec=False)
    return [[(float(x), float(y)) for x, y in quad] for quad in found or []]


def _strip(plain: Image.Image, quad: Quad) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    across, down = [x for x, _y in quad], [y for _x, y in quad]
    cut = plain.crop((int(min(across)), int(min(down)), int(max(across)) + 1, int(max(down)) + 1))
    return np.ascontiguousarray(np.asarray(cut)[:, :, ::-1])


def _side(quad: Quad, axis: int) -> float:
    return max(point[axis] for point in quad) - min(point[axis] for point in quad)


def _slant(quads: list[Quad]) -> float:
    """The slant of the lines in radians; none where there are too few to tell or it is no small one."""
    angles = [math.atan2(quad[1][1] - quad[0][1], quad[1][0] - quad[0][0]) for quad in quads if _side(quad, 0) > 120]
    middle = statistics.median(angles) if len(angles) > 2 else 0.0
    return middle if abs(middle) < 0.15 else 0.0


def _piece(quad: Quad, text: str, sure: float, slant: float, size: tuple[int, int]) -> Piece:
    wide, high = size
    sine, cosine = math.sin(-slant), math.cos(slant)
    points = [
        ((x - wide / 2) * cosine - (y - high / 2) * sine, (x - wide / 2) * sine + (y - high / 2) * cosine)
        for x, y in quad
    ]
    scale = WIDTH / wide
    across = [(x + wide / 2) * scale for x, _y in points]
    down = [(y + high / 2) * scale for _x, y in points]
    return Piece(text, min(across), min(down), max(across), max(down), sure)


def answer(readers: Readers, said: bytes) -> bytes:
    """One page, or the code that says why nothing is known of it."""
    try:
        return packed(Papers(pages=[read_picture(readers, msgspec.msgpack.decode(said, type=Asked))]))
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        return packed(Papers(fault=Code.TQ_ATT_012))
    except Exception:  # whatever a library raises on a hostile picture, the picture is at fault
        return packed(Papers(fault=Code.TQ_ATT_011))


def ready_readers() -> Readers:
    """The readers with all they will ever load, on one thread: inside the walls no other can begin."""
    cv2.setNumThreads(1)
    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
    readers = Readers(engine, ready_marks())
    plain = np.full((120, 400, 3), 255, np.uint8)
    cv2.putText(plain, "FORM E", (20, 80), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    Image.init()
    for kind in FORMATS:
        out = io.BytesIO()
        Image.fromarray(plain).save(out, kind)
        read_picture(readers, Asked(content=out.getvalue(), turn=-1))
    return readers


def main() -> None:
    """Read standard input inside the walls and answer."""
    logging.disable()
    readers = ready_readers()
    confine(memory=MEMORY, seconds=SECONDS)
    sys.stdout.buffer.write(answer(readers, sys.stdin.buffer.read()))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
