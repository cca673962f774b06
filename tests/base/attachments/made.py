"""Files made for tests: good ones, and ones made to do harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import openpyxl
from PIL import Image
from pypdf import PdfWriter

XML = "<?xml version='1.0' encoding='UTF-8'?><invoice><number>HĐ-01</number></invoice>".encode()
TEXT = "Hóa đơn số 1\n".encode()
SVG = b"<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(1)</script>"
XXE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"
GPS = {1: "N", 2: (21.0, 58.0, 12.0), 3: "E", 4: (106.0, 43.0, 8.0)}


def pdf(*, pages: int = 1, password: str = "", carried: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if carried:
        writer.add_attachment("a.exe", b"MZ")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _written(writer.write)


def pdf_saying(words: str) -> bytes:
    content = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    return raw_pdf(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))


def pdf_bomb() -> bytes:
    """A page whose content grows a thousandfold, twice over."""
    content = zlib.compress(zlib.compress(b"0 0 m\n" * 40_000_000, 9), 9)
    return raw_pdf(b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(content), content))


def raw_pdf(content: bytes) -> bytes:
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources%s>>" % font,
        content,
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    return _written(lambda out: Image.new(mode, size, None).save(out, kind, **options))


def photo() -> bytes:
    """A photo of a phone held upright, with where and by what it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110] = 6, "SpyPhone", "X-9000"
    exif.get_ifd(0x8825).update(GPS)
    return picture("JPEG", (300, 200), exif=exif, comment=b"secret note")


def workbook(**sheets: str) -> bytes:
    book = openpyxl.Workbook()
    for name in sheets.values() or ("Hàng hóa",):
        book.create_sheet(name)
    return _written(book.save)


def archive(**parts: bytes) -> bytes:
    names = {"types": "[Content_Types].xml", "book": "xl/workbook.xml", "macro": "xl/vbaProject.bin"}

    def write(out: io.BytesIO) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
            for name, content in parts.items():
                whole.writestr(names.get(name, name), content)

    return _written(write)


def zip_bomb() -> bytes:
    return archive(types=b"x", book=b" " * (250 * 2**20))


def _written(write: Any) -> bytes:
    out = io.BytesIO()
    write(out)
    return out.getvalue()
