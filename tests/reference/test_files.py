"""The shipped reference files: they parse, keys are unique, every value carries a date and a source."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
import yaml

from tests.reference.files import FOUR_NAMES, LAW_KEYS, OTHER_KEYS, REFERENCE, is_date, rows

ALL = sorted(LAW_KEYS | OTHER_KEYS)


def test_manifest_lists_exactly_the_files_shipped() -> None:
    manifest = yaml.safe_load((REFERENCE / "manifest.yaml").read_text(encoding="utf-8"))
    entries = manifest["files"] + manifest["practice"] + manifest["rooms"]
    listed = [entry["path"] for entry in entries]
    on_disk = {path.relative_to(REFERENCE).as_posix() for path in REFERENCE.rglob("*.csv")}
    assert sorted(listed) == sorted(on_disk) == ALL
    assert all(entry["kind"] and entry["provenance"] and entry["license"] for entry in entries)


def test_only_data_is_shipped_here() -> None:
    assert {path.suffix for path in REFERENCE.rglob("*") if path.is_file()} == {".csv", ".yaml", ".json", ".xml"}


@pytest.mark.parametrize("file", ALL)
def test_keys_are_unique_and_text_is_composed(file: str) -> None:
    key = LAW_KEYS.get(file) or OTHER_KEYS[file]
    dated = ("valid_from",) if file in LAW_KEYS else ()
    count = Counter(tuple(row[name] for name in (*key, *dated)) for row in rows(file))
    assert count
    assert [found for found, times in count.items() if times > 1] == []
    for row in rows(file):
        for name, value in row.items():
            composed = unicodedata.normalize("NFC", value).strip()
            assert value == composed, f"{file}: {name} of {row[key[0]]}"


@pytest.mark.parametrize("file", sorted(LAW_KEYS))
def test_every_value_carries_date_source_and_whether_verified(file: str) -> None:
    for row in rows(file):
        where = f"{file}: {row}"
        dated = is_date(row["valid_from"]) or (file.startswith("tariff/") and row["valid_from"] == "edition_date")
        assert dated, where
        assert row["source"], where
        assert row["verified"] in {"yes", "no"}, where
        if row["source"].startswith("unverified"):
            assert row["verified"] == "no", where


@pytest.mark.parametrize("file", sorted(LAW_KEYS | OTHER_KEYS))
def test_names_are_complete_in_four_languages(file: str) -> None:
    named = [row for row in rows(file) if "name_zh" in row]
    gaps = [row for row in named if not all(row[name] for name in FOUR_NAMES)]
    assert gaps == []


def test_what_is_not_verified_is_known_and_counted() -> None:
    """The closing count of the edition: raising one of these numbers must be a decision, not an accident."""
    unverified = {file: sum(row["verified"] == "no" for row in rows(file)) for file in LAW_KEYS}
    assert unverified == {
        "offices.csv": 7,
        "gates.csv": 0,
        "code_lists.csv": 193,
        "unit_aliases.csv": 30,
        "regimes.csv": 5,
        "regime_taxes.csv": 181,
        "schedules.csv": 17,
        "parameters.csv": 76,
        "conditions.csv": 10,
        "practice/conditions.csv": 7,
        "required_documents.csv": 21,
        "vague_terms.csv": 228,
        "control_exemptions.csv": 10,
        "release_conditions.csv": 6,
        "office_hours.csv": 5,
        "holiday_overrides.csv": 2,
        "checklists.csv": 14,
        "violations_acts.csv": 12,
        "origin/agreements.csv": 19,
        "origin/forms.csv": 18,
        "origin/boxes.csv": 13,
        "origin/criteria.csv": 53,
        "origin/terms.csv": 8,
        "origin/issuers.csv": 2,
        "origin/product_rules.csv": 1,
        "origin/minor_differences.csv": 0,
        "origin/unit_factors.csv": 0,
        "tariff/columns.csv": 4,
        "tariff/transitions.csv": 4,
        "tariff/scopes.csv": 22,
    }
