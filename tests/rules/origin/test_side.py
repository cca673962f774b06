"""Values of a certificate and of the declaration that claims it, side by side."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from thongquan.rules.origin.certificate import Paper, PaperLine
from thongquan.rules.origin.declared import Declared, DeclaredLine
from thongquan.rules.origin.findings import Pair
from thongquan.rules.origin.law import OriginLaw
from thongquan.rules.origin.side import line_sides, paper_sides

ON = date(2026, 3, 2)
LAW = OriginLaw(on=ON, factors={"TNE>KGM": Decimal(1000)})
ITEM = PaperLine(
    number=1, hs="080810", description="Fresh apples", origin="CN", quantity=Decimal(12), unit="KGM",
    gross_weight_kg=Decimal(13),
)  # fmt: skip
LINE = DeclaredLine(
    number=1, hs="08081000", description="fresh  APPLES", origin="CN", quantity=Decimal("12.0"), unit="KGM",
    gross_weight_kg=Decimal(13),
)  # fmt: skip
PAPER = Paper(
    agreement="ACFTA", form="E", number="E1", issued_on=ON, exporter="Guangxi Co., Ltd.", consignee="Bình Minh",
    invoices=("GX-1",), transport_document="PX 1", vehicle="FA1234",
)  # fmt: skip
DECLARED = Declared(
    on=ON, trader="BINH MINH", invoice="GX 1", invoice_issuer="Guangxi Co Ltd", transport_documents=("PX1",),
    vehicle="FA1234",
)  # fmt: skip


def line_words(item: PaperLine | None = ITEM, line: DeclaredLine = LINE) -> dict[str, str]:
    return {one.field: one.likeness for one in line_sides(Pair(line=line, item=item), LAW, "CN")}


def paper_words(paper: Paper = PAPER, declared: Declared = DECLARED) -> dict[str, str]:
    return {one.field: one.likeness for one in paper_sides(paper, declared)}


def test_equal_values_are_quiet() -> None:
    assert set(line_words().values()) == {"same"}
    assert set(paper_words().values()) == {"same"}


LINES = [
    ({"hs": "08083000"}, "hs", "differs"),
    ({"description": "Steel bars"}, "description", "differs"),
    ({"description": "Fresh apples Fuji"}, "description", "minor"),
    ({"origin": "TH"}, "origin", "differs"),
    ({"quantity": Decimal("12.1")}, "quantity", "differs"),
    ({"quantity": Decimal(5)}, "quantity", "same"),
    ({"quantity": Decimal("0.01"), "unit": "TNE"}, "quantity", "minor"),
    ({"unit": "PCE"}, "quantity", "differs"),
    ({"gross_weight_kg": Decimal(14)}, "gross_weight_kg", "differs"),
    ({"gross_weight_kg": None}, "gross_weight_kg", "alone"),
    ({"hs": ""}, "hs", "alone"),
    ({"quantity": None}, "quantity", "alone"),
]


@pytest.mark.parametrize(("changes", "field", "likeness"), LINES)
def test_a_line_that_differs_is_told_at_its_value(changes: dict[str, object], field: str, likeness: str) -> None:
    words = line_words(line=replace(LINE, **changes))
    assert words[field] == likeness
    assert {word for name, word in words.items() if name != field} == {"same"}


def test_other_eight_digits_of_six_in_common_are_minor() -> None:
    assert line_words(item=replace(ITEM, hs="08081010"))["hs"] == "minor"


PAPERS = [
    ({"invoice": "GX-2"}, "invoices", "differs"),
    ({"trader": "Another"}, "consignee", "differs"),
    ({"invoice_issuer": ""}, "exporter", "alone"),
    ({"transport_documents": ("X",)}, "transport_document", "differs"),
    ({"vehicle": "FB9999"}, "vehicle", "minor"),
    ({"on": ON - timedelta(days=1)}, "issued_on", "differs"),
]


@pytest.mark.parametrize(("changes", "field", "likeness"), PAPERS)
def test_papers_that_differ_are_told_at_their_value(changes: dict[str, object], field: str, likeness: str) -> None:
    assert paper_words(declared=replace(DECLARED, **changes))[field] == likeness


def test_a_declared_line_without_its_item_stands_alone() -> None:
    words = line_words(item=None)
    assert words["hs"] == "alone"
    assert words["quantity"] == "alone"
    assert paper_words(paper=replace(PAPER, issued_on=None))["issued_on"] == "alone"
