"""Numbers and goods of certificates, held against others: the same, altered by one character, the same goods.

Legal basis: Circular 33/2023/TT-BTC Art. 22 (a certificate is used once, or in parts within its quantity).
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeGuard

from thongquan.rules.origin.certificate import Paper
from thongquan.rules.text import fold

_OTHERS = re.compile("[^A-Z0-9]")
Likeness = Literal["same", "altered", "same_goods", "near"]


@lru_cache(maxsize=4096)
def folded_number(number: str) -> str:
    """A number for comparing: capital letters and digits alone, so that blanks and dashes alter nothing."""
    return _OTHERS.sub("", fold(number).upper())


def number_keys(number: str) -> list[str]:
    """Keys of which two numbers share one whenever one character divides them: the number, and less one character."""
    whole = folded_number(number)
    return sorted({whole, *(whole[:place] + whole[place + 1 :] for place in range(len(whole)))} - {""})


def one_apart(first: str, second: str) -> bool:
    """Whether one character was put in, left out, replaced, or two neighbors exchanged; False when equal."""
    one, two = sorted((folded_number(first), folded_number(second)), key=len)
    if one == two or len(two) - len(one) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(one))
    if len(one) < len(two):
        return one[start:] == two[start + 1 :]
    if one[start + 1 :] == two[start + 1 :]:
        return True
    exchanged = one[start + 1 : start + 2] + one[start : start + 1]
    return exchanged == two[start : start + 2] and one[start + 2 :] == two[start + 2 :]


def goods_print(certificate: Paper) -> str:
    """A print of exporter, invoices and goods (six digits, quantity, unit), whatever the number and the words say.

    Empty when the paper names no quantity at all: then nothing can be held against it.
    """
    goods = sorted(
        f"{line.hs[:6]} {plain(line.quantity)} {line.unit.upper()}"
        for line in certificate.lines
        if usable(line.quantity)
    )
    if not goods:
        return ""
    invoices = sorted(folded_number(one) for one in certificate.invoices)
    said = "|".join([fold(certificate.exporter), *invoices, *goods])
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def usable(quantity: Decimal | None) -> TypeGuard[Decimal]:
    """Whether an amount is there and a number: the papers of others hold anything."""
    return quantity is not None and quantity.is_finite()


def plain(quantity: Decimal) -> str:
    """A quantity in one form: `10.0` and `10` are the same."""
    return f"{quantity.normalize():f}"


def likeness(mine: Paper, other: Paper) -> Likeness | None:
    """How another certificate is like this one; None when it is not.

    Numbers of one office follow one another, so a number one character apart is `altered` only when exporter, invoice
    or goods agree; otherwise it is `near`, which is told and counts for nothing.
    """
    if folded_number(mine.number) == folded_number(other.number) and _same_issuer(mine, other):
        return "same"
    same_goods = bool(goods_print(mine)) and goods_print(mine) == goods_print(other)
    if one_apart(mine.number, other.number):
        return "altered" if same_goods or _shares(mine, other) else "near"
    return "same_goods" if same_goods else None


def _same_issuer(mine: Paper, other: Paper) -> bool:
    countries = {mine.issuing_country, other.issuing_country} - {""}
    return len(countries) < 2


def _shares(mine: Paper, other: Paper) -> bool:
    """The same exporter with an invoice or an amount of goods in common."""
    if fold(mine.exporter) != fold(other.exporter):
        return False
    invoices = {folded_number(one) for one in mine.invoices} & {folded_number(one) for one in other.invoices}
    return bool(invoices - {""}) or bool(_amounts(mine) & _amounts(other))


def _amounts(certificate: Paper) -> set[tuple[str, str, str]]:
    return {
        (line.hs[:6], plain(line.quantity), line.unit.upper()) for line in certificate.lines if usable(line.quantity)
    }
