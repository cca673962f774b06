"""Looking through papers: pages drawn in the sandbox and kept, sheets as rows, the viewer with and without script."""

from __future__ import annotations

import io
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from PIL import Image

from tests.base.attachments import made
from tests.base.attachments.office import lodged, other_enterprise, put, read_all
from tests.world import World
from thongquan.base.attachments import leaves
from thongquan.base.attachments.leaves import page_picture, sheet_rows
from thongquan.base.attachments.reading import Leaf, read_leaf
from thongquan.base.attachments.types import PDF, XLSX
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.rules.codes import Code


def workbook(rows: int = 2) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for place in range(rows):
        sheet.append(["Táo tươi", place, 12.5, "=1+1"])
    book.create_sheet("Bảng 2").append(["Hai"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_page_is_drawn_behind_walls_as_a_picture_without_anything_else() -> None:
    leaf = read_leaf(made.pdf_saying("HOA DON 01"), PDF, 1)
    with Image.open(io.BytesIO(leaf.picture)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (800, 800))
        darkest, _lightest = picture.convert("L").getextrema()
        assert isinstance(darkest, int)
        assert darkest < 64, "the words are drawn"
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "kind", "place"),
    [(b"%PDF-1.4 nothing", PDF, 1), (made.pdf(), PDF, 2), (made.pdf(), PDF, 0), (b"PK\x03\x04", XLSX, 1)],
)
def test_what_cannot_be_drawn_is_said_by_a_code(content: bytes, kind: str, place: int) -> None:
    assert read_leaf(content, kind, place) == Leaf(fault=Code.TQ_ATT_011)


def test_a_page_that_grows_without_end_is_given_up() -> None:
    leaf = read_leaf(made.pdf_bomb(), PDF, 1, seconds=4)
    assert not leaf.picture or len(leaf.picture) < 2**22
    assert leaf.fault in {"", Code.TQ_ATT_011, Code.TQ_ATT_012, Code.TQ_ATT_013}


def test_rows_of_a_sheet_are_told_as_they_stand() -> None:
    leaf = read_leaf(workbook(), XLSX, 1)
    assert leaf.rows[1][:3] == ["Táo tươi", "1", "12.5"]
    assert not leaf.more
    assert read_leaf(workbook(), XLSX, 2).rows == [["Hai"]]
    long = read_leaf(workbook(300), XLSX, 1)
    assert (len(long.rows), long.more) == (200, True)


def test_pages_are_drawn_once_and_seen_by_those_who_see_the_file(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = lodged(customs)
    paper, sheet = put(customs, subject, made.pdf(pages=2)), put(customs, subject, workbook(), kind="PKL")
    officer = customs.actor("clearance_officer")
    with pytest.raises(NotFound):
        page_picture(actor=officer, file_id=paper.file.id, place=1)
    read_all()
    drawn = page_picture(actor=officer, file_id=paper.file.id, place=2)
    assert sheet_rows(actor=officer, file_id=sheet.file.id, place=2).rows == [["Hai"]]
    monkeypatch.setattr(leaves, "read_leaf", lambda *_: Leaf(fault="TQ-ATT-014"))
    assert page_picture(actor=officer, file_id=paper.file.id, place=2) == drawn
    assert sheet_rows(actor=officer, file_id=sheet.file.id, place=2).rows == [["Hai"]]
    assert sheet_rows(actor=officer, file_id=sheet.file.id, place=1).fault == "TQ-ATT-014"
    for place in (0, 1, 3):
        with pytest.raises(NotFound):
            page_picture(actor=officer, file_id=paper.file.id, place=place)
    for stranger in (other_enterprise(), customs.actor("partner_agency")):
        with pytest.raises(NotFound):
            page_picture(actor=stranger, file_id=paper.file.id, place=2)
    with pytest.raises(NotFound):
        page_picture(actor=officer, file_id=sheet.file.id, place=1)


def test_too_many_readers_at_once_are_refused_not_piled_up(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = put(customs, lodged(customs))
    read_all()
    monkeypatch.setattr(leaves, "PATIENCE_SECONDS", 0)
    turns = [leaves._turns.acquire(timeout=0) for _ in range(leaves.AT_ONCE)]
    try:
        with pytest.raises(Conflict):
            page_picture(actor=customs.actor("clearance_officer"), file_id=paper.file.id, place=1)
    finally:
        for _ in turns:
            leaves._turns.release()


def test_the_viewer_goes_through_papers_and_pages_by_links(customs: World) -> None:
    subject = lodged(customs)
    first, second = put(customs, subject, made.pdf(pages=3)), put(customs, subject, made.TEXT, kind="CON")
    read_all()
    client = customs.client("clearance_officer")
    address = f"/files/of/{quote(subject)}/view"
    page = client.get(address).content.decode()
    assert f'src="/files/{first.file.id}/page-1.jpg"' in page
    assert f'href="?paper={first.id}&amp;page=2#viewer"' in page
    assert f'href="?paper={second.id}#viewer"' in page
    last = client.get(f"{address}?paper={first.id}&page=99&near=150").content.decode()
    assert f'src="/files/{first.file.id}/page-3.jpg"' in last
    assert "at-sheet is-150" in last
    part = client.get(f"{address}?paper={second.id}", headers={"hx-request": "true"}).content.decode()
    assert "Hóa đơn số 1" in part
    assert "<html" not in part
    odd = client.get(f"{address}?paper=x&page=-1&near=%3Cb%3E").content.decode()
    assert f'src="/files/{first.file.id}/page-1.jpg"' in odd
    picture = client.get(f"/files/{first.file.id}/page-1.jpg")
    assert picture["Content-Type"] == "image/jpeg"
    assert "default-src 'none'" in picture["Content-Security-Policy"]


def test_a_stranger_or_neighbor_looks_through_nothing(customs: World) -> None:
    subject = lodged(customs)
    paper = put(customs, subject)
    read_all()
    addresses = (f"/files/of/{quote(subject)}/view", f"/files/{paper.file.id}/page-1.jpg")
    for address in addresses:
        assert Client(SERVER_NAME="127.0.0.1").get(address)["Location"].startswith("/accounts/login/")
        assert customs.client("partner_agency").get(address).status_code == 404
    customs.run_sql("UPDATE declarations_declaration SET office = '20BB'")
    for address in addresses:
        assert customs.client("clearance_officer").get(address).status_code == 404
