"""`thongquan twocodes scan`: files and the lake in, cases out; killed and started again, the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.learning.twins.scan.history import lines
from thongquan.config.cli.main import app
from thongquan.config.twocodes import Job, run, scanning
from thongquan.lake.engines import Choice
from thongquan.lake.files import Lake
from thongquan.lake.flows import FileFlow
from thongquan.learning.twins.scan.gathering import lines_of

runner = CliRunner()
FILES = ("cases.csv", "cases.parquet", "members.parquet", "pairs.parquet")


def written_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3,000 lines in two Parquet files."""
    home = tmp_path_factory.mktemp("lines")
    every = lines_of(lines(3_000))
    pq.write_table(every.slice(0, 1_000), home / "a.parquet")
    pq.write_table(every.slice(1_000), home / "b.parquet")
    return home


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many portions of few lines."""
    monkeypatch.setattr(scanning, "PORTION", 400)
    monkeypatch.setattr(scanning, "PER_BUCKET", 500)


def job(source: Path, out: Path) -> Job:
    files = sorted(source.glob("*.parquet"))
    return Job(files=files, lake=Lake(out / "lake"), out=out, choice=Choice(memory_mb=256), least=0.72)


def silent(step: str, done: int, total: int) -> None:
    """Nobody looks."""


def test_files_are_searched_and_the_cases_written(tmp_path: Path, source: Path, small: None) -> None:
    told = runner.invoke(app, ["twocodes", "scan", str(source), "--out", str(tmp_path)])
    assert told.exit_code == 0, told.output
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["lines"] == 3_000
    assert f"{summary['cases']:,} cases" in told.stdout
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    cases = pq.read_table(tmp_path / "cases.parquet")
    assert len(rows) == len(cases) == summary["cases"] > 0
    assert cases["case"].to_pylist() == list(range(1, len(cases) + 1))
    first = cases.slice(0, 1).to_pylist()[0]
    assert first["one_code"] != first["other_code"]
    members = pq.read_table(tmp_path / "members.parquet").filter(pa.compute.field("case") == 1)
    assert (len(members), sum(members["lines"].to_pylist())) == (first["wordings"], first["lines"])
    assert pq.read_table(tmp_path / "pairs.parquet").num_rows == summary["edges"]
    assert not list(tmp_path.glob(".scan*"))


def same(one: Path, other: Path) -> bool:
    return all(
        (one / name).read_bytes() == (other / name).read_bytes()
        if name.endswith(".csv")
        else pq.read_table(one / name).equals(pq.read_table(other / name))
        for name in FILES
    )


class Killed(BaseException):
    """As if the process ended."""


@pytest.mark.parametrize("step", ["read", "gather", "pair", "score", "choose"])
def test_killed_and_started_again_it_gives_the_same(
    tmp_path: Path, source: Path, small: None, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(job(source, tmp_path / "whole"), silent)
    begun: list[str] = []

    def kill(name: str, done: int, total: int) -> None:
        if name == step and done == max(total // 2, 1):
            raise Killed

    with pytest.raises(Killed):
        run(job(source, tmp_path / "parts"), kill)
    monkeypatch.setattr(scanning, "FileFlow", counting(begun))
    told = run(job(source, tmp_path / "parts"), silent)
    assert told.resumed
    assert same(tmp_path / "whole", tmp_path / "parts")
    assert ("read" in begun) == (step == "read")  # what was done is not done again


def counting(begun: list[str]) -> Callable[..., FileFlow]:
    class Counting(FileFlow):
        def mapped(self, step: str, data: Path, work: Any, schema: pa.Schema) -> Path:
            def counted(rows: pa.Table) -> pa.Table:
                begun.append(step)
                found: pa.Table = work(rows)
                return found

            return super().mapped(step, data, counted, schema)

    return Counting


def test_other_lines_are_another_job(tmp_path: Path, source: Path) -> None:
    first = job(source, tmp_path)
    assert first.room == job(source, tmp_path).room
    assert first.room != replace(first, least=0.8).room
    assert first.room != replace(first, files=first.files[:1]).room


def test_csv_gives_the_same_as_parquet(tmp_path: Path, source: Path) -> None:
    path = written_csv(tmp_path / "lines.csv", lines(3_000))
    run(job(source, tmp_path / "parquet"), silent)
    run(replace(job(source, tmp_path / "csv"), files=[path]), silent)
    assert same(tmp_path / "parquet", tmp_path / "csv")


def test_every_fault_of_a_file_is_named(tmp_path: Path) -> None:
    row = {"id": "a", "description": "táo", "code": "0808", "value_vnd": "5", "on": "2026-01-05"}
    path = written_csv(tmp_path / "l.csv", [row, {**row, "value_vnd": "five"}, {**row, "on": "yesterday"}])
    told = runner.invoke(app, ["twocodes", "scan", str(path), "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert "line 3: value_vnd is 'five', not a whole number" in told.stderr
    assert "line 4: on is 'yesterday', not a day" in told.stderr
    assert not (tmp_path / "out" / "cases.csv").exists()


def test_a_file_without_codes_or_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = written_csv(tmp_path / "l.csv", [{"id": "a", "description": "táo"}])
    told = runner.invoke(app, ["twocodes", "scan", str(path), "--out", str(tmp_path / "out")])
    assert (told.exit_code, "no column code" in told.stderr) == (2, True)
    (tmp_path / "l.txt").write_text("id")
    told = runner.invoke(app, ["twocodes", "scan", str(tmp_path / "l.txt")])
    assert (told.exit_code, "no CSV or Parquet file" in told.stderr) == (2, True)


def test_a_description_that_looks_like_a_formula_is_harmless(tmp_path: Path) -> None:
    goods = '=HYPERLINK("x") nồi cơm điện 1,8 lít Sunway'
    rows = [{"id": code, "description": goods, "code": code} for code in ("85166010", "85167100")]
    path = written_csv(tmp_path / "l.csv", rows)
    assert runner.invoke(app, ["twocodes", "scan", str(path), "--out", str(tmp_path)]).exit_code == 0
    assert "'=HYPERLINK" in (tmp_path / "cases.csv").read_text(encoding="utf-8-sig")


def test_the_lake_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TQ_LAKE_DIR", str(tmp_path / "lake"))
    place = Lake(tmp_path / "lake")
    place.write("lines", [in_lake(number, row) for number, row in enumerate(lines(600), 1)], batch="1")
    told = runner.invoke(app, ["twocodes", "scan", "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["lines"] == 600 - len([1 for number in range(1, 601) if number % 10 == 0])
    assert summary["cases"] > 0
    assert pq.read_table(tmp_path / "out" / "members.parquet")["id"].to_pylist()[0].startswith("declaration:")


def in_lake(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A line as the lake keeps it; every tenth is of a version not in force."""
    return {
        "declaration": number,
        "version": 1,
        "line": 1,
        "flow": "import",
        "office": row["office"],
        "gate": row["office"],
        "tax_code": row["importer"],
        "hs": row["code"],
        "origin": row["origin"],
        "schedule": "",
        "description": row["description"],
        "quantity": None,
        "unit": "",
        "net_weight_kg": None,
        "value_vnd": row["value_vnd"],
        "due_vnd": row["duty_vnd"],
        "in_force": number % 10 != 0,
        "month": row["on"].replace(day=1),
    }
