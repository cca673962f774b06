"""The carried files against the compiled source, where this machine has it."""

from __future__ import annotations

import csv

from tests.reference.files import Row, rows
from tests.shared_data import shared

LINES, TREE = shared("data", "tariff", "vn_lines.csv"), shared("data", "goods", "hs2022_en.csv")


def _source(path: object) -> list[Row]:
    with open(str(path), encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_rate_cell_equals_the_compiled_file() -> None:
    ours = rows("tariff/vn_lines.csv")
    theirs = [{name: row[name] for name in ours[0]} for row in _source(LINES)]
    assert list(ours) == theirs


def test_the_compilers_names_of_lines_were_left_behind() -> None:
    named = {row["hs8"]: row["name_vi"] for row in rows("nomenclature/vn_names.csv")}
    wording = {row["hs8"]: row["name_vi"] for row in _source(LINES)}
    copied = [code for code, name in named.items() if len(name) > 40 and name in wording[code]]
    assert copied == []


def test_every_node_of_the_tree_equals_the_compiled_file() -> None:
    theirs = {row["hscode"]: " ".join(row["description"].split()) for row in _source(TREE)}
    ours = {row["code"]: row["name_en"] for row in rows("nomenclature/hs2022.csv")}
    assert {code: theirs[code] for code in ours} == ours
    assert {code[:2] for code in set(theirs) - set(ours)} == {"99", "TO"}
