"""Reading in a process of its own: what is found, and that nothing sent by a stranger gets further than a code."""

from __future__ import annotations

import io
import os
import re
import socket
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.base.attachments import made
from thongquan.base.attachments.reading import read_content, run
from thongquan.base.attachments.reading.shape import Found, packed, unpacked
from thongquan.base.attachments.types import JPEG, PDF, PNG, TEXT, WEBP, XLSX, XML


def test_pages_and_words_of_a_pdf() -> None:
    found = read_content(made.pdf_saying("Invoice GX-2611"), PDF).found
    assert (found.fault, found.pages, found.text, found.is_active) == ("", 1, "Invoice GX-2611", False)
    assert read_content(made.pdf(pages=3), PDF).found.pages == 3


def test_a_pdf_that_carries_files_is_marked() -> None:
    assert read_content(made.pdf(carried=True), PDF).found.is_active


def test_a_photo_is_shown_upright_without_place_and_device() -> None:
    original = made.photo()
    assert b"SpyPhone" in original
    reading = read_content(original, JPEG)
    assert (reading.found.width, reading.found.height) == (300, 200)
    for copy in (reading.thumb, reading.view):
        with Image.open(io.BytesIO(copy)) as shown:
            assert shown.height > shown.width, "the camera was held upright"
            assert not shown.getexif()
            assert not {"exif", "comment", "icc_profile"} & set(shown.info)
        assert b"SpyPhone" not in copy
        assert b"secret note" not in copy


@pytest.mark.parametrize(
    "content",
    [
        made.picture("PNG", mode="RGBA"),
        made.picture("PNG", mode="P"),
        made.picture("PNG", mode="LA"),
        made.picture("PNG", mode="1"),
        made.picture("PNG", mode="I;16"),
        made.picture("PNG", size=(4000, 10)),
    ],
)
def test_pictures_of_every_make_have_a_copy(content: bytes) -> None:
    reading = read_content(content, PNG)
    assert reading.found.fault == ""
    assert reading.thumb
    assert reading.view


def test_webp_workbook_xml_and_text() -> None:
    assert read_content(made.picture("WEBP"), WEBP).thumb
    assert read_content(made.workbook(a="Hàng hóa", b="Tờ 2"), XLSX).found.sheets == ["Sheet", "Hàng hóa", "Tờ 2"]
    assert "HĐ-01" in read_content(made.XML, XML).found.text
    assert read_content(made.TEXT, TEXT).found.text == made.TEXT.decode()


def huge_png() -> bytes:
    """A picture that says it has 90,000 by 90,000 points."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 90_000, 90_000, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"x")))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def nested_pdf() -> bytes:
    return b"%PDF-1.4\n" + b"[" * 2_000_000


def overlapping_zip() -> bytes:
    """Two directory entries that share the bytes of one."""
    whole = made.archive(types=b"x", book=b"<workbook/>", other=b"y" * 100)
    return whole.replace(struct.pack("<I", whole.rindex(b"PK\x03\x04")), struct.pack("<I", 0))


def billion_laughs() -> bytes:
    lines = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    return f"<!DOCTYPE a [<!ENTITY l0 'ha'>{lines}]><a>&l11;</a>".encode()


@pytest.mark.parametrize(
    ("content", "kind", "codes"),
    [
        (made.zip_bomb(), XLSX, {"TQ-ATT-012"}),
        (overlapping_zip(), XLSX, {"TQ-ATT-012", "TQ-ATT-011"}),
        (huge_png(), PNG, {"TQ-ATT-012"}),
        (made.picture("PNG", size=(20_000, 20_000), mode="1"), PNG, {"TQ-ATT-012"}),
        (made.pdf_bomb(), PDF, {"TQ-ATT-012", "TQ-ATT-013"}),
        (nested_pdf(), PDF, {"TQ-ATT-011", "TQ-ATT-012"}),
        (made.pdf(password="secret"), PDF, {"TQ-ATT-015"}),
        (made.pdf()[:200], PDF, {"TQ-ATT-011"}),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, PNG, {"TQ-ATT-011"}),
        (made.picture("JPEG")[:300], JPEG, {"TQ-ATT-011"}),
        (made.archive(types=b"x", book=b"not xml"), XLSX, {"TQ-ATT-011"}),
        (made.archive(types=b"x", book=b"<a/>", macro=b"z"), XLSX, {"TQ-ATT-017"}),
        (billion_laughs(), XML, {"TQ-ATT-005", "TQ-ATT-011"}),
        (made.XXE, XML, {"TQ-ATT-005", "TQ-ATT-011"}),
        (b"<a><s:svg xmlns:s='x'/></a>", XML, {"TQ-ATT-006"}),
        (b"<a>" * 300_000, XML, {"TQ-ATT-011", "TQ-ATT-012"}),
        (b"anything", "application/unknown", {"TQ-ATT-011"}),
    ],
)
def test_a_hostile_file_ends_in_a_clear_fault(content: bytes, kind: str, codes: set[str]) -> None:
    reading = read_content(content, kind)
    assert reading.found.fault in codes
    assert not reading.view


def test_nothing_outside_comes_in_by_xml() -> None:
    assert "root:" not in read_content(made.XXE, XML).found.text


def test_a_reader_that_hangs_is_stopped() -> None:
    reading = run.read_content(b"", "0", seconds=0.5, child="http.server")
    assert reading.found.fault == "TQ-ATT-013"


def test_a_reader_that_breaks_down_is_told() -> None:
    assert run.read_content(b"not json", "--nothing", child="json.tool").found.fault == "TQ-ATT-014"


def test_a_reader_that_says_something_else_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.read_content(b"{}", "-", child="json.tool").found.fault == "TQ-ATT-014"
    monkeypatch.setattr(run, "MAX_ANSWER", 100)
    assert run.read_content(made.picture(), PNG).found.fault != "", "more than allowed is cut off"


WALLS = """
import encodings.idna, os, socket
from thongquan.base.attachments.reading.limits import confine
secret = os.path.join(os.environ["HOME"], "secret")
confine()
def socket_after_closing():
    os.close(0)
    try:
        socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 2)
    finally:
        socket.socket()  # takes the free place again
def file_after_closing():
    open(secret)
done = []
tries = (lambda: open(secret), socket.socket, lambda: bytearray(2 * 2**30), os.fork, socket_after_closing)
for what in (*tries, file_after_closing):
    try:
        what()
        done.append("open")
    except (OSError, MemoryError):
        done.append("shut")
print(done, os.getuid())
"""


def test_inside_the_walls_there_is_no_file_no_network_and_little_memory(tmp_path: Path) -> None:
    """Neither by a new descriptor nor by giving up an old one."""
    (tmp_path / "secret").write_text("key")
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = subprocess.run(
            [sys.executable, "-I", "-c", WALLS],
            capture_output=True,
            text=True,
            env={"HOME": str(tmp_path), "PORT": str(server.getsockname()[1])},
            cwd=nowhere,
            check=False,
        )
    shut = re.findall("open|shut", said.stdout)
    assert shut[:4] == ["shut"] * 4, said
    if os.getuid() == 0:  # elsewhere it depends on what the system lets an ordinary person give up
        assert shut == ["shut"] * 6, said
        assert said.stdout.strip().endswith("65534")


def test_a_reader_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    started = subprocess.Popen.__init__

    def watched(self: Any, *args: Any, **options: Any) -> None:
        seen.append(options["env"])
        started(self, *args, **options)

    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    read_content(b"x", TEXT)
    assert [set(env) for env in seen] == [{"PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xff\xff\xff",
        packed(Found()) + b"more",
        packed(Found(), b"<svg>", b"<script>"),
        packed(Found(pages=-1)),
        packed(Found(width=2**40)),
        (4).to_bytes(4, "big") + b"{}xx" + bytes(8),
    ],
)
def test_an_answer_of_a_taken_over_reader_is_refused(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(said)


def test_an_answer_is_cut_to_what_columns_take() -> None:
    found = unpacked(packed(Found(text="a\x00" * 10_000, sheets=["s" * 500] * 500, fault="x" * 50))).found
    assert len(found.text) == 4000
    assert "\x00" not in found.text
    assert len(found.sheets) == 50
    assert len(found.fault) == 16
