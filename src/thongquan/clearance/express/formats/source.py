"""Lines of a file that is kept in parts: never more than a part and a line of it in memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

MAX_LINE = 64 * 1024
Fetch = Callable[[int], bytes]


class Line(NamedTuple):
    """A line as bytes with its end, its number (from 1) and the offset behind it; None when it is too long to keep."""

    text: bytes | None
    number: int
    end: int


class Lines:
    """Iterates over lines from an offset. `fetch(offset)` gives bytes from there on, b'' behind the end."""

    def __init__(self, fetch: Fetch, *, offset: int = 0, number: int = 1) -> None:
        self.fetch, self.offset, self.number = fetch, offset, number
        self._held = b""
        self._ahead: list[Line] = []

    def next(self) -> Line | None:
        """The next line, None at the end of the file."""
        return self._ahead.pop() if self._ahead else self._read()

    def place(self) -> tuple[int, int]:
        """Offset and number of the line that `next` gives next, as long as nothing was given back."""
        return self.offset, self.number

    def give_back(self, lines: list[Line]) -> None:
        """Lines that turned out to belong to what follows."""
        self._ahead.extend(reversed(lines))

    def _read(self) -> Line | None:
        parts: list[bytes] = []
        size, too_long = 0, False
        while True:
            if not self._held:
                self._held = self.fetch(self.offset)
                if not self._held:
                    break
            cut = self._held.find(b"\n") + 1 or len(self._held)
            piece, self._held = self._held[:cut], self._held[cut:]
            self.offset += len(piece)
            size += len(piece)
            too_long = too_long or size > MAX_LINE
            parts = [] if too_long else [*parts, piece]
            if piece.endswith(b"\n"):
                break
        if not size:
            return None
        line = Line(None if too_long else b"".join(parts), self.number, self.offset)
        self.number += 1
        return line
