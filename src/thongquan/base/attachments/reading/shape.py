"""What a reader tells: the only words between the sandbox and the program."""

from __future__ import annotations

import msgspec

MAX_TEXT = 4000
MAX_SHEETS = 50
MAX_SHEET_NAME = 60
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 200, 40, 200
HEAD = 4
"""Bytes of each length that stands before a part of the answer."""


class Found(msgspec.Struct, kw_only=True):
    """What a file holds. `fault` is a code (TQ-ATT-...) when it could not be read; then the rest is empty."""

    fault: str = ""
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    sheets: list[str] = []
    is_active: bool = False
    text: str = ""


class Reading(msgspec.Struct, kw_only=True):
    """What was found with the pictures made of it, as JPEG without any metadata; empty when there are none."""

    found: Found
    thumb: bytes = b""
    view: bytes = b""


class Leaf(msgspec.Struct, kw_only=True):
    """One page of a PDF as a JPEG, or one sheet of a workbook as its first rows; `more` rows stand in the file."""

    fault: str = ""
    rows: list[list[str]] = []
    more: bool = False
    picture: bytes = b""


def packed(found: Found, thumb: bytes = b"", view: bytes = b"") -> bytes:
    """An answer as it goes through the pipe: length and bytes of each part."""
    return _joined(msgspec.json.encode(found), thumb, view)


def unpacked(said: bytes) -> Reading:
    """An answer read back, trusting nothing in it. Raises ValueError for anything that is not an answer."""
    told, thumb, view = _parted(said, 3)
    return Reading(found=_bounded(msgspec.json.decode(told, type=Found)), thumb=thumb, view=view)


def packed_leaf(leaf: Leaf) -> bytes:
    """The same of a leaf."""
    words = msgspec.structs.replace(leaf, picture=b"")
    return _joined(msgspec.json.encode(words), leaf.picture)


def unpacked_leaf(said: bytes) -> Leaf:
    """A leaf read back, within its bounds. Raises ValueError for anything that is not a leaf."""
    told, picture = _parted(said, 2)
    leaf = msgspec.json.decode(told, type=Leaf)
    rows = [[_cell(cell) for cell in row[:MAX_COLUMNS]] for row in leaf.rows[:MAX_ROWS]]
    return Leaf(fault=leaf.fault[:16], rows=rows, more=leaf.more, picture=picture)


def _cell(text: str) -> str:
    return text.replace("\x00", "")[:MAX_CELL]


def _joined(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(HEAD, "big") + part for part in parts)


def _parted(said: bytes, count: int) -> list[bytes]:
    """The parts of an answer: words, then pictures. Raises ValueError for anything else."""
    parts: list[bytes] = []
    at = 0
    for _ in range(count):
        size = int.from_bytes(said[at : at + HEAD], "big")
        part = said[at + HEAD : at + HEAD + size]
        if len(part) != size or len(said) < at + HEAD:
            raise ValueError("an answer was cut off")
        parts.append(part)
        at += HEAD + size
    if at != len(said) or not all(picture[:3] in (b"", b"\xff\xd8\xff") for picture in parts[1:]):
        raise ValueError("an answer holds more than it may")
    return parts


def _bounded(found: Found) -> Found:
    """Figures a column takes and texts without NUL, whatever the reader said."""
    figures = (found.pages, found.width, found.height)
    if any(figure is not None and not 0 <= figure < 2**31 for figure in figures):
        raise ValueError("an answer holds an impossible figure")
    found.text = found.text.replace("\x00", "")[:MAX_TEXT]
    found.sheets = [name.replace("\x00", "")[:MAX_SHEET_NAME] for name in found.sheets[:MAX_SHEETS]]
    found.fault = found.fault[:16]
    return found
