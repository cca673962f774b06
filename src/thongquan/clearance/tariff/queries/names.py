"""Names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLUMNS = ("name_vi", "name_en", "name_zh", "name_fr")
_COLUMN = {"vi": "name_vi", "en": "name_en", "zh": "name_zh", "fr": "name_fr"}


def name_in(row: Mapping[str, Any], language: str) -> str:
    """The name in a language (`vi`, `en`, `zh-hans`, `fr`), else in English, else in Vietnamese."""
    column = _COLUMN.get(language.split("-")[0], "name_en")
    return str(row.get(column) or row.get("name_en") or row.get("name_vi") or "")


def names_of(row: Mapping[str, Any]) -> dict[str, str]:
    """All names that are there, by language."""
    return {language: row[column] for language, column in _COLUMN.items() if row.get(column)}
