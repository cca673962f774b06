"""No table to take away, at any address, carries a formula that somebody typed; every writer asks the same helper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec
import openpyxl
import pytest
from django.http import HttpResponse

import thongquan
from tests.clearance.control.yard import lodged
from tests.clearance.express.parcels import as_csv, carrier, judged, row, sent
from tests.clearance.residents.forms import given, person, released
from tests.flows.office_day import addresses, clients
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.tables import harmless
from thongquan.clearance.revenue.operations import book_lodged
from thongquan.rules.document import Document, Party

SOURCE = Path(thongquan.__file__).parent
WRITES_TABLES = re.compile(r"csv\.(?:writer|DictWriter)|import openpyxl|from openpyxl import (?!load_workbook)")
WITHOUT_WORDS_OF_OTHERS = {
    "clearance/express/formats/sample.py": "an example, the same for everybody",
    "clearance/declarations/formats/excel/template.py": "an empty form: labels and code lists of the law",
}
"""Writers that write nothing anybody typed."""

LINK = '=HYPERLINK("http://x.example","here")'
EVIL = (LINK, "+1", "-1+1", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "＝1+1")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TABLE = re.compile(r"\.csv|\.xlsx|kind>")
CSV, EXCEL = "text/csv", "spreadsheetml"


def test_every_writer_of_tables_uses_the_one_helper() -> None:
    writers = {
        str(path.relative_to(SOURCE)): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.glob("**/*.py"))
        if WRITES_TABLES.search(path.read_text(encoding="utf-8"))
    }
    without = {name for name, text in writers.items() if "harmless(" not in text}
    assert without == set(WITHOUT_WORDS_OF_OTHERS)
    assert len(writers) > len(without)


@pytest.mark.parametrize("text", EVIL)
def test_the_helper_knows_every_beginning(text: str) -> None:
    assert harmless(text) == "'" + text


def hostile(word: str, invoice: str) -> Document:
    """A declaration whose words begin like formulas wherever words are free."""
    document = import_document(invoice=invoice)
    trader = msgspec.structs.replace(document.trader, name=word) if document.trader else Party(name=word)
    lines = tuple(msgspec.structs.replace(line, description=f"{word} Táo tươi giống Fuji") for line in document.lines)
    return msgspec.structs.replace(document, trader=trader, counterpart=Party(name=word), lines=lines)


def cells(answer: HttpResponse) -> Iterator[tuple[str, bool]]:
    """Text of every cell of a table, and whether a spreadsheet would read it as a formula by its type."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # Django streams
    if CSV in answer.headers["Content-Type"]:
        for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield from ((cell, False) for cell in line)
        return
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line if cell.value is not None):
            if cell.data_type != "n":
                yield str(cell.value), cell.data_type == "f"


def is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def test_no_download_of_any_role_carries_a_formula(customs: World) -> None:
    at = now()
    numbers = [
        lodged(customs, at, channel=2, document=hostile(word, f"GX-{place}"))
        for place, word in enumerate(EVIL)
        if word == word.strip()  # the door refuses texts that begin with a tab
    ]
    book_lodged(subjects={f"declaration:{number}": "15BB" for number in numbers}, at=at)
    carrier(customs)
    batch = sent(customs, as_csv([row(place, consignment=f"{word}{place}", hs="9") for place, word in enumerate(EVIL)]))
    judged()
    released(customs, given(plate=LINK), person(phone="+84912345678", full_name=LINK))
    values = {"kind": ["csv", "xlsx"], "number": numbers[:1], "batch": [str(batch)], "hs": ["08081000"]}
    values |= {"subject": [f"declaration:{numbers[0]}"]}
    tables, words, found = set(), set(), set()
    known = clients(customs)
    downloads = [(route, address) for route, address in addresses(values) if TABLE.search(route)]
    for route, address in downloads:
        for client in known.values():
            answer = client.get(address)
            if answer.status_code == 405:
                break
            if answer.status_code == 200 and re.search(f"{CSV}|{EXCEL}", answer.headers["Content-Type"]):
                tables.add((route, CSV in answer.headers["Content-Type"]))
                for text, formula in cells(answer):
                    if formula or (text.startswith(_FORMULA) and not is_number(text)):
                        found.add((address, text))
                    if text.startswith(tuple(f"'{one}" for one in _FORMULA)):
                        words.add((route, CSV in answer.headers["Content-Type"]))
                break
            answer.close()
    assert found == set()
    both = {"declarations/list.<table:kind>", "express/<int:batch>/results.<slug:kind>"}
    assert {(route, shape) for route in both for shape in (True, False)} <= words
    assert len(tables) >= 10
