"""Amounts in words, as Vietnamese papers want them beside the digits."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")


def dong_in_words(amount: Decimal) -> str:
    """Whole dong in Vietnamese words, first letter upper: 1205000 is 'Một triệu hai trăm linh năm nghìn đồng'.

    Raises ValueError for fractions of a dong.
    """
    if amount != amount.to_integral_value():
        message = f"{amount} is not whole dong"
        raise ValueError(message)
    words = _number(abs(int(amount)))
    text = f"{'âm ' if amount < 0 else ''}{words} đồng"
    return text[0].upper() + text[1:]


def _number(number: int) -> str:
    """Read from the left in steps of a billion ('tỷ'), which repeat above a billion billions."""
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, 10**9)
    words = [f"{_number(billions)} tỷ"] if billions else []
    if rest:
        words.append(_below_billion(rest, full=bool(billions)))
    return " ".join(words)


def _below_billion(number: int, *, full: bool) -> str:
    """Groups of three digits; after the first group that is read, each reads its hundreds even when zero."""
    words: list[str] = []
    for scale in (2, 1, 0):
        group = number // 1000**scale % 1000
        if group:
            words.append(f"{_group(group, full=full or bool(words))} {_SCALES[scale]}".strip())
    return " ".join(words)


def _group(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    tens, ones = divmod(rest, 10)
    if rest:
        words.append(_tens(tens, ones, after=bool(words)))
    return " ".join(words)


def _tens(tens: int, ones: int, *, after: bool) -> str:
    """Below a hundred: linh after hundreds, mười and mươi, and the changed words for 1, 4 and 5."""
    if tens == 0:
        return f"linh {_DIGITS[ones]}" if after else _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return head
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return f"{head} {changed.get(ones, _DIGITS[ones])}"
