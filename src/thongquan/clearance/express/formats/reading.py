"""Records of a file of parcels: CSV (a row for each kind of goods) and NDJSON (an object for each parcel).

Rows of CSV that follow each other with the same consignment number are one parcel. What cannot be read is told of the
record alone: the next one is read as if nothing had been.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json, read_values
from thongquan.clearance.express.formats.source import Line, Lines
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.parcels import Parcel, ParcelGoods

CSV, NDJSON = "csv", "ndjson"
GOODS = tuple(field.name for field in msgspec.structs.fields(ParcelGoods))
HEADER = tuple(field.name for field in msgspec.structs.fields(Parcel) if field.name != "goods")
COLUMNS = (*HEADER, *GOODS)
OPTIONAL = frozenset({"sender_country", "recipient_id", "freight", "insurance", "vat_rate", "vat_reason"})
DELIMITERS = ",;\t"
MOST_JOINED = 20
MOST_ROWS = 200
_BOM = b"\xef\xbb\xbf"


class Record(msgspec.Struct, frozen=True):
    """One parcel as read: its first row, offset and row behind it, the row of each kind of goods, and its faults."""

    line: int
    end: int
    after: int
    lines: tuple[int, ...] = ()
    parcel: Parcel = Parcel()
    faults: tuple[Fault, ...] = ()


def head_of(lines: Lines) -> tuple[str, str]:
    """Kind of the file and, of a CSV, its first row: delimiter and names of columns, separated by tabs.

    Raises `Refused`: TQ-EXP-006 neither kind, TQ-EXP-007 for every column that is missing, unknown or there twice.
    """
    first = lines.next()
    text = _text(first.text.removeprefix(_BOM)) if first and first.text else None
    if not text or "\x00" in text:
        raise Refused([Fault(code=Code.TQ_EXP_006, path="file")])
    if text.lstrip().startswith("{"):
        return NDJSON, ""
    delimiter = max(DELIMITERS, key=text.count)
    names = [name.strip() for name in next(csv.reader([text], delimiter=delimiter), [])]
    if not set(names) & set(COLUMNS):
        raise Refused([Fault(code=Code.TQ_EXP_006, path="file")])
    wrong = [name for place, name in enumerate(names) if name not in COLUMNS or name in names[:place]]
    wrong += [name for name in COLUMNS if name not in OPTIONAL and name not in names]
    if wrong:
        raise Refused([Fault(code=Code.TQ_EXP_007, path="file", line=1, value=name[:40]) for name in wrong])
    return CSV, "\t".join([delimiter if delimiter != "\t" else "tab", *names])


def records(lines: Lines, kind: str, columns: str) -> Iterator[Record]:
    """The parcels from where `lines` stands, behind the first row of a CSV."""
    return _from_csv(lines, columns) if kind == CSV else _from_ndjson(lines)


def _from_ndjson(lines: Lines) -> Iterator[Record]:
    while (line := lines.next()) is not None:
        if line.text is not None and not line.text.strip().removeprefix(_BOM):
            continue
        text = _text(line.text.removeprefix(_BOM)) if line.text is not None else None
        if text is None:
            yield _unreadable(line)
            continue
        try:
            parcel = read_json(text.encode(), Parcel)
        except Refused as refused:
            yield Record(line.number, line.end, line.number + 1, faults=_at(refused.faults, (), line.number))
            continue
        yield Record(line.number, line.end, line.number + 1, (line.number,) * len(parcel.goods), parcel)


def count_parcels(lines: Lines, kind: str, columns: str, *, most: int) -> int:
    """How many parcels follow, without judging any; counting ends behind `most`."""
    if kind == NDJSON:
        count = 0
        while count <= most and (line := lines.next()) is not None:
            count += line.text is None or bool(line.text.strip())
        return count
    count, before = 0, ""
    names, delimiter = _named(columns)
    while count <= most and (row := _row(lines, names, delimiter)) is not None:
        number = (row.cells or {}).get("consignment", "")
        count += row.cells != {} and (not number or number != before)
        before = number if row.cells != {} else before
    return count


def _named(columns: str) -> tuple[list[str], str]:
    delimiter, *names = columns.split("\t")
    return names, "\t" if delimiter == "tab" else delimiter


class _Row(msgspec.Struct):
    """A row of CSV: its cells by column, None when it cannot be read; blank rows have no cell."""

    first: Line
    last: Line
    cells: dict[str, str] | None


def _from_csv(lines: Lines, columns: str) -> Iterator[Record]:
    names, delimiter = _named(columns)
    held: list[_Row] = []
    while (row := _row(lines, names, delimiter)) is not None:
        if row.cells == {}:
            continue
        if held and not _continues(held, row):
            yield _parcel(held)
            held = []
        held.append(row)
    if held:
        yield _parcel(held)


def _continues(held: list[_Row], row: _Row) -> bool:
    """Whether a row holds more goods of the parcel of the rows before."""
    first = held[0].cells
    if first is None or row.cells is None or len(held) >= MOST_ROWS:
        return False
    number = first.get("consignment", "")
    return bool(number) and row.cells.get("consignment") == number


def _row(lines: Lines, names: list[str], delimiter: str) -> _Row | None:
    """One row, of several lines when a quoted cell holds line ends. A quote that never closes spoils its line alone."""
    first = lines.next()
    if first is None:
        return None
    joined = [first]
    whole = first.text
    while whole is not None and whole.count(b'"') % 2:
        line = lines.next() if len(joined) < MOST_JOINED else None
        if line is None or line.text is None:
            lines.give_back([*joined[1:], *([line] if line else [])])
            return _Row(first, first, None)
        joined.append(line)
        whole += line.text
    return _Row(first, joined[-1], _cells(whole, names, delimiter))


def _cells(whole: bytes | None, names: list[str], delimiter: str) -> dict[str, str] | None:
    text = _text(whole) if whole is not None else None
    if text is None:
        return None
    if not text.strip():
        return {}
    try:
        values = next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
    if len(values) > len(names) and any(value.strip() for value in values[len(names) :]):
        return None
    return {name: value.strip() for name, value in zip(names, values, strict=False) if value.strip()}


def _parcel(rows: list[_Row]) -> Record:
    first, last = rows[0].first.number, rows[-1].last
    if rows[0].cells is None:
        return _unreadable(rows[0].first)
    lines = tuple(row.first.number for row in rows)
    several = [row.cells or {} for row in rows]
    faults = tuple(_contradictions(several, lines))
    raw: dict[str, Any] = {name: several[0][name] for name in HEADER if name in several[0]}
    raw["goods"] = [{name: cells[name] for name in GOODS if name in cells} for cells in several]
    try:
        parcel = _read(raw)
    except Refused as refused:
        number = several[0].get("consignment", "")
        faults += _at(refused.faults, lines, first)
        return Record(first, last.end, last.number + 1, lines, Parcel(consignment=number), faults)
    return Record(first, last.end, last.number + 1, lines, parcel, faults)


def _read(raw: dict[str, Any]) -> Parcel:
    """Strictly first: only a row that is refused is walked cell by cell to name everything."""
    try:
        return msgspec.convert(raw, Parcel, strict=False)
    except (msgspec.ValidationError, ArithmeticError, ValueError):
        return read_values(raw, Parcel)


def _contradictions(several: list[dict[str, str]], lines: tuple[int, ...]) -> Iterator[Fault]:
    """TQ-EXP-014: a later row of a parcel says something else of the parcel itself."""
    for cells, line in zip(several[1:], lines[1:], strict=True):
        for name in HEADER:
            if name in cells and cells[name] != several[0].get(name):
                yield Fault(code=Code.TQ_EXP_014, path=name, line=line, value=cells[name][:40])


def _at(faults: tuple[Fault, ...], lines: tuple[int, ...], first: int) -> tuple[Fault, ...]:
    return tuple(placed(fault, lines, first) for fault in faults)


def placed(fault: Fault, lines: tuple[int, ...], first: int) -> Fault:
    """A fault with the row of the file it is about: that of the goods, else the first of the parcel."""
    if fault.path.startswith("goods["):
        place = int(fault.path[6 : fault.path.index("]")])
        return msgspec.structs.replace(fault, line=lines[place] if place < len(lines) else first)
    return msgspec.structs.replace(fault, line=first) if fault.code != Code.TQ_EXP_014 else fault


def _unreadable(line: Line) -> Record:
    fault = Fault(code=Code.TQ_EXP_008, line=line.number, path="row")
    return Record(line.number, line.end, line.number + 1, faults=(fault,))


def _text(raw: bytes) -> str | None:
    """Composed text; None when it is not UTF-8 or holds the character no database takes."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\x00" in text:
        return None
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
