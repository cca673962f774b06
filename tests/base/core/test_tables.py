"""Tables to take away never carry a formula that somebody typed."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from thongquan.base.core.tables import csv_table, excel_table

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("text", EVIL)
def test_csv_neutralizes_formulas(text: str) -> None:
    (_head, row) = rows_of(csv_table(["a"], [[text]]))
    assert row[0].startswith("'")


@pytest.mark.parametrize("text", EVIL)
def test_excel_neutralizes_formulas(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel_table("t", ["a"], [[text]])))
    cell = book.active["A2"]  # type: ignore[index]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


def test_numbers_stay_numbers_negative_ones_too() -> None:
    data = excel_table("t", ["a", "b", "c"], [[Decimal("-12.5"), 7, date(2026, 11, 20)]])
    row = next(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))  # type: ignore[union-attr]
    assert row[:2] == (-12.5, 7)
    assert rows_of(csv_table(["a"], [[Decimal("-1234567890.5")]]))[1] == ["-1234567890.5"]
