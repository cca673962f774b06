"""`thongquan suggest train` and `ask`, and what runs them by the clock."""

from __future__ import annotations

import contextlib
import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.clearance.classification.suggesting.store import declare
from tests.world import World
from thongquan.clearance.classification import suggesting_tasks
from thongquan.clearance.classification.models import SuggestionModel
from thongquan.config.cli import boot
from thongquan.config.cli.main import app

runner = CliRunner()


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses the test's own database."""
    monkeypatch.setattr(boot, "database", contextlib.nullcontext)


def test_training_from_the_command_line_keeps_a_model(store: Path) -> None:
    declare(slice(0, 96))
    told = runner.invoke(app, ["suggest", "train"])
    assert told.exit_code == 0, told.output
    assert "champion" in told.stdout
    assert "96 lines" in told.stdout
    again = runner.invoke(app, ["suggest", "train"])
    assert "known already" in again.stdout
    assert SuggestionModel.objects.count() == 1


def test_a_question_from_the_command_line_shows_no_text_of_a_trader(customs: World, suggests: Path) -> None:
    told = runner.invoke(app, ["suggest", "ask", "Tỏi củ tươi, bao 20kg", "--digits", "6", "--json"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["candidates"][0]["code"] == "070320"
    assert {text["source"] for one in answer["candidates"] for text in one["evidence"]} <= {"nomenclature"}
    assert "070320" in runner.invoke(app, ["suggest", "ask", "Tỏi củ tươi, bao 20kg", "--digits", "6"]).stdout
    assert "?" in runner.invoke(app, ["suggest", "ask", "hàng hóa"]).stdout


def test_a_question_that_cannot_be_asked_is_refused(customs: World, suggests: Path) -> None:
    told = runner.invoke(app, ["suggest", "ask", "táo", "--digits", "5", "--under", "x"])
    assert told.exit_code == 1
    assert "TQ-CLS-085" in told.stderr
    assert "TQ-CLS-086" in told.stderr


def test_the_clock_trains_when_there_is_no_model_and_logs_what_fails(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_how: Any) -> SimpleNamespace:
        ran.append(command)
        return SimpleNamespace(returncode=1, stderr="out of room")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(suggesting_tasks, "are_busy", lambda: False)
    suggesting_tasks.train_the_first(0)
    assert ran[0][-2:] == ["suggest", "train"]
    assert "out of room" in caplog.text


def test_the_clock_leaves_a_busy_machine_alone(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting_tasks, "train", lambda: pytest.fail("trained while people wait"))
    monkeypatch.setattr(suggesting_tasks, "are_busy", lambda: True)
    suggesting_tasks.train_the_first(0)


def test_the_clock_leaves_a_good_model_alone(suggests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting_tasks, "train", lambda: pytest.fail("trained again"))
    suggesting_tasks.train_the_first(0)
