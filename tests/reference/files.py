"""Reading the shipped reference files in tests, without the loader."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "src" / "thongquan" / "reference"
Row = dict[str, str]

LAW_KEYS: dict[str, tuple[str, ...]] = {
    "offices.csv": ("code",),
    "gates.csv": ("code",),
    "code_lists.csv": ("list", "code"),
    "unit_aliases.csv": ("unit",),
    "regimes.csv": ("code",),
    "regime_taxes.csv": ("regime", "tax"),
    "schedules.csv": ("code",),
    "parameters.csv": ("name",),
    "conditions.csv": ("hs_prefix", "kind", "code", "flow"),
    "practice/conditions.csv": ("hs_prefix", "kind", "code", "flow"),
    "required_documents.csv": ("flow", "regime", "kind", "condition"),
    "vague_terms.csv": ("term", "language"),
    "control_exemptions.csv": ("by", "key", "flow"),
    "release_conditions.csv": ("name",),
    "office_hours.csv": ("office", "weekday"),
    "holiday_overrides.csv": ("day", "office"),
    "checklists.csv": ("regime", "flow", "code"),
    "violations_acts.csv": ("code",),
    "origin/agreements.csv": ("code",),
    "origin/forms.csv": ("agreement", "form"),
    "origin/boxes.csv": ("form", "box"),
    "origin/criteria.csv": ("agreement", "criterion"),
    "origin/terms.csv": ("agreement", "name"),
    "origin/issuers.csv": ("agreement", "country", "code"),
    "origin/product_rules.csv": ("agreement", "hs"),
    "origin/minor_differences.csv": ("kind",),
    "origin/unit_factors.csv": ("unit", "into"),
    "tariff/columns.csv": ("column",),
    "tariff/transitions.csv": ("column", "match"),
    "tariff/scopes.csv": ("tax", "hs_prefix"),
}
"""Files of dated values with the key that is unique together with `valid_from`."""

OTHER_KEYS: dict[str, tuple[str, ...]] = {
    "nomenclature/sections.csv": ("code",),
    "nomenclature/chapters.csv": ("code",),
    "nomenclature/hs2022.csv": ("code",),
    "nomenclature/vn_names.csv": ("hs8",),
    "tariff/vn_lines.csv": ("hs8",),
    "practice/catalog.csv": ("key",),
    "risk_lists.csv": ("code", "valid_from"),
    "gate_places.csv": ("code",),
    "goods/deciding_attributes.csv": ("prefix", "kind", "name"),
    "practice/exchange_rates_base.csv": ("currency",),
}
FOUR_NAMES = ("name_vi", "name_en", "name_zh", "name_fr")


@cache
def rows(file: str) -> tuple[Row, ...]:
    """Give the rows of a reference file; a row that is too short or too long fails here."""
    with (REFERENCE / file).open(encoding="utf-8", newline="") as stream:
        found = tuple(csv.DictReader(stream, strict=True))
    assert all(None not in row and None not in row.values() for row in found), f"{file}: ragged row"
    return found


def column(file: str, name: str, **where: str) -> set[str]:
    """Give the values of one column, of the rows with the given values in other columns."""
    return {row[name] for row in rows(file) if all(row[key] == value for key, value in where.items())}


def is_date(text: str) -> bool:
    """Tell whether a text is an ISO date."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def alternatives(cell: str) -> list[str]:
    """Give the rates that a VAT cell allows, `*` for not subject."""
    return cell.split("/")
