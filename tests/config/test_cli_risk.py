"""`thongquan risk` on a small world."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from thongquan.config.cli.main import app
from thongquan.practice.world import Plan, build


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("risk") / "world"
    build(out, Plan(seed=3, months=8, declarations=2_400))
    return out


@pytest.fixture(scope="module")
def model(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    made = CliRunner().invoke(app, ["risk", "train", "--world", str(world), "--model", str(folder)])
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert told["findings"] > 10
    assert len(told["average_precision"]) == 3
    assert "forest 4 of 4" in made.stderr
    return folder


def test_a_model_is_trained_and_reported(world: Path, model: Path) -> None:
    words = ["risk", "report", "--world", str(world), "--model", str(model), "--curve"]
    found = CliRunner().invoke(app, words)
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["auc"] > 0.5
    assert told["random_lane"]["lines"] > 0
    assert 1 <= len(told["learning_curve"]) <= 4
    assert told["psi"]


def test_a_poisoned_model_is_refused_in_words(world: Path, model: Path, tmp_path: Path) -> None:
    for name in ("model.json", "forest.txt", "parts.txt"):
        (tmp_path / name).write_text((model / name).read_text().replace("1", "2", 3))
    found = CliRunner().invoke(app, ["risk", "report", "--world", str(world), "--model", str(tmp_path)])
    assert found.exit_code == 1
    assert "rules alone select" in found.stderr


def test_the_closed_loop_is_told_as_json(world: Path) -> None:
    words = ["risk", "backtest", "--world", str(world), "--truth", str(world / "truth"), "--budget", "0.1"]
    found = CliRunner().invoke(app, [*words, "--no-baselines"])
    assert found.exit_code == 0, found.output
    engine = json.loads(found.stdout)["10%"]["engine"]
    assert engine["precision_of_oracle"] > 0
    assert engine["opened"] > 10
    assert "week" in found.stderr


def test_less_chance_than_the_law_of_the_house_is_refused(world: Path) -> None:
    words = ["risk", "backtest", "--world", str(world), "--truth", str(world / "truth"), "--exploration", "0.01"]
    assert CliRunner().invoke(app, words).exit_code != 0


def test_what_is_no_world_is_refused(tmp_path: Path, model: Path) -> None:
    for words in (
        ["train", "--world", str(tmp_path), "--model", str(tmp_path)],
        ["report", "--world", str(tmp_path), "--model", str(model)],
        ["backtest", "--world", str(tmp_path), "--truth", str(tmp_path)],
    ):
        assert CliRunner().invoke(app, ["risk", *words]).exit_code == 2


def test_what_train_needs_is_said(world: Path) -> None:
    found = CliRunner().invoke(app, ["risk", "train", "--world", str(world)])
    assert found.exit_code == 2
    assert "--own" in found.stderr


def test_a_model_without_its_card_is_not_promoted(model: Path, tmp_path: Path) -> None:
    """Before any database is asked."""
    for name in ("model.json", "forest.txt", "parts.txt"):
        (tmp_path / name).write_text((model / name).read_text())
    found = CliRunner().invoke(app, ["risk", "promote", "--model", str(tmp_path)])
    assert found.exit_code == 1
    assert "nothing was changed" in found.stderr
