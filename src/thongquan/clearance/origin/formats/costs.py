"""The sheet of costs of an export certificate: a row for each material and for each other cost of a line.

Columns: line, kind (material, labor, overhead, profit, other), name, hs, origin, value, originating (yes or no),
certificate. Nothing but cells is taken out of the file (`base.core.workbooks`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.styles import Font

from thongquan.base.core.faults import Refused
from thongquan.base.core.figures import cell_number, number_text
from thongquan.base.core.tables import harmless
from thongquan.base.core.workbooks import first_sheet
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.origin.outbound import Application, CostStatement, UsedMaterial
from thongquan.rules.text import fold, storable

COLUMNS = ("line", "kind", "name", "hs", "origin", "value", "originating", "certificate")
NEEDED = ("line", "kind", "value")
KINDS = ("labor", "overhead", "profit", "other")
MATERIAL, SHEET = "material", "Costs"
YES = frozenset({"yes", "co", "x", "oui", "是", "true", "1"})
MOST_FAULTS = 100


def costs_workbook(application: Application) -> bytes:
    """The sheet with the costs an application has already."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for line in application.lines:
        for one in line.costs.materials:
            said = "yes" if one.originating else "no"
            texts = [harmless(text) for text in (one.name, one.hs, one.origin, one.proof)]
            sheet.append([line.number, MATERIAL, *texts[:3], one.value, said, texts[3]])
        for kind in KINDS:
            if (value := getattr(line.costs, kind)) is not None:
                sheet.append([line.number, kind, "", "", "", value])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_costs(data: bytes, application: Application, *, language: str) -> Application:
    """The application with the statements of a filled sheet; lines the sheet does not name keep theirs.

    Raises `Refused`: what `checked_archive` refuses, TQ-ORI-128 for each missing column, and for rows TQ-ORI-132,
    TQ-ORI-133, TQ-FMT-018, each with its row in the path.
    """
    rows = first_sheet(data)
    places = _places(rows[0] if rows else ())
    statements: dict[int, CostStatement] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        texts = {name: _text(row, place, language if name == "value" else "") for name, place in places.items()}
        if any(texts.values()):
            _take(texts, f"row[{number}]", len(application.lines), statements, faults)
    if faults:
        raise Refused(faults[:MOST_FAULTS])
    lines = tuple(replace(line, costs=statements.get(line.number, line.costs)) for line in application.lines)
    return replace(application, lines=lines)


def _places(head: Sequence[object]) -> dict[str, int]:
    names = [fold(str(cell)) for cell in head]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Refused([Fault(code=Code.TQ_ORI_128, path=name, values={"column": name}) for name in missing])
    return {name: names.index(name) for name in COLUMNS if name in names}


def _text(row: Sequence[object], place: int, language: str) -> str:
    """A cell as text: numbers exact, words composed, a number written as text read as its language writes it."""
    cell = row[place] if place < len(row) else ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell_number(cell, 6)
    text = storable(str(cell))[:500]
    return number_text(text, language) if language else text


def _take(
    texts: dict[str, str], path: str, count: int, statements: dict[int, CostStatement], faults: list[Fault]
) -> None:
    """One row into the statement of its line; every fault of it is told."""
    said, kind = texts["line"], fold(texts["kind"])
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 0
    if not 1 <= number <= count:
        faults.append(Fault(code=Code.TQ_ORI_132, path=path, value=said[:40]))
    if kind not in (MATERIAL, *KINDS):
        faults.append(Fault(code=Code.TQ_ORI_133, path=path, value=texts["kind"][:40]))
        return
    value = _amount(texts["value"], path, faults)
    held = statements.get(number, CostStatement())
    if kind != MATERIAL:
        statements[number] = replace(held, **{kind: value})
        return
    material = UsedMaterial(
        name=texts.get("name", ""),
        hs=texts.get("hs", ""),
        origin=texts.get("origin", "").upper(),
        value=value,
        originating=fold(texts.get("originating", "")) in YES,
        proof=texts.get("certificate", ""),
    )
    statements[number] = replace(held, materials=(*held.materials, material))


def _amount(text: str, path: str, faults: list[Fault]) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        faults.append(Fault(code=Code.TQ_FMT_018, path=path, value=text[:40], values={"field": path}))
        return None
