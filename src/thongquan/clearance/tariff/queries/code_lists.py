"""Values of the law's code lists with their names, for forms, workbooks and pages."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.queries.building import OWN_TABLE
from thongquan.clearance.tariff.queries.current import current_law
from thongquan.clearance.tariff.queries.names import COLUMNS, name_in
from thongquan.rules.text import fold


class Listed(msgspec.Struct, frozen=True):
    """A value of a code list; `folded` holds its code and its names in all languages, for finding it."""

    code: str
    name: str
    folded: str
    group: str = ""


def code_values(name: str, on: date, language: str) -> tuple[Listed, ...]:
    """The values of a list that hold on the day, in the order of the list; empty for an unknown list.

    `group` is the flow of a regime, else empty.
    """
    return _values(current_law().version, name, on, language)


def code_name(name: str, code: str, on: date, language: str) -> str:
    """Name of a code in the reader's language, empty when the list does not hold it on the day."""
    return _by_code(current_law().version, name, on, language).get(code, "")


def code_source(name: str, code: str, on: date) -> str:
    """The legal source of a code on the day, empty when the list does not hold it."""
    model = OWN_TABLE.get(name, models.CodeValue)
    rows = model.objects.on(on).filter(code=code, **({} if name in OWN_TABLE else {"list": name}))
    return next((str(row["source"]) for row in rows.values("source", "repealed") if not row["repealed"]), "")


def find_codes(name: str, text: str, on: date, language: str, *, group: str = "", limit: int = 30) -> list[Listed]:
    """Values whose code begins with the text, then those with all its words in a name, with or without accents."""
    wanted = fold(text)
    values = [one for one in code_values(name, on, language) if not group or one.group in ("", group)]
    first = [one for one in values if fold(one.code).startswith(wanted)]
    words = wanted.split()
    rest = [one for one in values if one not in first and all(word in one.folded for word in words)]
    return (first + rest)[:limit]


@lru_cache(maxsize=512)
def _values(version: str, name: str, on: date, language: str) -> tuple[Listed, ...]:
    """Held per law version: a new version is a new key."""
    model = OWN_TABLE.get(name, models.CodeValue)
    rows = model.objects.on(on).filter(**({} if name in OWN_TABLE else {"list": name}))
    columns = ("code", "repealed", *COLUMNS, *(("flow",) if name == "regime" else ()))
    found = [row for row in rows.values("id", *columns) if not row["repealed"]]
    order = "code" if name in OWN_TABLE else "id"
    return tuple(
        Listed(
            code=row["code"],
            name=name_in(row, language),
            folded=fold(" ".join([row["code"], *(row[column] for column in COLUMNS)])),
            group=row.get("flow", ""),
        )
        for row in sorted(found, key=lambda row: row[order])
    )


@lru_cache(maxsize=512)
def _by_code(version: str, name: str, on: date, language: str) -> dict[str, str]:
    return {one.code: one.name for one in _values(version, name, on, language)}
