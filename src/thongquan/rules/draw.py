"""The random draw of a declaration: the same goods, lodged again, draw the same number.

Legal basis: Customs Law 54/2014/QH13 Art. 33; Circular 81/2019/TT-BTC Art. 17 (random selection). The secret never
leaves customs, so nobody can shop for a good draw: number, time and own reference do not enter, nor do blanks,
punctuation, diacritics, letter case, the order of the lines or the way a number is written.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from decimal import Decimal

from thongquan.rules.document import Document, Line
from thongquan.rules.facts import Draw
from thongquan.rules.text import fold

_PLACES = 12
_NEITHER = re.compile(r"[\W_]+")


def fingerprint(document: Document) -> bytes:
    """Give 32 bytes that are equal for the same declarant, invoice, goods and transport."""
    return hashlib.sha256(canonical(document).encode("utf-8", "surrogatepass")).digest()


def draw_of(document: Document, *, secret: bytes, key_id: str) -> Draw:
    """Draw a number in [0, 1) with 12 decimals: HMAC-SHA256 of declarant, invoice, goods and transport."""
    return draw_from(fingerprint(document), secret=secret, key_id=key_id)


def draw_from(goods: bytes, *, secret: bytes, key_id: str) -> Draw:
    """Draw from the fingerprint of a document."""
    digest = hmac.digest(secret, goods, "sha256")
    number = int.from_bytes(digest[:16], "big") % 10**_PLACES
    return Draw(value=Decimal(number).scaleb(-_PLACES), key_id=key_id)


def canonical(document: Document) -> str:
    """Give the text that the draw is made from: one canonical form of declarant, invoice, goods and transport."""
    trader, invoice, vehicle = document.trader, document.invoice, document.vehicle
    parts = [
        document.flow,
        _plain(trader.tax_code if trader else None),
        _plain(invoice.number if invoice else None),
        invoice.issued_on.isoformat() if invoice and invoice.issued_on else "",
        _plain(vehicle.identifier if vehicle else None),
        *sorted(_plain(bill) for bill in document.bills_of_lading),
        *sorted(_plain(container.identifier) for container in document.containers),
        *sorted(_goods(line) for line in document.lines),
    ]
    return "\n".join(parts)


def _goods(line: Line) -> str:
    words = (line.hs, line.description, line.origin, line.unit)
    amounts = (line.quantity, line.value)
    return "|".join([*map(_plain, words), *map(_amount, amounts)])


def _plain(text: str | None) -> str:
    """Only the letters and digits of the folded text."""
    if not text:
        return ""
    folded = fold(text)
    return folded if folded.isalnum() else _NEITHER.sub("", folded)


def _amount(value: Decimal | None) -> str:
    """One way to write a number: no exponent to choose, no zeros at the end; weird numbers as they are."""
    if value is None or not value.is_finite():
        return str(value)
    sign, digits, exponent = value.as_tuple()
    whole = "".join(map(str, digits)).lstrip("0")
    kept = whole.rstrip("0")
    return f"{'-' if sign and kept else ''}{kept}e{int(exponent) + len(whole) - len(kept) if kept else 0}"
