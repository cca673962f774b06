"""What a reader tells: the only words between the sandbox and the program."""

from __future__ import annotations

import msgspec

MAX_TEXT = 4000
MAX_SHEETS = 50
MAX_SHEET_NAME = 60
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


def packed(found: Found, thumb: bytes = b"", view: bytes = b"") -> bytes:
    """An answer as it goes through the pipe: length and bytes of each part."""
    parts = (msgspec.json.encode(found), thumb, view)
    return b"".join(len(part).to_bytes(HEAD, "big") + part for part in parts)


def unpacked(said: bytes) -> Reading:
    """An answer read back, trusting nothing in it. Raises ValueError for anything that is not an answer."""
    parts: list[bytes] = []
    at = 0
    for _ in range(3):
        size = int.from_bytes(said[at : at + HEAD], "big")
        part = said[at + HEAD : at + HEAD + size]
        if len(part) != size or len(said) < at + HEAD:
            raise ValueError("an answer was cut off")
        parts.append(part)
        at += HEAD + size
    found = msgspec.json.decode(parts[0], type=Found)
    if at != len(said) or not all(picture[:3] in (b"", b"\xff\xd8\xff") for picture in parts[1:]):
        raise ValueError("an answer holds more than it may")
    return Reading(found=_bounded(found), thumb=parts[1], view=parts[2])


def _bounded(found: Found) -> Found:
    """Figures a column takes and texts without NUL, whatever the reader said."""
    figures = (found.pages, found.width, found.height)
    if any(figure is not None and not 0 <= figure < 2**31 for figure in figures):
        raise ValueError("an answer holds an impossible figure")
    found.text = found.text.replace("\x00", "")[:MAX_TEXT]
    found.sheets = [name.replace("\x00", "")[:MAX_SHEET_NAME] for name in found.sheets[:MAX_SHEETS]]
    found.fault = found.fault[:16]
    return found
