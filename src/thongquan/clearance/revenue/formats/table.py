"""A bank statement as CSV with a heading line, in English or Vietnamese column names.

Separated by comma, semicolon or tab; UTF-8. Money that came in is above zero, or stands in a column of its own.
"""

from __future__ import annotations

import csv
import io
import unicodedata

from thongquan.base.core.faults import Refused
from thongquan.clearance.revenue.formats.bookings import Booking, Read, booking_of, clean, refuse
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MAX_ROWS = 5_000
MAX_FAULTS = 100
COLUMNS = {
    "booked_on": ("booked_on", "date", "booking_date", "ngay", "ngay_giao_dich", "ngay_hach_toan"),
    "amount": ("amount", "credit", "so_tien", "ghi_co", "so_tien_ghi_co", "phat_sinh_co"),
    "currency": ("currency", "ccy", "loai_tien", "tien_te"),
    "reference": ("reference", "ref", "transaction_id", "so_tham_chieu", "so_but_toan", "ma_giao_dich"),
    "payer": ("payer", "payer_name", "nguoi_chuyen", "ten_nguoi_chuyen", "doi_tac"),
    "payer_account": ("payer_account", "tai_khoan_chuyen", "tai_khoan_doi_ung"),
    "text": ("text", "remittance", "description", "noi_dung", "dien_giai", "noi_dung_giao_dich"),
    "account": ("account", "tai_khoan", "so_tai_khoan"),
}
NEEDED = ("booked_on", "amount", "text")


def read_table(data: bytes) -> Read:
    """Read it. Raises `Refused` with every fault, each with its row (the heading is row 1)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(Code.TQ_FMT_009) from None
    rows = _rows_of(text)
    if not rows:
        raise refuse(Code.TQ_REV_020)
    places = _places(rows[0])
    found, faults = _bookings(rows[1:], places)
    if faults:
        raise Refused(faults[:MAX_FAULTS])
    accounts = {_cell(row, places, "account") for row in rows[1:]} - {""}
    return Read(kind="csv", account=clean(min(accounts, default=""), "account"), bookings=tuple(found))


def _rows_of(text: str) -> list[list[str]]:
    heading = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(";\t,", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\r\n")), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise refuse(Code.TQ_REV_020, value=str(error)) from None
    if len(rows) > MAX_ROWS + 1:
        raise refuse(Code.TQ_FMT_011, limit=str(MAX_ROWS))
    return rows


def _places(heading: list[str]) -> dict[str, int]:
    names = [_folded(cell) for cell in heading]
    places = {
        column: place
        for column, known in COLUMNS.items()
        for place in [next((names.index(name) for name in known if name in names), -1)]
        if place >= 0
    }
    missing = [name for name in NEEDED if name not in places]
    if missing:
        raise Refused([Fault(code=Code.TQ_REV_012, path=name, line=1, values={"field": name}) for name in missing])
    return places


def _folded(cell: str) -> str:
    """A heading without diacritics, in lower case, words joined by underscores."""
    plain = unicodedata.normalize("NFD", cell.strip().lower().replace("đ", "d"))
    return "_".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def _bookings(rows: list[list[str]], places: dict[str, int]) -> tuple[list[Booking], list[Fault]]:
    faults: list[Fault] = []
    found = []
    for number, row in enumerate(rows, start=2):
        raw = {name: _cell(row, places, name) for name in places}
        if not any(raw.values()) or not raw["amount"]:
            continue  # a blank row, or money that went out in a statement with two columns of amounts
        booking = booking_of(number, raw, faults)
        if booking is not None:
            found.append(booking)
    return found, faults


def _cell(row: list[str], places: dict[str, int], name: str) -> str:
    place = places.get(name, -1)
    return row[place].strip() if 0 <= place < len(row) else ""
