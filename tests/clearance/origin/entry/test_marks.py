"""A second look at a scan gives marks, and what it tells apart from the first is doubted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.clearance.origin.formats.paper import marks
from thongquan.clearance.origin.formats.paper.marks import may_have_marks, ready_marks, with_marks


@pytest.mark.parametrize(
    ("read", "marked", "stands", "agreed"),
    [
        ("Cong ty TNHH Binh Minh", "Công ty TNHH Bình Minh", "Công ty TNHH Bình Minh", True),
        ("CongtyTNHH BinhMinh", "Công ty TNHH Bình Minh", "Công ty TNHH Bình Minh", True),
        ("Tao tuoi, HS 0808.10", "Táo tươi, HS 0808.10", "Táo tươi, HS 0808.10", True),
        ("S6 258, duong Le Lqi", "Số 258, đường Lê Lợi", "Số 258, đường Lê Lợi", False),
        ("Tao tuoi 1,200.50 KGS", "Táo tươi 1.200,50 KGS", "Táo tươi 1.200,50 KGS", False),
        ("E264500000123456", "E26450000O123456", "E264500000123456", True),
        ("GARLIC 3,200.50 KGS", "GARLIC 3.200,50 KGS", "GARLIC 3,200.50 KGS", True),
        ("Binh Minh", "Số lạ", "Binh Minh", True),
        ("in six digit code)", "in six đigit code)", "in six digit code)", True),
        ("quantity, and value", "quanDty, and vaÌue", "quantity, and value", True),
        ("It is hereby certified", "Ítis hereby certified", "It is hereby certified", True),
        ("N/M", "NÑ/M", "N/M", True),
        ("NGUYEN THI QUY", "NGUYỄN THỊ QUÝ", "NGUYỄN THỊ QUÝ", True),
        ("Binh Minh", "", "Binh Minh", True),
    ],
)
def test_a_second_look_stands_where_it_has_marks_and_is_much_alike(
    read: str, marked: str, stands: str, agreed: bool
) -> None:
    assert with_marks(read, marked) == (stands, agreed)


@given(st.text(), st.text())
def test_the_line_is_always_one_of_both_looks_and_other_figures_are_never_sure(read: str, marked: str) -> None:
    told, agreed = with_marks(read, marked)
    assert told in (read, marked)
    assert told == read or agreed == (marks._FIGURES.findall(read) == marks._FIGURES.findall(marked))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_a_line_without_marks_stays_as_it_was(marked: str) -> None:
    assert with_marks("0808.10 E264500", marked) == ("0808.10 E264500", True)


def test_only_latin_print_is_looked_at_again() -> None:
    assert may_have_marks("Tao tuoi")
    assert not any(may_have_marks(one) for one in ("新鲜苹果", "APPLES 新鲜苹果", "1,200.50", ""))


def test_without_the_library_or_its_model_nothing_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "LIBRARY", "libnot-there.so.9")
    assert ready_marks() is None
    monkeypatch.undo()
    monkeypatch.setattr(marks, "LANGUAGE", b"xx")
    assert ready_marks() is None
