"""Goods with known codes: a practice world, what nomenclatures say, and the public sets beside the checkout."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.shared_data import shared
from thongquan.learning.suggest import Example, Source
from thongquan.practice import world as worlds

SEED, MONTHS = 7, 12
DECLARATIONS = 60_000
_LINES = """
    SELECT l.description, t.hs, l.hs, t.kind, h.gate, count(*)
    FROM read_parquet('{at}/declared/lines/*.parquet') l
    JOIN read_parquet('{at}/truth/lines/*.parquet') t USING (declaration_key, line_no)
    JOIN read_parquet('{at}/declared/declarations/*.parquet') h USING (declaration_key)
    GROUP BY ALL ORDER BY ALL
"""


class Good(NamedTuple):
    """A description as declared at a gate: the true code, the declared one, the kind of goods, how often."""

    text: str
    true: str
    declared: str
    kind: str
    gate: str
    times: int


def region(seed: int = SEED) -> list[Good]:
    """The lines of a practice world, each text once per code and gate."""
    with tempfile.TemporaryDirectory(prefix="tq-bench-") as home:
        out = Path(home) / "world"
        worlds.build(out, worlds.Plan(seed=seed, months=MONTHS, declarations=DECLARATIONS))
        with duckdb.connect() as base:
            return [Good(*row) for row in base.sql(_LINES.format(at=out)).fetchall()]


def nomenclature() -> list[Example]:
    """Headings and subheadings in English, as shipped."""
    text = files("thongquan.reference").joinpath("nomenclature/hs2022.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [_example(row["name_en"], row["code"]) for row in rows if len(row["code"]) >= 4]


def national_names() -> list[Example]:
    """Vietnamese and Chinese names of national lines, as shipped."""
    text = files("thongquan.reference").joinpath("nomenclature/vn_names.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return [_example(row[name], row["hs8"]) for row in rows for name in ("name_vi", "name_zh")]


def _example(text: str, code: str) -> Example:
    return Example(text, code, Source.NOMENCLATURE, code)


def uk_references() -> list[Example]:
    """Search terms and parcel wordings of the United Kingdom at six digits."""
    folder = shared("data", "goods")
    terms = json.loads((folder / "uk_search_references.json").read_text(encoding="utf-8")).items()
    with (folder / "uk_extra_references.csv").open(encoding="utf-8-sig", newline="") as file:
        parcels = [(row["Goods Description"], row["Commodity Code"] or "") for row in csv.DictReader(file)]
    return [Example(text, code.strip()[:6], Source.REFERENCE) for text, code in _coded([*terms, *parcels])]


def _coded(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text, code) for text, code in pairs if code.strip()[:6].isdigit() and len(code.strip()) >= 6]


def shop_goods() -> list[Example]:
    """HSCodeComp: titles of goods of a shop with six digits. Only for testing: no setting is chosen on it."""
    rows = map(json.loads, shared("data", "goods", "hscodecomp_dev.jsonl").read_text(encoding="utf-8").splitlines())
    return [Example(row["product_name"], f"{int(row['hs_code']):010d}"[:6]) for row in rows]
