"""The form of an export certificate: its boxes, its marks, many lines over pages, the square that proves it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest
from msgspec.structs import replace

from tests.rules.origin.outbound_papers import ON, application, grown, law, line, material
from thongquan.base.core.papers import making
from thongquan.clearance.origin.formats import form_e
from thongquan.clearance.origin.formats.form_e import check_address, form_data, form_pdf
from thongquan.clearance.origin.queries.outbound import OutboundFile, OutboundRow
from thongquan.rules.origin.outbound import Application, judge
from thongquan.rules.origin.outbound.marks import marks_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
ROOT = "https://example.test/"


@pytest.fixture(autouse=True)
def _real(monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper of a real office bears no mark of practice across its words."""
    monkeypatch.setattr(making, "realm_name", lambda: "real")
    monkeypatch.setattr(form_e, "code_name", lambda *_given: "China")


def kept(given: Application, *, number: str = "", code: str = "AAAAA-BBBBB", on: date = ON) -> OutboundFile:
    row = OutboundRow(
        id=1,
        reference="XACFTA-2026-000001",
        agreement="ACFTA",
        form="E",
        tax_code="9999900011",
        trader_name="Bình Minh",
        office="15BB",
        state="issued" if number else "draft",
        issued_number=number,
        issued_on=on if number else None,
        made_at=AT,
        handed_at=AT,
    )
    return OutboundFile(
        row=row,
        application=given,
        edition=1,
        issuer="Ministry" if number else "",
        judged=judge(given.lines, law()),
        faults=(),
        marks=marks_of(given, law(), on),
        events=(),
        replaces="",
        code=code,
        prepares=True,
    )


def text_of(file: OutboundFile) -> list[str]:
    """The words of each page."""
    with pdfplumber.open(io.BytesIO(form_pdf(file, ROOT, AT))) as pages:
        return [page.extract_text() or "" for page in pages.pages]


def test_every_box_stands_on_the_paper() -> None:
    goods = replace(line(material("60", hs="420292")), number=2, fob=Decimal("1234.5"), criterion="RVC")
    (page,) = text_of(kept(application(grown(), goods, consignee="广西凭祥贸易 Co., Ltd.")))
    for box in range(1, 14):
        assert f"{box}." in page
    for said in ("FORM E", "Binh Minh", "广西凭祥", "Fresh durian", "HS 081060", "WO", "RVC 95.13%", "G.W. 12.5 kg"):
        assert said in page
    assert "FOB USD 1,234.5" in page
    assert page.count("CHINA") == 2
    assert page.count("FOB USD") == 1, "the value stands only where the criterion is a regional value"
    assert "To be completed by the issuing authority" in page
    assert "Reference No. XACFTA-2026-000001 (prepared" in page


def test_what_the_issuer_gave_is_on_it() -> None:
    (page,) = text_of(kept(application(), number="VN-CN 26/1234"))
    for said in ("Reference No. VN-CN 26/1234", "Issued as No. VN-CN 26/1234 on 20/11/2026 by Ministry"):
        assert said in page
    assert "To be completed" not in page


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"departed_on": date(2026, 11, 1)}, "ISSUED RETROACTIVELY"),
        ({"exhibition": "Nanning"}, "EXHIBITION"),
        ({"third_party": "HK Ltd.", "third_party_country": "HK"}, "THIRD PARTY INVOICING"),
        ({"original_number": "D1", "original_country": "TH"}, "MOVEMENT CERTIFICATE (BACK-TO-BACK)"),
        ({"copy_of": "E1", "copy_of_on": date(2026, 10, 1)}, "CERTIFIED TRUE COPY"),
    ],
)
def test_a_mark_is_ticked_where_it_holds(changes: dict[str, Any], mark: str) -> None:
    data = form_data(kept(application(**changes)), "", ON)
    assert [one["name"] for one in data["marks"] if one["held"]] == [mark]
    (page,) = text_of(kept(application(**changes)))
    assert f"[X] {mark}" in page
    assert page.startswith(mark) or mark in page.splitlines()[0] + page.splitlines()[1]


def test_three_hundred_lines_run_over_pages_with_the_head_of_the_table_on_each() -> None:
    lines = tuple(replace(grown(), number=place) for place in range(1, 301))
    pages = text_of(kept(application(*lines)))
    assert len(pages) > 5
    assert all("7. Number and type of packages" in page for page in pages[:-1])
    assert all("Continuation · Form E · No. XACFTA-2026-000001" in page for page in pages[1:])
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert "12. Certification" in pages[-1]


def test_the_same_application_gives_the_same_bytes() -> None:
    assert form_pdf(kept(application()), ROOT, AT) == form_pdf(kept(application()), ROOT, AT)


def test_the_square_leads_to_the_check_and_a_reader_without_the_code_gets_none() -> None:
    address = check_address(kept(application()), ROOT)
    assert address == f"{ROOT}origin/outbound/check/?number=XACFTA-2026-000001&code=AAAAA-BBBBB"
    assert check_address(kept(application(), code=""), ROOT) == ""
