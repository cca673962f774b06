"""Workbooks and messages in place of the form."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate

from tests.clearance.origin.entry.typed import written
from tests.clearance.origin.papers import paper
from tests.world import ENTERPRISE, OTHER_ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.formats.eformd import read_message, written_message
from thongquan.clearance.origin.formats.eformd.mapping import rows
from thongquan.clearance.origin.formats.excel import HEADER_SHEET, LINES_SHEET, blank_workbook, read_workbook
from thongquan.clearance.origin.formats.fields import COLUMNS, HEADER
from thongquan.clearance.origin.formats.texts import Written, paper_of
from thongquan.clearance.origin.queries import certificate_file, certificates_in_scope
from thongquan.rules.codes import Code

FILE = "/origin/new/file"
MESSAGES = "/api/v1/origin/messages"


def send(client: Client, content: bytes, name: str = "co.xlsx", **more: str) -> HttpResponse:
    data = {"office": "15BB", "tax_code": ENTERPRISE, "do": "register", **more}
    return client.post(FILE, {**data, "file": SimpleUploadedFile(name, content)}, headers={"accept-language": "en"})  # type: ignore[return-value]


def codes_in(answer: HttpResponse) -> set[str]:
    return set(re.findall(r"TQ-[A-Z]+-\d+", answer.content.decode()))


def edited(content: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def message() -> bytes:
    return written_message(written(), on=localdate(now()))


def count(customs: World) -> int:
    return certificates_in_scope(customs.actor("clearance_officer")).count()


@pytest.mark.parametrize("language", ["vi", "en", "zh-hans", "fr"])
def test_the_template_filled_in_is_read_again(language: str) -> None:
    given = written(retroactive=True)
    read = read_workbook(blank_workbook(language=language, written=given), language=language)
    assert paper_of(read.written) == (paper(retroactive=True), [])


def test_a_workbook_is_registered_or_opened_in_the_form(customs: World) -> None:
    book = blank_workbook(language="vi", written=written())
    trader = customs.client("declarant")
    shown = send(trader, book, do="form").content.decode()
    assert 'value="E26450000123456"' in shown
    answer = send(trader, book)
    assert answer.status_code == 302
    key = int(answer["Location"].strip("/").rpartition("/")[2])
    assert certificate_file(actor=customs.actor("declarant"), certificate=key).paper == paper()


def test_faults_of_a_workbook_are_told_by_cell_and_nothing_kept(customs: World) -> None:
    book = blank_workbook(language="vi", written=written())
    read = read_workbook(book, language="vi")
    row, column = read.places["issued_on"] + 1, "ABCDEFGHIJ"[read.columns["quantity"]]
    before = count(customs)
    wrong = edited(book, {(HEADER_SHEET, f"B{row}"): "soon", (LINES_SHEET, f"{column}5"): "many"})
    answer = send(customs.client("clearance_officer"), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"&#x27;{HEADER_SHEET}&#x27;!B{row}" in text
    assert f"&#x27;{LINES_SHEET}&#x27;!{column}5" in text
    assert count(customs) == before


def test_a_row_left_empty_keeps_the_places_of_those_below(customs: World) -> None:
    given = written()
    gap = Written(given.fields, [given.lines[0], {}, {**given.lines[1], "quantity": "many"}])
    book = read_workbook(blank_workbook(language="en", written=gap), language="en")
    assert len(book.written.lines) == 2
    _paper, faults = paper_of(book.written)
    assert [book.cell_of(fault) for fault in faults] == [f"'{LINES_SHEET}'!E5"]


def test_a_formula_counts_by_its_value_and_is_never_written_as_one(customs: World) -> None:
    book = blank_workbook(language="en", written=Written({"exporter": "=HYPERLINK(1)"}, [{"description": "=1+1"}]))
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in sheet for cell in row]
    assert {"'=1+1", "'=HYPERLINK(1)"} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    typed = edited(blank_workbook(language="en", written=written()), {(LINES_SHEET, "E3"): "=1+1"})
    answer = send(customs.client("clearance_officer"), typed)
    assert codes_in(answer) == {Code.TQ_ORI_015}


def test_a_workbook_of_three_hundred_lines(customs: World) -> None:
    given = written()
    book = blank_workbook(language="vi", written=Written(given.fields, [given.lines[0]] * 300))
    assert send(customs.client("clearance_officer"), book).status_code == 302
    more = blank_workbook(language="vi", written=Written({**given.fields, "number": "E3"}, [given.lines[0]] * 301))
    assert Code.TQ_FMT_011 in codes_in(send(customs.client("clearance_officer"), more))


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "co.xlsx", Code.TQ_ATT_001),
        (b"hello", "co.txt", Code.TQ_ORI_077),
        (b"PK\x03\x04 broken", "co.xlsx", Code.TQ_FMT_001),
        (b"<Invoice/>", "co.xml", Code.TQ_ORI_078),
        (b"<CertificateOfOrigin>", "co.xml", Code.TQ_FMT_016),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CertificateOfOrigin>&b;</CertificateOfOrigin>', "co.xml", Code.TQ_FMT_013),
    ],
)
def test_what_is_no_certificate_is_refused_with_a_remedy(customs: World, content: bytes, name: str, code: str) -> None:
    before = count(customs)
    answer = send(customs.client("clearance_officer"), content, name)
    assert answer.status_code == 422
    assert codes_in(answer) == {code}
    assert "tq-remedy" in answer.content.decode()
    assert count(customs) == before


def test_a_workbook_without_its_sheets_or_of_another_version(customs: World) -> None:
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    officer = customs.client("clearance_officer")
    assert codes_in(send(officer, other.getvalue())) == {Code.TQ_FMT_005}
    old = edited(blank_workbook(language="vi"), {(HEADER_SHEET, "B2"): "A0"})
    assert codes_in(send(officer, old)) == {Code.TQ_FMT_015}


def test_the_message_goes_there_and_back(customs: World) -> None:
    given = written(route=("SG", "MY"), boxes={"13": "ISSUED RETROACTIVELY"}, third_party=True)
    read = read_message(written_message(given, on=localdate(now())), on=localdate(now()))
    assert paper_of(read) == (paper(route=("SG", "MY"), boxes={"13": "ISSUED RETROACTIVELY"}, third_party=True), [])


def test_every_field_has_its_element_and_each_is_marked_unverified() -> None:
    keys = {row.key for row in rows()}
    assert keys == {*HEADER, *(f"lines.{key}" for key in COLUMNS)}
    assert not [row.path for row in rows() if row.is_verified or not row.source]


def test_a_message_over_the_api(customs: World) -> None:
    trader = customs.api("declarant")
    address = f"{MESSAGES}?office=15BB&tax_code={ENTERPRISE}"
    answer = trader.post(address, message(), content_type="application/xml")
    assert answer.status_code == 201
    key = answer.json()["id"]
    assert certificate_file(actor=customs.actor("declarant"), certificate=key).paper == paper()
    again = trader.post(address, message(), content_type="application/xml")
    assert [fault["code"] for fault in again.json()["faults"]] == [Code.TQ_ORI_050]


def test_every_fault_of_a_message_at_once() -> None:
    body = (
        b"<CertificateOfOrigin><Header><Wish/><ReferenceNumber>1</ReferenceNumber><ReferenceNumber>2</ReferenceNumber>"
        b"</Header><Items><Item><Color>red</Color></Item></Items></CertificateOfOrigin>"
    )
    with pytest.raises(Refused) as refused:
        read_message(body, on=localdate(now()))
    assert [fault.value for fault in refused.value.faults] == ["Wish", "ReferenceNumber", "Color"]
    assert {fault.code for fault in refused.value.faults} == {Code.TQ_ORI_079}


def test_big_and_hostile_messages_are_refused_at_once(customs: World, tmp_path: object) -> None:
    many = b"<CertificateOfOrigin><Items>" + b"<Item/>" * 30_000 + b"</Items></CertificateOfOrigin>"
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    huge = b"<CertificateOfOrigin>" + b" " * (5 * 2**20) + b"</CertificateOfOrigin>"
    laughs = b'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><CertificateOfOrigin>&b;</CertificateOfOrigin>'
    outside = b'<!DOCTYPE z SYSTEM "http://127.0.0.1:9/x"><CertificateOfOrigin/>'
    expected = {
        many: Code.TQ_FMT_010,
        deep: Code.TQ_FMT_016,
        huge: Code.TQ_FMT_010,
        laughs: Code.TQ_FMT_013,
        outside: Code.TQ_FMT_013,
    }
    for body, code in expected.items():
        with pytest.raises(Refused) as refused:
            read_message(body, on=localdate(now()))
        assert [fault.code for fault in refused.value.faults] == [code]


def test_a_stranger_sends_no_message(customs: World) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    address = f"{MESSAGES}?office=15BB&tax_code={ENTERPRISE}"
    assert stranger.post(address, message(), content_type="application/xml").status_code == 401


def test_a_neighbor_sends_no_message_or_file_for_another(customs: World) -> None:
    address = f"{MESSAGES}?office=15BB&tax_code={OTHER_ENTERPRISE}"
    assert customs.api("declarant").post(address, message(), content_type="application/xml").status_code == 403
    book = blank_workbook(language="vi", written=written())
    assert send(customs.client("clearance_officer"), book, office="20BB").status_code == 403
