"""Where things stand in the workbook: names of sheets, columns, and the version that reader and template agree on."""

from __future__ import annotations

from thongquan.clearance.declarations.formats.fields import COLUMNS, HEADER

VERSION = "1"
HEADER_SHEET = "Tờ khai"
LINES_SHEET = "Hàng hóa"
HELP_SHEET = "Hướng dẫn"
LISTS_SHEET = "Danh mục"
VALUE_COLUMN, KEY_COLUMN = 1, 3
"""Columns of the header sheet, from 0: label, value, hint, key."""

SEPARATOR = " · "
"""Between code and name in a list to choose from; what follows it is not read."""

HEADER_KEYS = frozenset(HEADER)
LINE_KEYS = frozenset(COLUMNS)


def letters(column: int) -> str:
    """Name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_name(sheet: str, row: int, column: int) -> str:
    """A cell as people write it, `'Hàng hóa'!D7`; row and column counted from 0."""
    return f"'{sheet}'!{letters(column)}{row + 1}"
