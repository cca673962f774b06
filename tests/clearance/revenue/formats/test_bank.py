"""Bank files: what is read, and every fault of a bad one with its row and field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clearance.revenue.formats.files import HEADING, camt, entry, row, table
from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.formats import Booking, read_bank_file
from thongquan.clearance.revenue.formats.bookings import keys_of

ON = date(2026, 11, 20)


def faults(data: bytes) -> list[tuple[str, int | None, str]]:
    with pytest.raises(Refused) as refused:
        read_bank_file(data)
    return [(str(fault.code), fault.line, fault.path) for fault in refused.value.faults]


def test_a_table_is_read() -> None:
    read = read_bank_file(table(row("1.250.000", "NOP THUE TK 101234567890", on=ON, reference="FT1")))
    assert (read.kind, read.account) == ("csv", "")
    assert read.bookings == (
        Booking(
            number=2,
            booked_on=ON,
            amount_vnd=Decimal(1_250_000),
            reference="FT1",
            payer="CONG TY BINH MINH",
            payer_account="0011001234567",
            text="NOP THUE TK 101234567890",
        ),
    )


@pytest.mark.parametrize(
    "written", ["1250000", "1,250,000", "1.250.000", "1 250 000", "+1250000", "1250000.00", "1250000,0"]
)
def test_amounts_as_banks_write_them(written: str) -> None:
    (booking,) = read_bank_file(table(row(written, "x", on=ON))).bookings
    assert booking.amount_vnd == 1_250_000


def test_vietnamese_headings_and_days_and_blank_rows() -> None:
    data = (
        'Ngày giao dịch,Số tiền ghi có,Diễn giải,Số tài khoản\n20/11/2026,"1,000","A, B",711\n\n20/11/2026,,out,711\n'
    )
    read = read_bank_file(("\ufeff" + data).encode())
    assert read.account == "711"
    assert [(one.booked_on, one.amount_vnd, one.text) for one in read.bookings] == [(ON, Decimal(1000), "A, B")]


def test_every_fault_of_a_table_is_told_with_its_row() -> None:
    data = table(
        row("abc", "x", on=ON),
        row("1.5", "x", on=ON, currency="USD"),
        f"2026-13-40;{1};VND;;;;x",
    )
    assert faults(data) == [
        ("TQ-REV-016", 2, "amount"),
        ("TQ-REV-016", 3, "amount"),
        ("TQ-REV-011", 3, "currency"),
        ("TQ-FMT-018", 4, "booked_on"),
    ]


def test_missing_columns_are_told_together() -> None:
    assert faults(b"currency;reference\nVND;1\n") == [
        ("TQ-REV-012", 1, "booked_on"),
        ("TQ-REV-012", 1, "amount"),
        ("TQ-REV-012", 1, "text"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TQ-REV-020"),
        (b"\x00\x01", "TQ-REV-020"),
        (b'booked_on;amount;text\n2026-01-01;"1', "TQ-REV-020"),
        (b"x" * (5 * 2**20 + 1), "TQ-FMT-010"),
        (HEADING.encode() + b"\xff\xfe;;;;;;", "TQ-FMT-009"),
        (HEADING.encode() + b"2026-01-01;1;VND;;;;x\n" * 5001, "TQ-FMT-011"),
        (b"<Document>", "TQ-FMT-016"),
        (b"<Document/>", "TQ-REV-020"),
        (camt(namespace="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"), "TQ-REV-020"),
        (camt(prolog='<!DOCTYPE Document [<!ENTITY a "b">]>'), "TQ-FMT-013"),
        (b'<?xml version="1.0" encoding="x-none"?><Document/>', "TQ-FMT-016"),
    ],
)
def test_what_is_no_statement_is_refused(data: bytes, code: str) -> None:
    assert [found[0] for found in faults(data)] == [code]


def test_a_camt_message_is_read() -> None:
    read = read_bank_file(camt(entry("1250000.00", "TK 101234567890", on=ON), entry(5, "phí", on=ON, sign="DBIT")))
    assert (read.kind, read.account) == ("camt.053", "7111-KBNN-LS")
    first, second = read.bookings
    assert first == Booking(
        number=1,
        booked_on=ON,
        amount_vnd=Decimal(1_250_000),
        reference="FT1",
        payer="CONG TY BINH MINH",
        payer_account="0011001234567",
        text="TK 101234567890",
    )
    assert second.amount_vnd == -5


def test_a_prefix_changes_nothing() -> None:
    plain = camt(entry(7, "TK", on=ON))
    prefixed = (
        plain.replace(b"<", b"<c:").replace(b"<c:/", b"</c:").replace(b"<c:?", b"<?").replace(b"xmlns=", b"xmlns:c=")
    )
    assert read_bank_file(prefixed) == read_bank_file(plain)


def test_pending_entries_wait_for_a_later_statement() -> None:
    assert read_bank_file(camt(entry(7, "TK", on=ON, status="PDNG"))).bookings == ()


def test_a_reversal_is_marked() -> None:
    (booking,) = read_bank_file(camt(entry(7, "TK", on=ON, more="<RvslInd>true</RvslInd>"))).bookings
    assert booking.reversal


def test_every_fault_of_a_message_is_told_with_its_entry() -> None:
    data = camt(entry("1.234", "x", on=ON), entry(1, "y", on=ON), entry(2, "z", on=ON, currency="CNY"))
    assert faults(data) == [("TQ-REV-016", 1, "amount"), ("TQ-REV-011", 3, "currency")]


def test_nothing_outside_the_message_is_read(tmp_path: object) -> None:
    data = camt(prolog='<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">')
    assert [found[0] for found in faults(data)] == ["TQ-FMT-013"]


def test_a_booking_has_the_same_key_in_every_file() -> None:
    one = read_bank_file(table(row(5, "a", on=ON), row(5, "a", on=ON), row(6, "b", on=ON, reference="R"))).bookings
    other = read_bank_file(table(row(6, "again", on=ON, reference="R"), row(5, "a", on=ON))).bookings
    first, second = keys_of("711", one), keys_of("711", other)
    assert len(set(first)) == 3, "equal bookings of one file are told apart"
    assert second == [first[2], first[0]]
    assert not set(first) & set(keys_of("712", one))


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_reader(data: bytes) -> None:
    for content in (data, table(data.decode(errors="replace")), camt(data.decode(errors="ignore"))):
        try:
            read_bank_file(content)
        except Refused as refused:
            assert refused.faults
