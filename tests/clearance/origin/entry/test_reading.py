"""Papers read by machine: digital, scanned, turned, signed, and all that cannot be read."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from tests.base.attachments import made
from tests.clearance.origin.entry import drawn
from tests.clearance.origin.entry.signing import SIGNER, Office
from thongquan.base.attachments.types import JPEG, PDF, PNG
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.signings import Signing, Trusted
from thongquan.clearance.origin.formats.paper import values
from thongquan.clearance.origin.formats.paper.found import FoundPaper, found_paper
from thongquan.clearance.origin.formats.paper.layout import rows
from thongquan.clearance.origin.formats.paper.reading import read_paper
from thongquan.clearance.origin.formats.paper.shape import Page, Papers, Piece, packed, unpacked
from thongquan.clearance.origin.formats.texts import paper_of
from thongquan.rules.codes import Code


def found(content: bytes, kind: str = PDF) -> FoundPaper:
    return found_paper(read_paper(content, kind)[0])


def signings(content: bytes, root: bytes, *lists: bytes) -> list[Signing]:
    return read_paper(content, PDF, trusted=Trusted(roots=[root], lists=list(lists), at=now()))[1]


def refused_with(content: bytes, kind: str = PDF) -> list[str]:
    with pytest.raises(Refused) as refused:
        found(content, kind)
    return [str(fault.code) for fault in refused.value.faults]


def test_a_digital_form_e_is_read_field_by_field() -> None:
    read = found(drawn.digital(late=True))
    fields, lines = read.written.fields, read.written.lines
    assert (fields["agreement"], fields["form"], fields["number"]) == ("ACFTA", "E", drawn.NUMBER)
    assert fields["exporter"] == "GUANGXI PINGXIANG TRADING CO., LTD. 广西凭祥贸易有限公司"
    assert fields["consignee"] == "Công ty TNHH Xuất nhập khẩu Bình Minh"
    assert (fields["issuing_country"], fields["issuer"]) == ("CN", "NANNING CUSTOMS, GUANGXI")
    assert fields["issued_on"] == fields["shipped_on"] == drawn.day().isoformat()
    assert (fields["vehicle"], fields["retroactive"]) == ("FA1234", "yes")
    assert fields["invoices"] == "GX-2611-001; GX-2611-002"
    assert lines[0] == {
        "hs": "070190",
        "description": "100 CARTONS POTATOES",
        "criterion": "WO",
        "origin": "CN",
        "quantity": "1200.50",
        "unit": "KGM",
        "invoice": "GX-2611-001",
    }
    assert [line["criterion"] for line in lines] == ["WO", "RVC 40%"]
    assert set(fields) <= set(read.sure)
    assert {f"lines[{place}].{key}" for place, line in enumerate(lines) for key in line} <= set(read.sure)
    assert paper_of(read.written)[1] == []
    assert read.notes == []


def test_a_digital_form_d_has_its_own_layout() -> None:
    read = found(drawn.digital("D2026-0001", form="D"))
    assert (read.written.fields["agreement"], read.written.fields["form"]) == ("ATIGA", "D")
    assert read.written.fields["issuing_country"] == "TH"
    assert len(read.written.lines) == 2


def test_pages_of_one_certificate_are_one_paper() -> None:
    read = found(drawn.digital(count=3, pages=(drawn.NUMBER,)))
    assert len(read.written.lines) == 6


def test_pages_of_different_certificates_are_refused_with_their_numbers() -> None:
    with pytest.raises(Refused) as refused:
        found(drawn.digital(pages=("E999",)))
    fault = refused.value.faults[0]
    assert fault.code == Code.TQ_ORI_070
    assert fault.values["numbers"] == f"{drawn.NUMBER}, E999"


def test_a_scan_with_specks_and_a_slant_lying_on_its_side_is_turned_and_read() -> None:
    read = found(drawn.scanned(turn=90))
    fields = read.written.fields
    assert (fields["number"], fields["form"], fields["issuing_country"]) == (drawn.NUMBER, "E", "CN")
    assert "广西凭祥贸易有限公司" in fields["exporter"]
    assert fields["issued_on"] == drawn.day().isoformat()
    assert [line["quantity"] for line in read.written.lines] == ["1200.50", "2200.50"]
    assert [line["hs"] for line in read.written.lines] == ["070190", "070320"]
    assert {fault.code: fault.values["degrees"] for fault in read.notes} == {Code.TQ_ORI_073: "270"}
    assert all(0 < one.sure < 1 for path, one in read.sure.items() if path != "invoices")


def test_a_blank_scan_is_told() -> None:
    assert refused_with(drawn.blank()) == [Code.TQ_ORI_071]


def test_another_print_is_left_to_a_person() -> None:
    page = Page(pieces=[Piece(text, 10, 10 + 20 * row, 200, 24 + 20 * row) for row, text in enumerate("ABCDE")])
    read = found_paper([page])
    assert [fault.code for fault in read.notes] == [Code.TQ_ORI_072]
    assert read.written.fields == {}


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (made.pdf(password="secret"), PDF, Code.TQ_ATT_015),
        (b"%PDF-1.7\n" + b"\x00rubbish" * 50, PDF, Code.TQ_ATT_011),
        (drawn.digital()[:900], PDF, Code.TQ_ATT_011),
        (made.pdf(pages=21), PDF, Code.TQ_ORI_074),
        (made.picture("PNG", (60_000, 1_000), "1"), PNG, Code.TQ_ATT_012),
        (made.picture("JPEG")[:300], JPEG, Code.TQ_ATT_011),
    ],
)
def test_locked_damaged_and_greedy_files_are_refused(content: bytes, kind: str, code: str) -> None:
    assert refused_with(content, kind) == [code]


def test_a_page_that_grows_a_thousandfold_stops_at_the_walls() -> None:
    assert refused_with(made.pdf_bomb())[0] in {Code.TQ_ATT_012, Code.TQ_ATT_013, Code.TQ_ATT_011}


def test_a_signature_is_told_valid_or_of_an_unknown_issuer_and_a_change_is_seen() -> None:
    office = Office()
    signed = office.sign(drawn.digital())
    known = signings(signed, office.der())
    assert [(one.state, SIGNER in one.signer, "Test root" in one.issuer, one.covers_all) for one in known] == [
        ("valid", True, True, True)
    ]
    assert [one.state for one in signings(signed, Office("Other").der())] == ["unknown_issuer"]
    number = signed.index(b"/Producer") if b"/Producer" in signed else 40
    altered = signed[: number + 2] + b"X" + signed[number + 3 :]
    assert [one.state for one in signings(altered, office.der())] == ["changed"]
    assert signings(drawn.digital(), office.der()) == []


def test_a_signature_is_held_against_the_list_of_revoked_certificates_of_its_issuer() -> None:
    office, at = Office(), now()
    signed, root = office.sign(drawn.digital()), office.der()
    week, day = timedelta(days=7), timedelta(days=1)
    good = office.revocations(4711, issued=at - day, until=at + week)
    called_back = office.revocations(office.certificate.serial_number, issued=at - day, until=at + week)
    old = office.revocations(4711, issued=at - 2 * day, until=at - day)
    old_and_on_it = office.revocations(office.certificate.serial_number, issued=at - 2 * day, until=at - day)
    another = Office("Other").revocations(issued=at - day, until=at + week)
    told = [
        [(one.state, one.revocations) for one in signings(signed, root, *lists)]
        for lists in ([good], [called_back], [old], [old_and_on_it], [another], [])
    ]
    assert told == [
        [("valid", "held")],
        [("revoked", "held")],
        [("valid", "outdated")],
        [("revoked", "held")],
        [("valid", "missing")],
        [("valid", "missing")],
    ]


def test_an_answer_of_a_reader_is_believed_only_within_its_bounds() -> None:
    with pytest.raises(ValueError, match="answer"):
        unpacked(b"nothing")
    wild = Papers(pages=[Page(pieces=[Piece("a\x00" * 2_000, -1e9, 1e9, float(3), 4.0, 7.0)], turned=450)])
    piece = unpacked(packed(wild)).pages[0].pieces[0]
    assert (len(piece.text) <= 600, piece.left, piece.top, piece.sure) == (True, -100.0, 10_000.0, 1.0)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("NOV. 20, 2026", "2026-11-20"),
        ("20 November 2026", "2026-11-20"),
        ("NANNING NOV.20,2026", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_days_as_certificates_print_them(text: str, iso: str) -> None:
    assert [one[1] for one in values.days_in(text)] == [iso]


def test_quantities_weights_money_and_codes_as_certificates_print_them() -> None:
    assert values.quantity_in("1,200.50 KGS") == {"quantity": "1200.50", "unit": "KGM"}
    assert values.quantity_in("G.W. 900 KGS 30 PCS USD 5,000.00") == {
        "gross_weight_kg": "900",
        "quantity": "30",
        "unit": "PCE",
    }
    assert values.money_in("12 PCS USD 5,000.00") == ("5000.00", "USD")
    assert values.hs_in("FRESH APPLES HS CODE: 0808.10.00") == ("08081000", "FRESH APPLES")
    assert values.hs_in("TOYS") == ("", "TOYS")
    assert (values.country_in("Issued in THAILAND"), values.country_in("nowhere")) == ("TH", "")


def test_the_layouts_are_data_and_marked_unverified() -> None:
    assert not [row for row in rows() if row.is_verified or not row.source]
    boxes = {(row.form, row.box) for row in rows() if row.kind == "box" and row.box.isdigit()}
    assert boxes == {(form, str(box)) for form in "ED" for box in range(1, 13)}


def test_a_photo_of_a_paper_is_read_like_a_scan() -> None:
    out = io.BytesIO()
    drawn.picture(drawn.digital(), slant=0).convert("RGB").crop((0, 0, 1555, 330)).save(out, "JPEG")
    pages, signings = read_paper(out.getvalue(), JPEG)
    assert any(drawn.NUMBER in piece.text for piece in pages[0].pieces)
    assert signings == []
