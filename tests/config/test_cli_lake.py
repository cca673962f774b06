"""The command `thongquan lake`: answers as table, CSV, Excel and JSON; upkeep against the database."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from tests.lake.invented import REFERENCE, fill, invented
from tests.world import World, as_json, import_document
from thongquan.config.cli import boot
from thongquan.config.cli.main import app
from thongquan.config.lake import lake

ROWS = invented(count=40)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["lake", *words])


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TQ_LAKE_DIR", str(tmp_path / "lake"))
    fill(lake(), ROWS)


@pytest.fixture
def here(customs: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The commands work on the office of the test."""

    @contextmanager
    def database() -> Iterator[str]:
        yield ""

    monkeypatch.setattr(boot, "database", database)
    return customs


def test_an_answer_for_programs(filled: None) -> None:
    done = run("ask", "turnover", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    expected = REFERENCE["turnover"](ROWS)
    assert [Decimal(row["value_vnd"]) for row in told] == [row["value_vnd"] for row in expected]
    assert [row["month"] for row in told] == [row["month"].isoformat() for row in expected]


def test_an_answer_for_people(filled: None) -> None:
    done = run("ask", "channels")
    assert done.exit_code == 0
    assert "Decisions by office, month and channel" in done.stdout


def test_an_answer_as_csv_and_excel(filled: None, tmp_path: Path) -> None:
    expected = REFERENCE["revenue"](ROWS)
    assert run("ask", "revenue", "--out", str(tmp_path / "revenue.csv")).exit_code == 0
    with (tmp_path / "revenue.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Decimal(row["paid_vnd"]) for row in rows] == [row["paid_vnd"] for row in expected]
    assert list(csv.DictReader(StringIO(run("ask", "revenue", "--out", "-").stdout))) == rows
    assert run("ask", "revenue", "--out", str(tmp_path / "revenue.xlsx")).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "revenue.xlsx").active
    assert sheet is not None
    head, *body = sheet.iter_rows(values_only=True)
    assert head == ("month", "tax", "assessed_vnd", "paid_vnd")
    assert [row[3] for row in body] == [int(row["paid_vnd"]) for row in expected]
    assert not list(tmp_path.glob("*.part"))


def test_unknown_questions_and_files_are_named(filled: None, tmp_path: Path) -> None:
    for words in (("ask", "weather"), ("ask", "revenue", "--out", str(tmp_path / "revenue.pdf"))):
        done = run(*words)
        assert done.exit_code == 2
        assert "turnover" in done.stderr


def test_upkeep(here: World) -> None:
    answer = here.api("broker").post(
        "/api/v1/declarations/", as_json(import_document()), content_type="application/json"
    )
    assert answer.status_code == 201
    assert run("verify").exit_code == 0
    for month in lake().months("lines"):
        for part in month.parts:
            part.unlink()
    done = run("verify")
    assert done.exit_code == 1
    assert "lines in force" in done.stdout
    assert json.loads(run("verify", "--json").stdout)[0]["lake"] == "0"
    rebuilt = run("rebuild")
    assert rebuilt.exit_code == 0
    assert "rows written" in rebuilt.stdout
    assert run("verify").exit_code == 0
    assert run("compact").exit_code == 0
    assert run("verify").stdout == "The lake holds what the database holds.\n"
