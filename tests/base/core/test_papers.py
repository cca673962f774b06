"""Papers are typeset with every letter of their data, and data stay data."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from thongquan.base.core.papers import FontsMissingError, dong_in_words, making, pdf, picture

SAMPLE = Path(__file__).parent / "sample.typ"
ROOT = Path(__file__).resolve().parents[3] / "src"
WILD = '#panic("x") $x$ *bold* #read("/etc/passwd") \\u{41} @ref <label> // cut "quote"'


def a_paper(**changes: Any) -> dict[str, Any]:
    data = {
        "head": {
            "parent": "Cục Hải quan",
            "agency": "Chi cục Hải quan khu vực VI",
            "number": "12/QĐ-KVVI",
            "place": "Lạng Sơn",
            "on": date(2026, 2, 3),
            "title": "Quyết định",
            "about": "Về việc hoàn thuế nộp thừa",
        },
        "trader": "Công ty TNHH Xuất nhập khẩu Bình Minh",
        "partner": "广西凭祥贸易有限公司 (喆堃)",
        "amount": Decimal(1205000),
        "words": dong_in_words(Decimal(1205000)),
        "note": "Ưởng nghĩa quyền hưởng giữ ỹ Ỷ ẵ",
        "lines": [{"number": 1, "goods": "Nấm hương khô 干香菇", "quantity": Decimal("800.5"), "amount": 1205000}],
        "signature": {"capacity": "KT. Chi cục trưởng", "title": "Phó Chi cục trưởng", "name": "Nguyễn Thị Ánh"},
        "recipients": ["Công ty Bình Minh"],
    }
    return {**data, **changes}


def text_of(content: bytes) -> str:
    """All words of a paper with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.fixture(autouse=True)
def _in_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "realm_name", lambda: "practice")


def test_vietnamese_and_chinese_can_be_read_back() -> None:
    text = text_of(pdf(SAMPLE, a_paper()))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CHI CỤC HẢI QUAN KHU VỰC VI",
        "广西凭祥贸易有限公司",
        "喆堃",
        "干香菇",
        "Ưởng nghĩa quyền hưởng giữ ỹ Ỷ ẵ",
        "Lạng Sơn, ngày 03 tháng 02 năm 2026",
        "1.205.000",
        "800,5",
        "Một triệu hai trăm linh năm nghìn đồng",
        "Nguyễn Thị Ánh",
    ):
        assert words in text, words


def test_both_scripts_come_from_the_fonts_of_the_tree() -> None:
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for page in PdfReader(io.BytesIO(pdf(SAMPLE, a_paper()))).pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())
    }
    assert any("Tinos" in name for name in fonts)
    assert any("NotoSerifSC" in name for name in fonts)


def test_data_are_never_read_as_source() -> None:
    text = text_of(pdf(SAMPLE, a_paper(note=WILD)))
    assert WILD in text


def test_the_same_data_give_the_same_bytes() -> None:
    assert pdf(SAMPLE, a_paper()) == pdf(SAMPLE, a_paper())


def test_only_a_real_paper_is_without_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text_of(pdf(SAMPLE, a_paper()))
    monkeypatch.setattr(making, "realm_name", lambda: None)
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text_of(pdf(SAMPLE, a_paper()))
    monkeypatch.setattr(making, "realm_name", lambda: "real")
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" not in text_of(pdf(SAMPLE, a_paper()))


def test_data_cannot_name_the_realm(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in text_of(pdf(SAMPLE, a_paper(realm="real")))


def test_the_province_of_a_region_is_the_place_of_its_papers() -> None:
    head = {**a_paper()["head"], "parent": "Hải quan khu vực VI (Lạng Sơn)", "place": ""}
    text = text_of(pdf(SAMPLE, a_paper(head=head)))
    assert "HẢI QUAN KHU VỰC VI CHI CỤC" in text
    assert "Lạng Sơn, ngày 03 tháng 02 năm 2026" in text
    text = text_of(pdf(SAMPLE, a_paper(head={**head, "parent": "Cục Hải quan"})))
    assert "Hạnh phúc ngày 03 tháng 02" in text


def test_long_papers_repeat_heads_and_count_pages() -> None:
    lines = [{"number": n, "goods": f"Hàng thứ {n}", "quantity": n, "amount": n} for n in range(1, 121)]
    pages = PdfReader(io.BytesIO(pdf(SAMPLE, a_paper(lines=lines)))).pages
    assert len(pages) > 2
    assert "Hàng hóa" in pages[1].extract_text()
    assert "\n2\n" in pages[1].extract_text()


def test_a_paper_without_fonts_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(making, "FONTS", tmp_path)
    making._fonts.cache_clear()
    try:
        with pytest.raises(FontsMissingError, match="Tinos"):
            pdf(SAMPLE, a_paper())
    finally:
        making._fonts.cache_clear()


def test_a_picture_is_a_png() -> None:
    assert picture(SAMPLE, a_paper()).startswith(b"\x89PNG")


def test_no_template_fetches_anything() -> None:
    templates = list(ROOT.rglob("*.typ"))
    assert templates
    for template in templates:
        assert '"@' not in template.read_text(encoding="utf-8"), template.name


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (55, "Năm mươi lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (1000, "Một nghìn đồng"),
        (1005, "Một nghìn không trăm linh năm đồng"),
        (20000, "Hai mươi nghìn đồng"),
        (1205000, "Một triệu hai trăm linh năm nghìn đồng"),
        (2_000_000_015, "Hai tỷ không trăm mười lăm đồng"),
        (12_345_678_901, "Mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một đồng"),
        (10**18, "Một tỷ tỷ đồng"),
        (-50000, "Âm năm mươi nghìn đồng"),
    ],
)
def test_amounts_in_words(amount: int, words: str) -> None:
    assert dong_in_words(Decimal(amount)) == words


def test_a_fraction_of_a_dong_has_no_words() -> None:
    with pytest.raises(ValueError, match="whole dong"):
        dong_in_words(Decimal("1.5"))
