"""CSV files of goods that strangers bring: read whole, every fault told at once."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

_MOST_TOLD = 20


class FileError(Exception):
    """The file cannot be read as what it should be; the message says where and why."""


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a CSV file in UTF-8 with a heading line that holds these columns; others are left alone.

    Raises FileError when it is missing, is no such file, or a row has too few cells.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                msg = f"{path}: line 1: no column {', '.join(missing)}"
                raise FileError(msg)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    faults = [
        f"{path}: line {number}: no {name}"
        for number, row in enumerate(rows, 2)
        for name in columns
        if row[name] is None
    ]
    if faults:
        raise FileError("\n".join(faults[:_MOST_TOLD]))
    return rows
