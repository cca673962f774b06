"""Uploading a file, and the template."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from msgspec.structs import replace

from tests.clearance.declarations.filled import workbook
from tests.world import OTHER_ENTERPRISE, World, as_json, import_document
from thongquan.clearance.declarations.formats.content import content_of
from thongquan.clearance.declarations.formats.excel import blank_workbook
from thongquan.clearance.declarations.formats.wco import write_declaration
from thongquan.rules.document import Document, Party

UPLOAD = "/declarations/upload/"


def excel(document: Document, **changes: object) -> bytes:
    template = blank_workbook(on=timezone.localdate(), language="vi")
    return workbook(
        template, content_of(document), changes={("Hàng hóa", name): value for name, value in changes.items()}
    )


@pytest.mark.parametrize("door", ["excel", "wco", "api"])
def test_a_file_is_checked_then_lodged(customs: World, door: str) -> None:
    document = import_document()
    data = {"excel": excel, "wco": write_declaration, "api": as_json}[door](document)
    client = customs.client("broker")
    checked = client.post(UPLOAD, {"file": SimpleUploadedFile("f", data), "do": "check"})
    assert checked.status_code == 200, checked.content.decode()
    assert "dc-tried" in checked.content.decode()
    assert "tq-channel" not in checked.content.decode()
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    lodged = client.post(UPLOAD, {"file": SimpleUploadedFile("f", data), "do": "lodge"})
    assert lodged.status_code == 302
    assert customs.run_sql("SELECT source FROM declarations_declaration") == [(door,)]


def test_faults_of_a_workbook_name_their_cell(customs: World) -> None:
    client = customs.client("broker")
    data = excel(import_document(), D7="nhiều")
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("f.xlsx", data), "do": "lodge"})
    assert answer.status_code == 422
    assert "&#x27;Hàng hóa&#x27;!D7" in answer.content.decode()
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("f.xlsx", excel(import_document(), A4="99999999"))})
    assert "&#x27;Hàng hóa&#x27;!A4" in answer.content.decode()
    assert "TQ-DEC-012" in answer.content.decode()


def test_a_workbook_is_opened_in_the_form(customs: World) -> None:
    client = customs.client("broker")
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("f.xlsx", excel(import_document())), "do": "draft"})
    assert answer.status_code == 302
    assert "Táo tươi giống Fuji" in client.get(answer["location"]).content.decode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "TQ-FMT-017"),
        (b"hs;name\n", "TQ-FMT-017"),
        (b"{not json", "TQ-FMT-002"),
        (b"PK\x03\x04cut", "TQ-FMT-001"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_clearly(customs: World, data: bytes, code: str) -> None:
    answer = customs.client("broker").post(UPLOAD, {"file": SimpleUploadedFile("f", data)})
    assert answer.status_code == 422
    assert code in answer.content.decode()


def test_no_file_is_told(customs: World) -> None:
    answer = customs.client("broker").post(UPLOAD, {})
    assert answer.status_code == 422
    assert "TQ-DEC-001" in answer.content.decode()


def test_the_template_is_downloaded(customs: World) -> None:
    answer = customs.client("declarant").get("/declarations/template.xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_a_stranger_uploads_nothing(customs: World) -> None:
    for path in (UPLOAD, "/declarations/template.xlsx"):
        assert "login" in Client().get(path)["location"]
        assert customs.client("clearance_officer").get(path).status_code == 403
    data = as_json(import_document())
    assert "login" in Client().post(UPLOAD, {"file": SimpleUploadedFile("f", data)})["location"]
    answer = customs.client("gate_officer").post(UPLOAD, {"file": SimpleUploadedFile("f", data), "do": "lodge"})
    assert answer.status_code == 403


def test_a_neighbor_uploads_nothing_for_another_enterprise(customs: World) -> None:
    other = replace(import_document(), trader=Party(name="Công ty khác", tax_code=OTHER_ENTERPRISE))
    for do in ("check", "lodge"):
        answer = customs.client("broker").post(UPLOAD, {"file": SimpleUploadedFile("f", as_json(other)), "do": do})
        assert answer.status_code == 403
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
