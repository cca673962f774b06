"""Numbers and dates as people write them, read exactly; whatever cannot be read stays as it was typed.

Vietnamese and French write `1.234,5` and `1 234,5`, English and Chinese `1,234.5`. A reader gets digits with a point
(`1234.5`), or the typed text again, which the document's own reading then refuses with its place (TQ-FMT-018).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

COMMA_LANGUAGES = frozenset({"vi", "fr"})
_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_MAX_TEXT = 64
EPOCH = date(1899, 12, 30)
FLOAT_DIGITS = 15


def number_text(text: str, language: str) -> str:
    """Digits with a decimal point for a number typed in a language, or the text itself when it is none.

    A single foreign separator that cannot be grouping (`1.5` in Vietnamese) is taken for the decimal sign.
    """
    typed = _BLANKS.sub("", text)
    if not typed or len(typed) > _MAX_TEXT:
        return text.strip()
    decimal, grouping = (",", ".") if language in COMMA_LANGUAGES else (".", ",")
    found = _by_separators(typed, decimal, grouping)
    return found if found and _PLAIN.fullmatch(found) else text.strip()


def _by_separators(typed: str, decimal: str, grouping: str) -> str | None:
    whole, sign, fraction = typed.partition(decimal)
    if decimal in fraction or grouping in fraction:
        return None
    if not sign and typed.count(grouping) == 1 and len(typed.partition(grouping)[2]) != 3:
        return typed.replace(grouping, ".")
    groups = whole.split(grouping)
    if len(groups) > 1 and not (1 <= len(groups[0].lstrip("+-")) <= 3 and all(len(part) == 3 for part in groups[1:])):
        return None
    digits = "".join(groups)
    return f"{digits}.{fraction}" if fraction else digits


def number_shown(text: str, language: str) -> str:
    """A stored number as it is typed in a language (`1234.5` becomes `1.234,5`); other texts unchanged."""
    if not _PLAIN.fullmatch(text):
        return text
    whole, _, fraction = text.partition(".")
    decimal, grouping = (",", ".") if language == "vi" else (",", "\u202f") if language == "fr" else (".", ",")
    sign, digits = (whole[0], whole[1:]) if whole[0] in "+-" else ("", whole)
    grouped = f"{int(digits):,}".replace(",", grouping) if len(digits) <= 18 else digits
    return f"{sign}{grouped}{decimal}{fraction}" if fraction else f"{sign}{grouped}"


def date_text(text: str) -> str:
    """ISO date for a date written day first or year first, or the text itself when it is none."""
    typed = text.strip()
    if found := _DAY_FIRST.fullmatch(typed):
        day, month, year = map(int, found.groups())
    elif found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, found.groups())
    else:
        return typed
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return typed


def cell_number(value: object, decimals: int | None) -> str:
    """Digits of a number that a spreadsheet keeps as binary: its shortest decimal form, freed of binary dust.

    Fifteen digits are what a spreadsheet shows; a figure that needs more than the field's decimals keeps them, so that
    the rule on decimals can say so.
    """
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    if isinstance(value, float) and exact:
        exact = _without_dust(exact, decimals)
    return plain_digits(exact)


def _without_dust(exact: Decimal, decimals: int | None) -> Decimal:
    places = FLOAT_DIGITS - 1 - exact.adjusted()
    if -exact.as_tuple().exponent > places >= 0:  # type: ignore[operator]  # finite: checked by the caller
        exact = exact.quantize(Decimal(1).scaleb(-places))
    if decimals is not None:
        nearest = exact.quantize(Decimal(1).scaleb(-decimals)) if exact.adjusted() < 20 else exact
        if abs(nearest - exact) <= abs(exact).scaleb(-FLOAT_DIGITS + 2):
            return nearest
    return exact


def plain_digits(number: Decimal) -> str:
    """A finite number without exponent and without trailing zeros after the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_date(value: object) -> str:
    """ISO date of a spreadsheet's date, of its day number (1900 system) or of a text; other values as text."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and 1 <= value < 110_000:
        return (EPOCH + timedelta(days=int(value))).isoformat()
    return date_text(str(value))
