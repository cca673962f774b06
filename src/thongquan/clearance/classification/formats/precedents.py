"""The sheet of precedents: a template to fill in and its reading, each fault with its row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from thongquan.base.core.faults import Refused
from thongquan.base.core.figures import cell_date, cell_number
from thongquan.base.core.tables import excel_table
from thongquan.base.core.workbooks import first_sheet
from thongquan.clearance.classification.operations.precedents import PrecedentGiven
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold, storable

COLUMNS = PrecedentGiven.__struct_fields__
NEEDED = COLUMNS[: -len(PrecedentGiven.__struct_defaults__)]
DAYS = frozenset({"issued_on", "valid_from", "valid_to"})
LONGEST = 20_000
MOST_FAULTS = 500


def blank_sheet() -> bytes:
    """The template: the row of columns alone."""
    return excel_table(_("Precedents"), COLUMNS, ())


def read_sheet(data: bytes) -> list[PrecedentGiven]:
    """The precedents of a filled sheet, in the order of its rows; empty rows end nothing and are left out.

    Raises `Refused`: what `checked_archive` refuses, TQ-CLS-047 for each missing column, TQ-CLS-046 without any row,
    TQ-FMT-018 and TQ-CLS-046 for each day that cannot be read or is missing, with its row in the path.
    """
    rows = first_sheet(data)
    places = _places(rows[0] if rows else ())
    found: list[PrecedentGiven] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        texts = {name: _text(row, place, name) for name, place in places.items()}
        if any(texts.values()) and (one := _given(texts, number, faults)) is not None:
            found.append(one)
    if not found and not faults:
        faults.append(Fault(code=Code.TQ_CLS_046, path="row[2].number", line=2, values={"field": "precedent.number"}))
    if faults:
        raise Refused(faults[:MOST_FAULTS])
    return found


def _places(head: Sequence[object]) -> dict[str, int]:
    names = [fold(str(cell)) for cell in head]
    absent = [name for name in NEEDED if name not in names]
    if absent:
        raise Refused([Fault(code=Code.TQ_CLS_047, path=name, values={"column": name}) for name in absent])
    return {name: names.index(name) for name in COLUMNS if name in names}


def _text(row: Sequence[object], place: int, name: str) -> str:
    cell = row[place] if place < len(row) else ""
    if name in DAYS:
        return cell_date(cell) if cell not in ("", None) else ""
    text = str(cell) if isinstance(cell, str) or cell is None else cell_number(cell, None)
    return storable(text)[:LONGEST]


def _given(texts: dict[str, str], number: int, faults: list[Fault]) -> PrecedentGiven | None:
    days: dict[str, date | None] = {}
    before = len(faults)
    for name in DAYS:
        days[name] = _day(texts.get(name, ""), name, number, faults)
    if not texts.get("issued_on"):
        values = {"field": "precedent.issued_on"}
        faults.append(Fault(code=Code.TQ_CLS_046, path=f"row[{number}].issued_on", line=number, values=values))
    issued_on = days.pop("issued_on")
    if len(faults) > before or issued_on is None:
        return None
    plain = {name: text for name, text in texts.items() if name not in DAYS}
    return PrecedentGiven(issued_on=issued_on, **days, **plain)  # type: ignore[arg-type]  # texts and days by name


def _day(text: str, name: str, number: int, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        values = {"field": f"precedent.{name}"}
        path = f"row[{number}].{name}"
        faults.append(Fault(code=Code.TQ_FMT_018, path=path, line=number, value=text[:40], values=values))
        return None
