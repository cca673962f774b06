"""Copies of the signed heads outside the database: one file of JSON lines per month, for outsiders to keep.

Whoever holds a copy can show later that history was rewritten, even if the key was used to do it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from thongquan.base.ledger.encoding import canonical_json
from thongquan.base.ledger.heads import SignedHead, read_head

TAIL_BYTES = 8192


class HeadsAfter(Protocol):
    """Gives the heads over more than `after` entries, oldest first."""

    def __call__(self, *, after: int = 0) -> Iterable[SignedHead]:
        """Heads with a size above `after`."""
        ...


def publish(directory: Path, heads_after: HeadsAfter) -> int:
    """Append the heads that the files in `directory` do not have yet; one process at a time. Returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    count = 0
    with _alone(directory):
        for signed in heads_after(after=_last_size(directory)):
            with (directory / f"heads-{signed.head.at[:7]}.jsonl").open("ab") as file:
                file.write(canonical_json(signed.words()) + b"\n")
            count += 1
    return count


def read_heads(path: Path) -> list[SignedHead]:
    """The heads of a witness's copy: JSON lines, or the document served at /ledger/heads.json; smallest first.

    Raises ValueError or KeyError when it is neither.
    """
    text = path.read_text(encoding="utf-8")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        lines = whole.get("heads", [whole])
    return sorted((read_head(line) for line in lines), key=lambda signed: signed.head.size)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    with (directory / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _last_size(directory: Path) -> int:
    """The size of the newest head in the files; 0 when there is none."""
    for path in sorted(directory.glob("heads-*.jsonl"), reverse=True):
        lines = _whole_tail(path).splitlines()
        if lines:
            return read_head(json.loads(lines[-1])).head.size
    return 0


def _whole_tail(path: Path) -> bytes:
    """The last lines of a file, after dropping half a line that a killed process left (it is written again)."""
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, end - TAIL_BYTES))
        tail = file.read()
        whole = tail[: tail.rfind(b"\n") + 1]
        if len(whole) < len(tail):
            file.truncate(start + len(whole))
    return whole
