"""What a file is, by its content: what is taken, and what an attacker would have taken."""

from __future__ import annotations

import pytest

from tests.base.attachments import made
from thongquan.base.attachments.names import safe_name
from thongquan.base.attachments.types import CSV, JPEG, PDF, PNG, TEXT, WEBP, XLSX, type_of
from thongquan.base.attachments.types import XML as XML_TYPE


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (made.pdf(), "a.pdf", PDF),
        (made.picture("PNG"), "a.pdf", PNG),
        (made.photo(), "a.jpg", JPEG),
        (made.picture("WEBP"), "a", WEBP),
        (made.workbook(), "a.xlsx", XLSX),
        (made.XML, "a.xml", XML_TYPE),
        (made.TEXT, "a.txt", TEXT),
        (made.TEXT, "A.CSV", CSV),
    ],
)
def test_a_good_file_is_known_by_its_content_whatever_its_name(content: bytes, name: str, kind: str) -> None:
    assert type_of(content, name) == (kind, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TQ-ATT-001"),
        (b"MZ\x90\x00" + b"\0" * 200, "TQ-ATT-003"),
        (b"\x7fELF" + b"\0" * 200, "TQ-ATT-003"),
        (b"GIF89a" + b"\0" * 50, "TQ-ATT-003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "TQ-ATT-003"),
        (made.archive(readme=b"just a zip"), "TQ-ATT-003"),
        (b"text with a \x00 in it", "TQ-ATT-003"),
        ("Hóa đơn".encode("utf-16"), "TQ-ATT-003"),
        (b"<?xml version='1.0' encoding='UTF-7'?><a/>", "TQ-ATT-003"),
        (made.HTML, "TQ-ATT-006"),
        (b"Dear customs,\n<ScRiPt src=//x></script>", "TQ-ATT-006"),
        (made.SVG, "TQ-ATT-006"),
        (b"<!DOCTYPE svg><svg/>", "TQ-ATT-006"),
        (b"<x:SVG xmlns:x='y'/>", "TQ-ATT-006"),
        (b"<a><b xmlns='http://www.w3.org/1999/xhtml'/></a>", "TQ-ATT-006"),
        (b"<?xml-stylesheet href='x.xsl'?><a/>", "TQ-ATT-006"),
        (made.XXE, "TQ-ATT-005"),
        (b"<a/><!ENTITY x 'y'>", "TQ-ATT-005"),
        (b"<!doctype>" * 200_000, "TQ-ATT-005"),
        (made.archive(types=b"x", book=b"y", macro=b"z"), "TQ-ATT-017"),
        (made.picture("PNG") + made.archive(a=b"b"), "TQ-ATT-004"),
        (made.pdf() + made.workbook(), "TQ-ATT-004"),
        (made.picture("JPEG", comment=b"%PDF-1.7 also me"), "TQ-ATT-004"),
        (made.TEXT + b"%PDF-1.7", "TQ-ATT-004"),
        (made.XML + made.archive(a=b"b"), "TQ-ATT-003"),
    ],
)
def test_what_is_not_taken_is_told_why(content: bytes, code: str) -> None:
    _kind, faults = type_of(content, "invoice.pdf")
    assert code in {fault.code for fault in faults}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("hóa đơn 01.PDF", "hóa đơn 01.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\a.exe", "a.exe.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ('a"; filename="b.html\r\nX: y.pdf', "a_; filename=_b.html X_ y.pdf"),
        ("", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "file.pdf"),
        ("con.pdf", "_con.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
        ("a\x00b\ud800.pdf", "ab.pdf"),
    ],
)
def test_names_lead_nowhere_and_end_as_what_they_are(name: str, safe: str) -> None:
    assert safe_name(name, PDF) == safe
