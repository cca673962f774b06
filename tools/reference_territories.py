"""Write the countries and currencies of `code_lists.csv` with their names in four languages.

Usage: `python tools/reference_territories.py`. Codes: ISO 3166-1 alpha-2 and ISO 4217; names: Unicode CLDR through
Babel. Rows of other lists stay as they are.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from babel import Locale, __version__

CODE_LISTS = Path(__file__).resolve().parent.parent / "src" / "thongquan" / "reference" / "code_lists.csv"
FIELDS = ("list", "code", "name_vi", "name_en", "name_zh", "name_fr", "valid_from", "source", "verified")
LANGUAGES = {"name_vi": "vi", "name_en": "en", "name_zh": "zh_Hans", "name_fr": "fr"}
# CLDR also names regions that are not in ISO 3166-1: reserved codes, groupings and test codes.
NOT_ISO = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
CURRENCIES = [
    "VND",
    "CNY",
    "USD",
    "EUR",
    "JPY",
    "KRW",
    "THB",
    "SGD",
    "HKD",
    "GBP",
    "AUD",
    "CAD",
    "CHF",
    "TWD",
    "INR",
    "LAK",
    "KHR",
    "MYR",
    "IDR",
    "PHP",
    "RUB",
    "NZD",
    "SEK",
    "DKK",
    "NOK",
    "MMK",
    "BND",
    "MOP",
    "AED",
    "SAR",
    "TRY",
    "PLN",
    "CZK",
    "HUF",
    "BRL",
    "MXN",
    "ZAR",
    "ILS",
    "KZT",
    "MNT",
    "KWD",
    "PKR",
    "BDT",
    "LKR",
]
KNOWN_FROM = "2014-01-01"


def names(kind: str, code: str) -> dict[str, str]:
    """Return the names of a territory or currency (`kind` is `territories` or `currencies`) by column."""
    return {column: str(getattr(Locale.parse(tag), kind)[code]) for column, tag in LANGUAGES.items()}


def row(list_name: str, kind: str, standard: str, code: str) -> dict[str, str]:
    """Return one row of the code list."""
    source = f"{standard}; names: Unicode CLDR (Babel {__version__}); known from the year of the VNACCS guides"
    dated = {"valid_from": KNOWN_FROM, "source": source, "verified": "yes"}
    return {"list": list_name, "code": code, **names(kind, code), **dated}


def country_codes() -> list[str]:
    """Return the 249 alpha-2 codes of ISO 3166-1."""
    known = map(str, Locale.parse("en").territories)
    return sorted(code for code in known if len(code) == 2 and code.isalpha() and code not in NOT_ISO)


def main() -> None:
    """Replace the rows of the two lists in place."""
    with CODE_LISTS.open(encoding="utf-8", newline="") as stream:
        kept = [line for line in csv.DictReader(stream) if line["list"] not in {"country", "currency"}]
    kept += [row("country", "territories", "ISO 3166-1 alpha-2", code) for code in country_codes()]
    kept += [row("currency", "currencies", "ISO 4217", code) for code in CURRENCIES]
    with CODE_LISTS.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    sys.stdout.write(f"{len(kept)} rows\n")


if __name__ == "__main__":
    main()
