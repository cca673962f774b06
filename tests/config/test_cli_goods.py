"""`thongquan suggest eval` and `thongquan twocodes eval`: a stranger measures on files of his own."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.learning.samples import history
from thongquan.config.cli.main import app
from thongquan.learning.twins import rewritten

runner = CliRunner()


def written(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return str(path)


@pytest.fixture
def known(tmp_path: Path) -> str:
    rows = [(one.description, one.code) for one in history()]
    return written(tmp_path / "train.csv", ("description", "code"), rows)


def test_suggestion_is_measured_at_every_level(tmp_path: Path, known: str) -> None:
    rows = [(rewritten(one.description, "order", seed=3), one.code, "x") for one in history()]
    asked = written(tmp_path / "test.csv", ("description", "code", "other"), rows)
    told = runner.invoke(app, ["suggest", "eval", "--train", known, "--test", asked])
    assert told.exit_code == 0, told.output
    for words in ("Top 1", "Top 5", "Calibration", "ms a question", "Surest"):
        assert words in told.stdout
    answer = json.loads(runner.invoke(app, ["suggest", "eval", "--train", known, "--test", asked, "--json"]).stdout)
    assert set(answer["levels"]) == {"2", "4", "6", "8"}
    assert answer["levels"]["8"]["asked"] == len(rows)
    assert answer["levels"]["4"]["right"][0] > 0.9
    assert len(answer["levels"]["6"]["curve"]) == 6


def test_a_file_without_the_columns_is_refused(tmp_path: Path, known: str) -> None:
    asked = written(tmp_path / "test.csv", ("text", "code"), [("táo", "0808")])
    told = runner.invoke(app, ["suggest", "eval", "--train", known, "--test", asked])
    assert told.exit_code == 2
    assert "line 1: no column description" in told.stderr


def test_a_row_that_is_too_short_is_named(tmp_path: Path, known: str) -> None:
    asked = written(tmp_path / "test.csv", ("description", "code"), [("táo", "0808"), ("lê",)])
    told = runner.invoke(app, ["suggest", "eval", "--train", known, "--test", asked])
    assert told.exit_code == 2
    assert "line 3: no code" in told.stderr


def test_a_missing_or_binary_file_is_refused(tmp_path: Path, known: str) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x81")
    for path in (tmp_path / "nothing.csv", tmp_path / "binary.csv"):
        told = runner.invoke(app, ["suggest", "eval", "--train", known, "--test", str(path)])
        assert told.exit_code == 2
        assert path.name in told.stderr


@pytest.fixture
def lines(tmp_path: Path) -> str:
    rows = [(f"L{number}", one.description, one.code) for number, one in enumerate(history())]
    return written(tmp_path / "lines.csv", ("id", "description", "code"), rows)


def queries(path: Path, seed: int) -> str:
    goods = history()
    rows = []
    for number, one in enumerate(goods):
        text = rewritten(one.description, "boilerplate", seed=seed)
        rows.append((text, one.code, f"L{number}", "no"))
        rows.append((text, goods[(number + 48) % len(goods)].code, f"L{number}", "yes"))
    return written(path, ("description", "code", "partner id", "should_alarm"), rows)


def test_two_codes_are_measured(tmp_path: Path, lines: str) -> None:
    asked, fit = queries(tmp_path / "q.csv", 1), queries(tmp_path / "f.csv", 2)
    told = runner.invoke(app, ["twocodes", "eval", "--lines", lines, "--queries", asked, "--fit", fit])
    assert told.exit_code == 0, told.output
    for words in ("recall at 1", "recall at 10", "detected", "false alarms", "bytes a line", "ms a question"):
        assert words in told.stdout
    command = ["twocodes", "eval", "--lines", lines, "--queries", asked, "--fit", fit, "--json"]
    answer = json.loads(runner.invoke(app, command).stdout)
    assert answer["recall_10"] > 0.95
    assert answer["detected"] > 0.9
    assert answer["false_alarms"] <= 0.01
    assert (answer["wrong"], answer["silent"]) == (len(history()), len(history()))


def test_without_review_the_first_judge_answers(tmp_path: Path, lines: str) -> None:
    command = ["twocodes", "eval", "--lines", lines, "--queries", queries(tmp_path / "q.csv", 1), "--json"]
    assert json.loads(runner.invoke(app, command).stdout)["detected"] > 0.9


def test_every_fault_of_the_queries_is_named(tmp_path: Path, lines: str) -> None:
    head = ("description", "code", "partner id", "should_alarm")
    asked = written(tmp_path / "q.csv", head, [("táo", "0808", "L0", "maybe"), ("táo", "0808", "nobody", "yes")])
    told = runner.invoke(app, ["twocodes", "eval", "--lines", lines, "--queries", asked])
    assert told.exit_code == 2
    assert "line 2: should_alarm is 'maybe'" in told.stderr
    assert "line 3: no line has the id 'nobody'" in told.stderr


def test_fitting_needs_both_sorts(tmp_path: Path, lines: str) -> None:
    head = ("description", "code", "partner id", "should_alarm")
    one = written(tmp_path / "q.csv", head, [("táo", "0808", "L0", "yes")])
    told = runner.invoke(app, ["twocodes", "eval", "--lines", lines, "--queries", one, "--fit", one])
    assert told.exit_code == 2
    assert "both" in told.stderr
