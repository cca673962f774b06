"""The shipped catalog, opened once."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from thongquan.practice.catalog.kind import Kind, kind_of

CATALOG_FILE = "practice/catalog.csv"


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of goods, in the order of the file. Read once per process."""
    text = files("thongquan.reference").joinpath(CATALOG_FILE).read_text(encoding="utf-8")
    return tuple(kind_of(row) for row in csv.DictReader(text.splitlines(), strict=True))
