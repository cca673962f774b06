"""Weekly exchange rates from a CSV file: `currency, vnd, published_on, source, verified` and optionally `kind`."""

from __future__ import annotations

from datetime import date, timedelta

from thongquan.clearance.tariff.formats.reading import Reading, amount, csv_rows, day, one_of
from thongquan.rules.codes import Code

TRANSFER_BUYING, SBV_CROSS = "transfer_buying", "sbv_cross"
KINDS = (TRANSFER_BUYING, SBV_CROSS)
MONDAY, THURSDAY = 0, 3
REQUIRED = ("currency", "vnd")
_kind = one_of(*KINDS)


def week_of(on: date) -> date:
    """The Monday of a day's week."""
    return on - timedelta(days=on.weekday())


def week_served_by(published_on: date) -> date:
    """The Monday from which a rate published on this day serves (Decree 08/2015/NĐ-CP Art. 21.3)."""
    return week_of(published_on) + timedelta(days=7)


def read_rates(content: bytes, file: str, reading: Reading, *, source: str = "") -> None:
    """Read rates into rows of `ExchangeRate`.

    A row says either `published_on` (a Thursday, or an earlier working day of that week where Thursday is a holiday) or
    `valid_from` (a Monday). Every wrong value is reported with its place.
    """
    for number, row in csv_rows(content, file, reading):
        missing = [name for name in REQUIRED if not row.get(name)]
        for name in missing:
            reading.fault(file, number, name, "", Code.TQ_FMT_005)
        monday = _monday(number, row, file, reading)
        if missing or monday is None:
            continue
        try:
            reading.add("ExchangeRate", _rate(row, monday, source))
        except ValueError:
            reading.fault(file, number, "vnd", row["vnd"])


def _rate(row: dict[str, str], monday: date, source: str) -> dict[str, object]:
    currency = row["currency"].upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise ValueError
    told = row.get("source") or source
    if not told:
        raise ValueError
    return {
        "currency": currency,
        "kind": _kind(row.get("kind") or TRANSFER_BUYING),
        "vnd": amount(row["vnd"]),
        "valid_from": monday,
        "source": told,
        "verified": row.get("verified") == "yes",
        "repealed": False,
    }


def _monday(number: int, row: dict[str, str], file: str, reading: Reading) -> date | None:
    column = "published_on" if row.get("published_on") else "valid_from"
    try:
        said = day(row.get(column, ""))
    except ValueError:
        reading.fault(file, number, column, row.get(column, ""))
        return None
    wrong = said.weekday() > THURSDAY if column == "published_on" else said.weekday() != MONDAY
    if wrong:
        reading.fault(file, number, column, row[column])
        return None
    return week_served_by(said) if column == "published_on" else said
