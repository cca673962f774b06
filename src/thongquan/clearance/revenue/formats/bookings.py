"""One booking of a bank as values, and how its amounts, days and texts are read. Faults name row and field."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

CURRENCY = "VND"
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,\u00a0 ])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"[+-]?\d{1,18}(?:[.,]0{1,5})?")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_SPACES = re.compile(r"\s+")
LONGEST = {"reference": 70, "payer": 200, "payer_account": 40, "text": 1000, "account": 40}


@dataclass(frozen=True, kw_only=True)
class Booking:
    """Money that came in (`amount_vnd` above zero) or went out (below) on a day; `number` is its row in the file."""

    number: int
    booked_on: date
    amount_vnd: Decimal
    reference: str = ""
    payer: str = ""
    payer_account: str = ""
    text: str = ""
    reversal: bool = False


@dataclass(frozen=True, kw_only=True)
class Read:
    """A bank file as read: what kind, which account, which final bookings."""

    kind: str
    account: str
    bookings: tuple[Booking, ...]


def booking_of(number: int, raw: Mapping[str, str], faults: list[Fault], *, grouped: bool = True) -> Booking | None:
    """A booking from the texts of its row; what cannot be read is reported, all of it, and None returned.

    `grouped` False: a point in an amount is always a decimal point, as in XML.
    """
    before = len(faults)
    amount = _amount(number, raw.get("amount", ""), faults, grouped=grouped)
    booked_on = _day(number, raw.get("booked_on", ""), faults)
    currency = raw.get("currency", "").strip().upper() or CURRENCY
    if currency != CURRENCY:
        values = {"row": str(number)}
        faults.append(Fault(code=Code.TQ_REV_011, path="currency", line=number, value=currency[:10], values=values))
    told = {name: clean(raw.get(name, ""), name) for name in LONGEST}
    if len(faults) > before or amount is None or booked_on is None:
        return None
    return Booking(
        number=number,
        booked_on=booked_on,
        amount_vnd=amount,
        reference=told["reference"],
        payer=told["payer"],
        payer_account=told["payer_account"],
        text=told["text"],
    )


def _amount(number: int, text: str, faults: list[Fault], *, grouped: bool) -> Decimal | None:
    text = text.strip()
    if grouped and _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[^\d+-]", "", text))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ".")).quantize(Decimal(1))
    values = {"expected": "number", "row": str(number)}
    faults.append(Fault(code=Code.TQ_REV_016, path="amount", line=number, value=text[:40], values=values))
    return None


def _day(number: int, text: str, faults: list[Fault]) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007  (a day of the bank, no moment)
        except ValueError:
            continue
    values = {"expected": "date YYYY-MM-DD", "field": "booked_on"}
    faults.append(Fault(code=Code.TQ_FMT_018, path="booked_on", line=number, value=text[:40], values=values))
    return None


def clean(text: str, name: str) -> str:
    """One line of NFC text within the length of its field; what the database cannot hold is left out."""
    text = unicodedata.normalize("NFC", text).replace("\x00", "")
    return _SPACES.sub(" ", text).strip()[: LONGEST[name]]


def keys_of(account: str, bookings: Iterable[Booking]) -> list[bytes]:
    """One key per booking, the same in every file that tells of it.

    The bank's own reference with day and amount where there is one; else all that is said of it. Equal bookings of one
    file are told apart by their order.
    """
    seen: dict[tuple[str, ...], int] = {}
    keys = []
    for one in bookings:
        told = (account, one.booked_on.isoformat(), str(one.amount_vnd), one.reference)
        content = told if one.reference else (*told, one.payer, one.payer_account, one.text)
        seen[content] = seen.get(content, 0) + 1
        keys.append(hashlib.sha256("\x1f".join((*content, str(seen[content]))).encode()).digest())
    return keys


def refuse(code: Code, *, value: str = "", path: str = "file", **values: str) -> Refused:
    """A refusal of the file as a whole."""
    return Refused([Fault(code=code, path=path, value=value[:60], values=values)])
