"""Declaration numbers: twelve digits, the first eleven identify, the last counts amendments.

Legal basis: VNACCS numbering (terminal guides, field I12); the leading 1 for import and 3 for export is unverified.
A process takes keys in blocks from a database sequence: unique under any load, never reused, gaps allowed.
"""

from __future__ import annotations

import threading
from collections import deque

from django.db import connection

LEADING = {"import": 1, "export": 3}
BLOCK = 20
DIGITS = 12
MOST_AMENDMENTS = 9
_ten_digits = 10**10
_lock = threading.Lock()
_blocks: dict[str, deque[int]] = {flow: deque() for flow in LEADING}


def next_key(flow: str) -> int:
    """The eleven digits that identify the next declaration of this flow."""
    with _lock:
        block = _blocks[flow]
        if not block:
            block.extend(_fetch(flow))
        return LEADING[flow] * _ten_digits + block.popleft()


def number_of(key: int, *, amendments: int = 0) -> str:
    """The number as people write it: key and count of amendments."""
    return f"{key}{amendments}"


def key_of_number(number: str) -> int:
    """The eleven digits that identify a declaration, from any of its numbers; zero, which is none, for other text."""
    return int(number[:-1]) if len(number) == DIGITS and number.isascii() and number.isdigit() else 0


def subject_of(key: int) -> str:
    """The typed reference under which other rooms know it: that of its first number, whatever is amended."""
    return f"declaration:{key}0"


def forget_blocks() -> None:
    """Drop the keys held by this process; called when it turns to another database."""
    with _lock:
        for block in _blocks.values():
            block.clear()


def _fetch(flow: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [f"declarations_{flow}_number", BLOCK]
        )
        return [row[0] for row in cursor.fetchall()]
