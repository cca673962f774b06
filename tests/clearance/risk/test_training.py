"""Training on own records makes a challenger and promotes nothing; a watch falls back and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clearance.risk.cases import PROGRAM
from tests.clearance.risk.models import seated
from tests.clearance.risk.own import lodged_world
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.risk.models import DriftWeek, ModelRun, ModelVersion
from thongquan.clearance.risk.operations import training
from thongquan.clearance.risk.operations.registry_steps import approve_step, propose_seat
from thongquan.clearance.risk.operations.training import ask_training, train_own, watch_champion
from thongquan.clearance.risk.queries.champions import champion, forget_champion
from thongquan.learning.risk.contest import Watched, watched


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    forget_champion()
    yield
    forget_champion()


def test_a_training_makes_a_challenger_and_promotes_nothing(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at = lodged_world()
    foreign = seated(customs)
    steps: list[tuple[int, int]] = []
    run = ask_training(actor=customs.actor("risk_analyst"), at=now())
    assert ask_training(actor=customs.actor("risk_analyst"), at=now()) == run
    version = train_own(actor=PROGRAM, at=at, run=run, say=lambda done, of: steps.append((done, of)))
    row = ModelVersion.objects.get(version=version)
    assert (row.role, row.source, row.until < at) == ("challenger", "own", True)
    assert row.counts["found"]["inspection"] == row.found
    assert row.measures["own"]["unseen"]
    assert row.measures["others"][foreign]["unseen"] is False
    assert watch_champion(actor=PROGRAM, at=at) == ("foreign",)
    assert customs.run_sql("SELECT trouble FROM risk_modelalarm WHERE ended_at IS NULL") == [("foreign",)]
    assert ModelVersion.objects.get(version=foreign).role == "champion"
    told = ModelRun.objects.get(pk=run)
    assert (told.state, told.version, told.done) == ("done", version, told.total)
    assert steps[-1] == (told.total, told.total)
    with pytest.raises(NotFound):
        train_own(actor=PROGRAM, at=at, run=run)
    _watched(customs, version, at, monkeypatch)


def _watched(customs: World, version: str, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same training serves the watch: it costs seconds."""
    propose_seat(actor=customs.actor("risk_analyst"), version=version, words="Tốt hơn", at=now())
    approve_step(actor=customs.actor("director"), version=version, words="", at=now())
    assert watch_champion(actor=PROGRAM, at=at) == ()
    week = DriftWeek.objects.get(model__version=version)
    assert week.told["measured"]["lines"] > 0
    assert {"firm", "hs"} <= week.told["new"].keys()
    assert len(week.told["psi"]) == training.SHOWN

    def drifted(*args: Any, **kwargs: Any) -> Watched:
        return watched(*args, **kwargs)._replace(grounds=("calibration",))

    monkeypatch.setattr(training, "watched", drifted)
    assert watch_champion(actor=PROGRAM, at=at + timedelta(days=7)) == ("calibration",)
    assert ("drift",) in customs.run_sql("SELECT trouble FROM risk_modelalarm WHERE ended_at IS NULL")
    held = champion()
    assert held is not None
    assert held.mode == "shadow"
    monkeypatch.undo()
    assert watch_champion(actor=PROGRAM, at=at + timedelta(days=1)) == ()
    assert ("drift",) not in customs.run_sql("SELECT trouble FROM risk_modelalarm WHERE ended_at IS NULL")


def test_too_little_is_told_and_kept(customs: World) -> None:
    with pytest.raises(Refused) as refused:
        train_own(actor=PROGRAM, at=now())
    [fault] = refused.value.faults
    assert (fault.code, fault.values) == ("TQ-RSK-044", {"least": "5"})
    assert ModelRun.objects.get().state == "failed"
    assert watch_champion(actor=PROGRAM, at=now()) == ()


def test_a_stranger_asks_for_no_training(customs: World) -> None:
    for person in ("declarant", "clearance_officer", "director"):
        with pytest.raises(NotAllowed):
            ask_training(actor=customs.actor(person), at=now())
    with pytest.raises(NotAllowed):
        watch_champion(actor=customs.actor("risk_analyst"), at=now())
