"""Workbooks of descriptions: read as they come, and given back with candidates beside each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from thongquan.base.core.faults import Refused
from thongquan.base.core.tables import Value, excel_table
from thongquan.base.core.workbooks import first_sheet
from thongquan.learning.text import MOST_CHARACTERS
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold

COLUMN = "description"
HEADINGS = frozenset(
    {COLUMN, "mo ta", "mo ta hang hoa", "ten hang", "ten hang hoa", "hang hoa", "goods", "goods description"}
    | {"designation", "designation des marchandises", "商品名称", "货物描述", "品名", "描述"}
)
"""How people name the column, folded."""
_FIRST_ROWS = 10
CANDIDATES = 3


class Answer(NamedTuple):
    """One row answered: candidates of six digits and the best of eight, each with its chance from 0 to 1.

    `question` is what to ask when no code is proposed.
    """

    six: list[tuple[str, float]]
    eight: list[tuple[str, float]]
    question: str


def read_descriptions(data: bytes) -> list[tuple[int, str]]:
    """Row in the workbook (from 1) and description of each row below the heading; empty rows are left out.

    Raises `Refused`: what no workbook is (`base.core.workbooks`), TQ-CLS-047 without a column of descriptions,
    TQ-CLS-084 without a description, TQ-FMT-009 for every cell with a sign that cannot be stored.
    """
    rows = first_sheet(data)
    head, column = _heading(rows)
    found = [
        (number, str(row[column]).strip()[:MOST_CHARACTERS])
        for number, row in enumerate(rows[head + 1 :], head + 2)
        if column < len(row) and str(row[column]).strip()
    ]
    if not found:
        raise Refused([Fault(code=Code.TQ_CLS_084, path="file")])
    faults = [
        Fault(code=Code.TQ_FMT_009, path=f"row[{number}]", value=text.replace("\x00", "␀")[:60])
        for number, text in found
        if "\x00" in text
    ]
    if faults:
        raise Refused(faults)
    return found


def _heading(rows: Sequence[Sequence[object]]) -> tuple[int, int]:
    for place, row in enumerate(rows[:_FIRST_ROWS]):
        for column, cell in enumerate(row):
            if fold(str(cell)).strip() in HEADINGS:
                return place, column
    raise Refused([Fault(code=Code.TQ_CLS_047, path="file", values={"column": COLUMN})])


def blank_sheet() -> bytes:
    """The template."""
    return excel_table(_("Descriptions"), [COLUMN], [[_("Hand-held electric drill, 750 W, with accessories")]])


def answered_sheet(
    rows: Iterable[tuple[int, str]], answers: Sequence[Answer], names: Mapping[str, str], model: str
) -> bytes:
    """The workbook given back: a row for each description. Chances are in percent."""
    head = [_("Row"), COLUMN]
    for place in range(1, CANDIDATES + 1):
        head += [_("Candidate {n}").format(n=place), _("Sure, %"), _("Name")]
    head += [_("Best line of 8 digits"), _("Sure, %"), _("Name"), _("What to ask"), _("Model")]
    told = [_row(number, text, answer, names, model) for (number, text), answer in zip(rows, answers, strict=False)]
    return excel_table(_("Suggested codes"), head, told)


def _row(number: int, text: str, answer: Answer, names: Mapping[str, str], model: str) -> list[Value]:
    cells: list[Value] = [number, text]
    for place in range(CANDIDATES):
        cells += _candidate(answer.six[place : place + 1], names)
    return [*cells, *_candidate(answer.eight[:1], names), answer.question, model[:8]]


def _candidate(found: Sequence[tuple[str, float]], names: Mapping[str, str]) -> list[Value]:
    if not found:
        return ["", None, ""]
    code, sure = found[0]
    return [code, Decimal(round(100 * sure)), names.get(code, "")]
