"""The registry of models: two people for every step, one for the way back, and what happens when files are not whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.clearance.risk.cases import PROGRAM
from tests.clearance.risk.models import registered, seated
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.risk.operations.registry import retire_model, retreat, watch_model
from thongquan.clearance.risk.operations.registry_falls import fall_back
from thongquan.clearance.risk.operations.registry_steps import (
    approve_step,
    propose_mode,
    propose_seat,
    refuse_step,
    withdraw_step,
)
from thongquan.clearance.risk.queries.champions import champion, folder_of, forget_champion

pytestmark = pytest.mark.usefixtures("own_files")


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    forget_champion()
    yield
    forget_champion()


def scores(at: datetime | None = None) -> tuple[str, str, bool] | None:
    """Version and mode of the model that scores, and whether it only stands in."""
    held = champion(at)
    return (held.version, str(held.mode), held.instead) if held else None


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def told(customs: World, kind: str) -> int:
    """How many messages and ledger rows of a kind there are; one each for every step."""
    messages = customs.run_sql("SELECT count(*) FROM core_outboxmessage WHERE kind = %s", kind)[0][0]
    rows = customs.run_sql("SELECT count(*) FROM ledger_entry WHERE action = %s", kind)[0][0]
    assert messages == rows
    return int(messages)


def test_without_a_champion_nothing_scores(customs: World) -> None:
    registered()
    assert champion() is None


def test_one_proposes_and_another_approves(customs: World) -> None:
    version = registered()
    analyst = customs.actor("risk_analyst")
    propose_seat(actor=analyst, version=version, words="Tốt hơn trên bốn tuần", at=now())
    with pytest.raises(Refused) as refused:
        approve_step(actor=analyst, version=version, words="", at=now())
    assert codes(refused) == ["TQ-RSK-041"]
    approve_step(actor=customs.actor("director"), version=version, words="", at=now())
    assert scores() == (version, "shadow", False)
    held = champion()
    assert held is not None
    assert held.scorer.probability(np.zeros((2, 3), dtype=np.float32)).shape == (2,)
    assert told(customs, "risk.model_propose") == told(customs, "risk.model_approve") == 1


def test_a_champion_is_let_in_one_mode_at_a_time_and_taken_back_at_once(customs: World) -> None:
    version = seated(customs, mode="active")
    assert scores() == (version, "active", False)
    with pytest.raises(Refused) as refused:
        propose_mode(actor=customs.actor("risk_analyst"), version=version, words="Thêm", at=now())
    assert codes(refused) == ["TQ-RSK-040"]
    assert retreat(actor=customs.actor("risk_analyst"), words="Nhiều lượt kiểm vô ích", at=now()) == "informed"
    assert scores() == (version, "informed", False)
    assert retreat(actor=customs.actor("risk_analyst"), words="Tạm dừng", at=now()) == "shadow"
    with pytest.raises(Refused) as refused:
        retreat(actor=customs.actor("risk_analyst"), words=" ", at=now())
    assert codes(refused) == ["TQ-RSK-009", "TQ-RSK-040"]


def test_a_new_champion_begins_in_the_shadow_and_the_one_before_can_come_back(customs: World) -> None:
    first, second = seated(customs, 1, mode="informed"), seated(customs, 2)
    assert scores() == (second, "shadow", False)
    propose_seat(actor=customs.actor("risk_analyst"), version=first, words="Quay lại", at=now())
    approve_step(actor=customs.actor("director"), version=first, words="", at=now())
    assert scores() == (first, "shadow", False)


def test_a_proposal_is_refused_with_words_or_taken_back(customs: World) -> None:
    version = registered()
    analyst, director = customs.actor("risk_analyst"), customs.actor("director")
    propose_seat(actor=analyst, version=version, words="Thử", at=now())
    with pytest.raises(Refused) as refused:
        propose_seat(actor=analyst, version=version, words="", at=now())
    assert codes(refused) == ["TQ-RSK-009", "TQ-RSK-040"]
    with pytest.raises(Refused):
        refuse_step(actor=director, version=version, words="", at=now())
    refuse_step(actor=director, version=version, words="Chưa đủ kết quả", at=now())
    propose_seat(actor=analyst, version=version, words="Thử lại", at=now())
    withdraw_step(actor=analyst, version=version, words="", at=now())
    with pytest.raises(Refused):
        approve_step(actor=director, version=version, words="", at=now())
    assert champion() is None


def test_a_newcomer_sends_the_challenger_before_it_away_but_not_a_shadow(customs: World) -> None:
    first, second = registered(1), registered(2)
    watch_model(actor=customs.actor("risk_analyst"), version=first, words="So sánh thêm", at=now())
    third = registered(3)
    roles = dict(customs.run_sql("SELECT version, role FROM risk_modelversion"))
    assert roles == {first: "shadow", second: "retired", third: "challenger"}
    retire_model(actor=customs.actor("risk_analyst"), version=first, words="Đủ rồi", at=now())
    assert dict(customs.run_sql("SELECT version, role FROM risk_modelversion"))[first] == "retired"


def test_a_missing_model_lets_the_last_good_one_stand_in_with_one_alarm(customs: World) -> None:
    first, second = seated(customs, 1, mode="informed"), seated(customs, 2, mode="active")
    (folder_of(second) / "forest.txt").unlink()
    at = now()
    for moment in (at, at + timedelta(seconds=31), at + timedelta(seconds=62)):
        assert scores(moment) == (first, "informed", True)
    forget_champion()  # as in another process
    champion()
    assert told(customs, "risk.model_alarm") == 1
    assert customs.run_sql("SELECT trouble, instead FROM risk_modelalarm") == [("missing", first)]


def test_a_touched_model_never_scores_and_without_another_nothing_does(customs: World) -> None:
    version = seated(customs, mode="active")
    forest = folder_of(version) / "forest.txt"
    whole = forest.read_text()
    forest.write_text(whole.replace("shrinkage=1", "shrinkage=2", 1) + " ")
    at = now()
    assert champion(at + timedelta(seconds=31)) is None
    assert customs.run_sql("SELECT trouble, instead, ended_at FROM risk_modelalarm") == [("damaged", "", None)]
    forest.write_text(whole)
    assert scores(at + timedelta(seconds=62)) == (version, "active", False)
    assert customs.run_sql("SELECT count(*) FROM risk_modelalarm WHERE ended_at IS NULL") == [(0,)]
    assert told(customs, "risk.model_whole_again") == 1


def test_between_two_looks_nothing_is_asked(customs: World, django_assert_num_queries: object) -> None:
    seated(customs)
    at = now()
    champion(at)
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture that is called
        for second in range(30):
            champion(at + timedelta(seconds=second))


def test_files_that_are_not_whole_are_neither_proposed_nor_approved(customs: World) -> None:
    version = registered()
    propose_seat(actor=customs.actor("risk_analyst"), version=version, words="Tốt", at=now())
    (folder_of(version) / "model.json").write_text("{}")
    with pytest.raises(Refused) as refused:
        approve_step(actor=customs.actor("director"), version=version, words="", at=now())
    assert codes(refused) == ["TQ-RSK-042"]
    with pytest.raises(Refused) as refused:
        propose_seat(actor=customs.actor("risk_analyst"), version=version, words="", at=now())
    assert codes(refused) == ["TQ-RSK-009", "TQ-RSK-042", "TQ-RSK-040"]


def test_drift_seats_the_last_good_version_at_once_and_no_further_in(customs: World) -> None:
    first, second = seated(customs, 1, mode="informed"), seated(customs, 2, mode="active")
    assert fall_back(actor=PROGRAM, told={"calibration": 0.2}, good=frozenset({first}), at=now()) == first
    assert scores() == (first, "informed", False)
    assert customs.run_sql("SELECT failure FROM risk_modelversion WHERE version = %s", second) == [("drift",)]
    assert told(customs, "risk.model_alarm") == 1


def test_drift_without_a_good_one_before_takes_the_champion_into_the_shadow(customs: World) -> None:
    version = seated(customs, mode="active")
    assert fall_back(actor=PROGRAM, told={}, good=frozenset(), at=now()) == version
    assert scores() == (version, "shadow", False)


def test_a_stranger_takes_no_step(customs: World) -> None:
    version = registered()
    for person in ("declarant", "clearance_officer", "director", "administrator"):
        with pytest.raises(NotAllowed):
            propose_seat(actor=customs.actor(person), version=version, words="x", at=now())
    with pytest.raises(NotAllowed):
        approve_step(actor=customs.actor("clearance_officer"), version=version, words="x", at=now())
    with pytest.raises(NotAllowed):
        fall_back(actor=customs.actor("director"), told={}, good=frozenset(), at=now())
    with pytest.raises(NotFound):
        propose_seat(actor=customs.actor("risk_analyst"), version="0" * 24, words="x", at=now())
