"""Vietnamese in a scan with its marks, behind the walls of the reader. Collected where Tesseract is installed."""

from __future__ import annotations

import unicodedata

from tests.clearance.origin.entry import drawn
from thongquan.base.attachments.types import PDF
from thongquan.clearance.origin.formats.paper.found import found_paper
from thongquan.clearance.origin.formats.paper.reading import read_paper


def test_a_slanted_scan_with_specks_keeps_its_vietnamese_marks_chinese_and_figures() -> None:
    read = found_paper(read_paper(drawn.scanned(), PDF)[0]).written
    assert read.fields["consignee"] == "Công ty TNHH Xuất nhập khẩu Bình Minh"
    assert read.fields["number"] == drawn.NUMBER
    assert any("CJK" in unicodedata.name(one, "") for one in read.fields["exporter"])
    assert [line["quantity"] for line in read.lines] == ["1200.50", "2200.50"]
