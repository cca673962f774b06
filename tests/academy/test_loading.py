"""Loading a practice world: through the real operations, dated in the past, the truth kept apart."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from tests.world import World
from thongquan.academy.operations import Loaded, load_days
from thongquan.academy.worlds import World as Practice
from thongquan.academy.worlds import WorldError
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.practice.world import Plan, build

MOST = 40


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of a small world."""
    home = tmp_path_factory.mktemp("world")
    build(home, Plan(seed=11, months=1, declarations=120))
    return home


def load(directory: Path, days: int = 31, most: int = MOST) -> tuple[Loaded, list[tuple[int, int]]]:
    heard: list[tuple[int, int]] = []
    return load_days(
        world=Practice(directory), days=days, at=now(), most=most, progress=lambda *step: heard.append(step)
    ), heard


def test_days_are_lodged_by_the_real_operations_in_the_past_and_marked(customs: World, directory: Path) -> None:
    loaded, heard = load(directory)
    assert loaded.lodged == MOST
    assert heard
    rows = customs.run_sql(
        "SELECT d.source, d.registered_at, s.number, (SELECT count(*) FROM ledger_entry e WHERE e.action ="
        " 'declaration.lodged' AND e.subject = 'declaration:' || d.number), (SELECT count(*) FROM revenue_liability l"
        " WHERE l.subject = 'declaration:' || d.number), (SELECT count(*) FROM core_outboxmessage o WHERE o.subject ="
        " 'declaration:' || d.number) FROM declarations_declaration d LEFT JOIN academy_specimen s USING (number)"
    )
    assert len(rows) == MOST
    assert all(row[0] == "practice" and row[2] and row[3:] == (1, 1, 1) for row in rows)
    yesterday = localdate(now()) - timedelta(days=1)
    assert all(localdate(row[1]) <= yesterday for row in rows)
    director = customs.actor("director")
    numbers = [row[2] for row in rows]
    assert all(replay_declaration(actor=director, number=number).equal for number in numbers[:5])


def test_each_line_has_its_truth_and_dates_move_by_whole_weeks(customs: World, directory: Path) -> None:
    load(directory)
    assert customs.run_sql(
        "SELECT count(*) FROM declarations_line l JOIN declarations_declaration d ON d.id = l.declaration_id"
        " JOIN academy_specimen s ON s.number = d.number"
        " FULL JOIN academy_truth t ON t.specimen_id = s.id AND t.line = l.number WHERE t.id IS NULL OR l.id IS NULL"
    ) == [(0,)]
    assert customs.run_sql("SELECT DISTINCT mod(moved_days, 7) FROM academy_specimen") == [(0,)]
    assert customs.run_sql(
        "SELECT count(*) FROM academy_specimen s, LATERAL (SELECT bool_or(fraud) AS fraud FROM academy_truth"
        " WHERE specimen_id = s.id) AS t WHERE s.is_fraud <> t.fraud"
    ) == [(0,)]


def test_what_is_there_is_not_lodged_again(customs: World, directory: Path) -> None:
    first, _heard = load(directory, most=0)
    again, _heard = load(directory, most=0)
    assert first.lodged > 90
    assert again.lodged == 0
    assert again.known == first.lodged
    assert again.refused == first.refused
    assert sum(first.refused.values()) < first.lodged / 5, "the law refuses little of what a world holds"


def test_a_realm_that_is_not_for_practice_takes_no_invented_trade(
    customs: World, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thongquan.academy.permissions.realm_name", lambda: "sandbox")
    with pytest.raises(NotAllowed):
        load(directory)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_a_directory_that_is_no_world_is_told(tmp_path: Path, directory: Path) -> None:
    with pytest.raises(WorldError, match=r"world\.json"):
        Practice(tmp_path)
    about = json.loads((directory / "world.json").read_text())
    (tmp_path / "world.json").write_text(json.dumps({**about, "schema": 2}))
    with pytest.raises(WorldError, match="schema 2"):
        Practice(tmp_path)
    (tmp_path / "world.json").write_text(json.dumps(about))
    with pytest.raises(WorldError, match="the table is missing"):
        Practice(tmp_path)
