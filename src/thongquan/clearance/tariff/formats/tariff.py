"""Tariff tables, one row per national line: both public layouts, read into dated cells with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from thongquan.clearance.tariff.formats.cells import Box, read_box
from thongquan.clearance.tariff.formats.guide import EDITION, Change, Column, Guide
from thongquan.clearance.tariff.formats.reading import Reading, Row, Unread, day, digits
from thongquan.rules.codes import Code
from thongquan.rules.law import Option

LINES_FILE = "tariff/vn_lines.csv"
ALIASES = {
    "hs": "hs8",
    "code": "hs8",
    "vn": "name_vi",
    "en": "name_en",
    "dvt": "unit",
    "nk_tt": "ordinary",
    "nk_ud": "mfn",
    "rcept": "rcep",
    "ttdb": "excise",
    "xk": "export_duty",
    "bvmt": "environment_tax",
}
"""Column names of the second public layout, and what they are called here."""
_code = digits(8)


class Line(NamedTuple):
    """One row of a tariff table under the names of this project."""

    file: str
    number: int
    hs: str
    edition: date
    origin: str
    values: Mapping[str, str]


class Dated(NamedTuple):
    """A box with its day and its source."""

    box: Box
    source: str
    verified: bool


def lines_of(
    rows: Iterable[tuple[int, Mapping[str, str]]], file: str, reading: Reading, *, edition: date | None, origin: str
) -> list[Line]:
    """Give the eight-digit rows of a table under our column names; rows of headings are passed over.

    A row's own `edition_date` and `source` win over what the caller says of the whole file.
    """
    found = []
    for number, row in rows:
        values = {ALIASES.get(name, name): text for name, text in row.items()}
        raw = values.get("hs8", "").replace(".", "").replace(" ", "")
        if len(raw) in (0, 2, 4, 6) and (not raw or raw.isdigit()):
            continue
        column = "hs8"
        try:
            hs, column = _code(raw), EDITION
            own = day(values.get(EDITION) or (edition.isoformat() if edition else ""))
        except ValueError:
            reading.fault(file, number, column, values.get(column, ""))
            continue
        found.append(Line(file, number, hs, own, values.get("source") or origin, values))
    return found


def read_cells(lines: Iterable[Line], guide: Guide, reading: Reading, *, blank: str = "") -> None:
    """Read every cell into `TariffCell` rows; `blank` is what a blank means where columns.csv is silent."""
    seen: dict[str, int] = {}
    for line in lines:
        key = f"{line.hs} {line.edition}"
        if key in seen:
            reading.fault(line.file, line.number, "hs8", line.hs, Code.TQ_DEC_027)
            continue
        seen[key] = line.number
        for name, column in guide.columns.items():
            if name in line.values:
                _cell(line, name, column, guide, reading, blank)


def _cell(line: Line, name: str, column: Column, guide: Guide, reading: Reading, blank: str) -> None:
    text = line.values[name]
    if not text:
        if _blank(line, column, blank) == "unknown":
            _keep(line, column, "", {line.edition: _silent(line, column, guide)}, reading)
        return
    found = _boxes(line, text, name, column, guide)
    if not found:
        reading.unread.append(Unread(line.file, line.number, name, text))
        found = {line.edition: Dated(Box(unknown=True), column.source, False)}
    _keep(line, column, text, found, reading)


def _silent(line: Line, column: Column, guide: Guide) -> Dated:
    """What a box says that its compilation leaves out: unknown, or not subject where the tax cannot arise."""
    scope = guide.scopes.get(column.tax)
    if not scope or line.hs.startswith(tuple(scope)):
        return Dated(Box(unknown=True), column.source, verified=False)
    outside = Box(options=(Option(key="*", not_subject=True),))
    return Dated(outside, next(iter(scope.values())), verified=False)


def _blank(line: Line, column: Column, default: str) -> str:
    said = column.blanks.get(line.origin)
    if said is not None:
        return said
    return default if "unknown" in column.blanks.values() else "none"


def _boxes(line: Line, text: str, name: str, column: Column, guide: Guide) -> dict[date, Dated]:
    """What the cell says from each of its days on."""
    changes = guide.changes.get(name, [])
    replaced = [change for change in changes if change.action == "replace_cell" and change.match == text]
    found: dict[date, Dated] = {}
    if replaced:
        for change in replaced:
            for box in read_box(change.value, tax=column.tax, schedule=column.schedule, edition=line.edition):
                found[change.valid_from or line.edition] = Dated(box, change.source, change.verified)
    else:
        for box in read_box(text, tax=column.tax, schedule=column.schedule, edition=line.edition):
            settled = box if box.of_mfn is None else _multiple(line, box.of_mfn, guide)
            found[box.valid_from or line.edition] = Dated(settled, column.source, column.verified)
    for change in changes:
        if change.action == "drop_option":
            _drop(found, change, change.valid_from or line.edition)
    return found


def _multiple(line: Line, times: Decimal, guide: Guide) -> Box:
    """The ordinary rate as a multiple of the line's MFN rate; unknown where that is unknown, zero or not flat."""
    column = guide.columns.get("mfn")
    text = line.values.get("mfn", "")
    boxes = read_box(text, tax="import_duty", schedule="B01", edition=line.edition) if column and text else ()
    option = boxes[0].options[0] if len(boxes) == 1 and len(boxes[0].options) == 1 else None
    if option is None or not option.rate or option.amount is not None:
        return Box(unknown=True)
    rate = option.rate * times
    return Box(options=(Option(key=f"{(rate * 100).normalize():f}", rate=rate),))


def _drop(found: dict[date, Dated], change: Change, from_day: date) -> None:
    """Take one option out of what holds on the day and after it."""
    before = [when for when in sorted(found) if when <= from_day]
    if before:
        found.setdefault(from_day, found[before[-1]])
    for when, dated in list(found.items()):
        left = tuple(option for option in dated.box.options if option.key != change.match)
        if when < from_day or len(left) == len(dated.box.options):
            continue
        if len(left) == 1 and left[0].condition in ("choice", "part"):
            left = (msgspec.structs.replace(left[0], condition=""),)
        box = dated.box._replace(options=left, unknown=not left)
        found[when] = Dated(box, f"{dated.source}; {change.source}", dated.verified and change.verified)
    if before and before[-1] != from_day and found[from_day] == found[before[-1]]:
        del found[from_day]


def _keep(line: Line, column: Column, text: str, found: dict[date, Dated], reading: Reading) -> None:
    for when, (box, source, verified) in found.items():
        row: Row = {
            "hs": line.hs,
            "tax": column.tax,
            "schedule": column.schedule,
            "options": plain_options(box.options),
            "excluded": list(box.excluded),
            "origins": [],
            "raw": text,
            "unknown": box.unknown,
            "valid_from": when,
            "source": f"{source}; {compiled(line)}",
            "verified": verified and not box.unknown,
            "repealed": False,
        }
        reading.add("TariffCell", row)


def compiled(line: Line) -> str:
    """Which compilation a line was read from, for its source."""
    origin = f"compilation {line.origin}" if len(line.origin) == 1 else line.origin
    return f"{origin} of {line.edition.isoformat()}"


def plain_options(options: tuple[Option, ...]) -> list[dict[str, Any]]:
    """Options as JSON values, decimals as text."""
    return [msgspec.to_builtins(option, enc_hook=str) for option in options]
