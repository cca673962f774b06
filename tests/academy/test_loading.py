"""Loading a practice world: through the real operations, dated in the past, the truth kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from tests.world import World
from thongquan.academy.operations import Loaded, load_days
from thongquan.academy.operations.specimens import keep_truths
from thongquan.academy.worlds import World as Practice
from thongquan.academy.worlds import WorldError
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.ledger.encoding import canonical_time, leaf_of
from thongquan.clearance.declarations.numbers import forget_blocks
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.tariff.operations import ensure_practice_rates
from thongquan.practice.world import Plan, build

MOST = 40
SAMPLE = 500
TABLES = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname"
IDENTITIES = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
    " AND is_identity = 'YES'"
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of a small world."""
    home = tmp_path_factory.mktemp("world")
    build(home, Plan(seed=11, months=1, declarations=120))
    return home


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month with more than a sample in it."""
    home = tmp_path_factory.mktemp("larger")
    build(home, Plan(seed=12, months=1, declarations=700))
    return home


def load(
    directory: Path, days: int = 31, most: int = MOST, *, together: bool = True, at: datetime | None = None
) -> tuple[Loaded, list[tuple[int, int]]]:
    heard: list[tuple[int, int]] = []
    return load_days(
        world=Practice(directory),
        days=days,
        at=at or now(),
        most=most,
        together=together,
        progress=lambda *step: heard.append(step),
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
    assert sum(first.refused.values()) <= first.lodged / 100, "the law refuses next to nothing of what a world holds"


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


def rows_of(customs: World) -> dict[str, list[str]]:
    """Every row of every table, without what differs from one run to the next: identities and the salt of a leaf."""
    found = {}
    for (table,) in customs.run_sql(TABLES):
        identities = customs.run_sql(IDENTITIES, table)
        owner = "(SELECT s.number FROM academy_specimen s WHERE s.id = t.specimen_id)" if "truth" in table else "''"
        told = f"SELECT {owner} || (to_jsonb(t) - %s::text[])::text FROM {table} t"
        dropped = ["xid", "salt", "leaf", "specimen_id", *(name for (name,) in identities)]
        found[table] = sorted(row[0] for row in customs.run_sql(told, dropped))
    return found


def leaves(customs: World) -> list[tuple[bytes, bytes]]:
    """Each leaf of the ledger, as it is and as its row gives it."""
    return [
        (
            bytes(row[-1]),
            leaf_of(
                at=canonical_time(row[0]),
                actor=row[1],
                action=row[2],
                subject=row[3],
                details=bytes(row[4]),
                salt=bytes(row[5]),
            ),
        )
        for row in customs.run_sql("SELECT at, actor, action, subject, details, salt, leaf FROM ledger_entry")
    ]


@contextmanager
def undone(customs: World) -> Iterator[None]:
    """What happens within is taken back, and the next declaration gets the number the first one got."""
    keys = ("declarations_import_number", "declarations_export_number")
    held = [(key, *customs.run_sql(f"SELECT last_value, is_called FROM {key}")[0]) for key in keys]
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for key, last, called in held:
        customs.run_sql("SELECT setval(%s::regclass, %s, %s)", key, last, called)
    forget_blocks()


def test_what_is_written_together_is_what_lodging_writes_one_by_one(customs: World, larger: Path) -> None:
    at = now()
    for day in range(45):  # otherwise either load makes a law version of its own, under an identity of its own
        ensure_practice_rates(on=localdate(at) - timedelta(days=day), at=at)
    with undone(customs):
        before = rows_of(customs)
        one_by_one, _heard = load(larger, most=SAMPLE, together=False, at=at)
        ordinary = rows_of(customs)
    assert one_by_one.lodged == SAMPLE
    with undone(customs):
        together, _heard = load(larger, most=SAMPLE, at=at)
        written = rows_of(customs)
        assert all(stored == reckoned for stored, reckoned in leaves(customs))
    assert together == one_by_one
    assert {name for name in ordinary if ordinary[name] != before[name]} >= {
        "academy_specimen",
        "academy_truth",
        "core_outboxmessage",
        "declarations_declaration",
        "declarations_line",
        "declarations_version",
        "ledger_entry",
        "revenue_liability",
    }
    assert written == ordinary


def test_goods_declared_before_are_told_though_others_are_written_together(customs: World, directory: Path) -> None:
    first, _heard = load(directory, most=0)
    customs.run_sql("DELETE FROM academy_truth")
    gone = customs.run_sql("DELETE FROM academy_specimen WHERE mod(world_key, 2) = 0 RETURNING world_key")
    again, _heard = load(directory, most=0)
    assert (again.lodged, again.known) == (0, first.lodged - len(gone))
    assert sum(again.refused.values()) == sum(first.refused.values()) + len(gone)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(first.lodged,)]


def test_a_load_that_broke_off_goes_on_where_it_was(
    customs: World, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []

    def fails_later(*args: Any, **kwargs: Any) -> None:
        if len(kept) == 3:
            raise ConnectionError
        kept.append(len(args[0]))
        keep_truths(*args, **kwargs)

    monkeypatch.setattr("thongquan.academy.operations.batches.BATCH", 2)
    monkeypatch.setattr("thongquan.academy.operations.batches.keep_truths", fails_later)
    with pytest.raises(ConnectionError):
        load(directory, most=0)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(sum(kept),)]
    monkeypatch.undo()
    rest, _heard = load(directory, most=0)
    assert rest.known == sum(kept) > 0
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(rest.known + rest.lodged,)]
