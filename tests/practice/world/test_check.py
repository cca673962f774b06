"""A directory that is no world is told everything that is wrong with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from thongquan.practice import world as worlds
from thongquan.practice.world import tables
from thongquan.practice.world.writing import read_table

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("check") / "world"
    worlds.build(out, worlds.Plan(seed=5, months=2, declarations=200))
    return out


@pytest.fixture
def bad(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "bad"))


def rewrite(world: Path, table: tables.Table, content: pa.Table) -> None:
    """Put a table in one file in place of its folder: both are allowed."""
    shutil.rmtree(world / table.path, ignore_errors=True)
    pq.write_table(content, world / f"{table.path}.parquet")


def test_one_file_instead_of_parts_is_a_world_too(bad: Path) -> None:
    rewrite(bad, tables.LINES, read_table(bad, tables.LINES))
    assert worlds.faults_of(bad) == []


def test_more_columns_and_no_oracle_are_a_world_too(bad: Path) -> None:
    content = read_table(bad, tables.LINES)
    rewrite(bad, tables.LINES, content.append_column("note", pa.array(["x"] * content.num_rows)))
    shutil.rmtree(bad / "truth" / "oracle")
    assert worlds.faults_of(bad) == []


def test_every_fault_is_told(bad: Path) -> None:
    (bad / "declared" / "officers.parquet").unlink()
    content = read_table(bad, tables.LINES).drop_columns(["hs"])
    strange = content.set_column(content.column_names.index("origin"), "origin", pa.array([1] * content.num_rows))
    rewrite(bad, tables.LINES, strange)
    (bad / "world.json").write_text(json.dumps({"schema": 9, "seed": 1}))
    told = "\n".join(worlds.faults_of(bad))
    for part in ("officers: missing", "column hs", "origin is int64", "schema 9", "months is missing"):
        assert part in told


def test_lost_keys_and_doubles_are_told(bad: Path) -> None:
    rewrite(bad, tables.SELLERS, read_table(bad, tables.SELLERS).slice(0, 1))
    heads = read_table(bad, tables.DECLARATIONS)
    rewrite(bad, tables.DECLARATIONS, pa.concat_tables([heads, heads.slice(0, 1)]))
    told = "\n".join(worlds.faults_of(bad))
    assert "seller_key of" in told
    assert "declared/declarations: the key declaration_key is not unique" in told


def test_strange_values_are_told(bad: Path) -> None:
    heads = read_table(bad, tables.DECLARATIONS)
    place = heads.column_names.index("flow")
    flow = pa.array(["sideways"] * heads.num_rows)
    rewrite(bad, tables.DECLARATIONS, heads.set_column(place, heads.schema.field("flow"), flow))
    assert any("sideways" in fault for fault in worlds.faults_of(bad))


def test_an_empty_directory_is_no_world(tmp_path: Path) -> None:
    assert any("world.json" in fault for fault in worlds.faults_of(tmp_path))


def test_the_contract_in_words_names_every_column() -> None:
    page = (ROOT / "docs" / "practice-world.md").read_text(encoding="utf-8")
    for table in tables.TABLES:
        part = page.split(f"### {table.path}\n")[1].split("\n### ")[0]
        rows = {line.split("|")[1].strip(" `"): line for line in part.splitlines() if line.startswith("| `")}
        assert list(rows) == [column.name for column in table.columns], table.path
        for column in table.columns:
            assert f"| {column.type} | {'yes' if column.may_be_empty else ''} |" in rows[column.name]
