"""What happens in the office flows into the lake, whatever is heard twice, and can be written anew from the database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from tests.flows.life.story import Story
from tests.lake.conftest import LITTLE
from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.models import DeadLetter, OutboxCursor
from thongquan.base.core.outbox import ComeAgain, alone, relay
from thongquan.config import worker
from thongquan.config.lake import lake, whole
from thongquan.config.lake.following import CONSUMER, KINDS
from thongquan.config.subscriptions import SUBSCRIPTIONS
from thongquan.lake.compaction import compact
from thongquan.lake.engines import opened
from thongquan.lake.files import Lake
from thongquan.lake.reading import Tables
from thongquan.lake.verifying import CHECKS, Difference
from thongquan.rules.encoding import decoded_facts

API = "/api/v1/declarations/"
WORDS = ("dbname", "host", "port", "user", "password")


@pytest.fixture
def story(customs: World, monkeypatch: pytest.MonkeyPatch) -> Story:
    return Story(customs, monkeypatch)


def a_day(story: Story) -> dict[str, str]:
    """One declaration amended, one with its papers checked, one cancelled, one cleared and paid."""
    numbers = {name: story.lodge(channel=1) for name in ("amended", "cancelled", "paid")}
    numbers["yellow"] = story.lodge(channel=2)
    document = story.document(numbers["amended"])
    story.amend(numbers["amended"], msgspec.structs.replace(document, own_reference="changed"))
    asked = {"ground": "request", "reason": "Đối tác giao nhầm hàng"}
    path = f"{API}{numbers['cancelled']}/cancellation-requests"
    story.ask(story.program("declarant"), path, asked, status=202)
    done = {"do": "cancel", "ground": "request", "reason": "Đồng ý"}
    story.post("clearance_officer", f"/declarations/{numbers['cancelled']}/cancel", **done)
    story.check_documents(numbers["yellow"])
    story.pay(numbers["paid"])
    return numbers


def verified() -> list[Difference]:
    with opened(LITTLE, lake().home) as engine:
        return whole.verify(engine, at=now(), progress=lambda done, total: None)


def rows(table: str) -> list[dict[str, Any]]:
    with opened(LITTLE, lake().home) as engine:
        found: list[dict[str, Any]] = engine.answer(Tables(lake(), engine)[table]).to_pylist()
        return found


def test_a_day_of_the_office_is_in_the_lake(story: Story, customs: World) -> None:
    numbers = a_day(story)
    assert verified() == []
    assert [row["kind"] for row in rows("inspections")] == ["documents"]
    paid = sum(row["amount_vnd"] for row in rows("payments") if row["credit"] == "receivable")
    ((booked,),) = customs.run_sql(
        "SELECT sum(amount_vnd) FROM revenue_posting p JOIN revenue_journalentry e ON e.id = p.entry_id"
        " WHERE e.kind = 'payment' AND p.credit = 'receivable'"
    )
    assert paid == booked > 0
    [facts] = [
        decoded_facts(row["facts"])
        for row in rows("decisions")
        if row["declaration"] == int(numbers["amended"][:11]) and row["version"] == 1
    ]
    assert facts.document.own_reference == "changed"
    in_force = {(numbers_of(numbers, row), row["version"], row["in_force"]) for row in rows("lines")}
    assert in_force == {
        ("amended", 0, False),
        ("amended", 1, True),
        ("cancelled", 0, False),
        ("paid", 0, True),
        ("yellow", 0, True),
    }
    assert compact(lake(), LITTLE, now=0) > 0
    assert verified() == []


def numbers_of(numbers: dict[str, str], row: dict[str, Any]) -> str:
    """The name of a row's declaration."""
    return next(name for name, number in numbers.items() if int(number[:11]) == row["declaration"])


def test_an_inspection_and_what_it_found_are_in_the_lake(story: Story) -> None:
    number = story.lodge(channel=3)
    story.inspect(number, {1: ("quantity", "11000")})
    [row] = rows("inspections")
    assert (row["kind"], row["outcome"], row["found"], row["findings"]) == ("goods", "differs", ["quantity"], 1)
    assert verified() == []


def test_hearing_everything_twice_changes_nothing(story: Story) -> None:
    a_day(story)
    before = {table: sorted_rows(table) for table in ("declarations", "lines", "duties", "events")}
    OutboxCursor.objects.filter(consumer=CONSUMER).update(xid=0, message=0)
    while relay(whole.SUBSCRIPTION, at=now(), batch=7):
        pass
    assert {table: sorted_rows(table) for table in before} == before
    assert verified() == []


def sorted_rows(table: str) -> list[str]:
    return sorted(repr({**row, "batch": ""}) for row in rows(table))


def test_a_loss_is_found_and_a_rebuild_mends_it(story: Story) -> None:
    a_day(story)
    for month in lake().months("lines"):
        for part in month.parts:
            part.unlink()
    found = verified()
    assert {"lines", "lines in force"} <= {one.check for one in found}
    assert all(one.lake < one.database for one in found)
    assert whole.rebuild(LITTLE, progress=lambda done, total: None) > 0
    assert verified() == []
    story.lodge()
    assert verified() == [], "the consumer goes on behind a rebuild"


def test_a_wrong_sum_is_named_with_its_month(story: Story) -> None:
    story.lodge()
    [row, *_others] = rows("lines")
    wrong = {name: value for name, value in row.items() if name != "batch"} | {"value_vnd": row["value_vnd"] + 5}
    lake().write("lines", [wrong], batch="9" * 41)
    assert {(one.check, one.month, one.measure, one.lake - one.database) for one in verified()} == {
        ("lines", row["month"], "value_vnd", Decimal(5)),
        ("lines in force", row["month"], "value_vnd", Decimal(5)),
    }


def test_every_check_is_made_of_the_database_too() -> None:
    assert whole._IN_DATABASE.keys() == CHECKS.keys()


def test_the_consumer_is_wired_apart() -> None:
    [wired] = [one for one in SUBSCRIPTIONS if one.consumer == CONSUMER]
    assert (wired, wired.apart, wired.kinds) == (whole.SUBSCRIPTION, True, KINDS)


def test_the_worker_takes_it_at_its_own_pace(story: Story, customs: World) -> None:
    lodged_quietly(customs)
    while worker.relay_round():
        pass
    assert rows("lines") == []
    worker.apart_round()
    assert len(rows("lines")) == 5


def lodged_quietly(customs: World) -> None:
    from tests.base.ledger.shared import wait_until_settled

    answer = customs.api("broker").post(
        "/api/v1/declarations/", msgspec.json.encode(import_document()), content_type="application/json"
    )
    assert answer.status_code == 201
    wait_until_settled()


def test_the_outbox_is_not_kept_waiting(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the lake is written, no transaction is open that the other consumers would have to wait for."""
    lodged_quietly(customs)
    seen: list[Any] = []

    def write(self: Lake, *args: object, **more: object) -> int:
        seen.append(customs.run_sql("SELECT pg_current_xact_id_if_assigned()")[0][0])
        return 0

    monkeypatch.setattr(Lake, "write", write)
    relay(whole.SUBSCRIPTION, at=now())
    assert seen
    assert set(seen) == {None}


def test_a_batch_costs_few_queries(customs: World, django_assert_max_num_queries: Callable[..., Any]) -> None:
    for number in range(6):
        customs.api("broker").post(
            "/api/v1/declarations/",
            msgspec.json.encode(import_document(invoice=f"FEW-{number}")),
            content_type="application/json",
        )
    with django_assert_max_num_queries(14):
        relay(whole.SUBSCRIPTION, at=now())
    assert len(rows("declarations")) == 6


def test_a_full_disk_puts_nothing_aside(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    lodged_quietly(customs)

    def full(self: Lake, *args: object, **more: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "write", full)
        with pytest.raises(ComeAgain):
            relay(whole.SUBSCRIPTION, at=now())
        assert not worker.apart_round()
    assert not DeadLetter.objects.exists()
    relay(whole.SUBSCRIPTION, at=now())
    assert len(rows("lines")) == 5


def test_one_at_a_time(customs: World, other_session: Callable[[str], Any]) -> None:
    lodged_quietly(customs)
    other_session("SELECT pg_advisory_lock(hashtextextended('lake', 0))")
    with alone(CONSUMER) as is_alone:
        assert not is_alone
    assert relay(whole.SUBSCRIPTION, at=now()) == 0
    with pytest.raises(whole.Busy):
        whole.rebuild(LITTLE, progress=lambda done, total: None)


@pytest.fixture
def other_session(customs: World) -> Any:
    import psycopg
    from django.db import connection

    words = connection.get_connection_params()
    with psycopg.connect(**{name: words[name] for name in WORDS if name in words}, autocommit=True) as other:
        yield other.execute


def test_the_command_runs_without_a_database(tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "thongquan.config.cli", "lake", "ask", "turnover", "--json"],
        env={"PATH": "/usr/bin:/bin", "TQ_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://nowhere:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
