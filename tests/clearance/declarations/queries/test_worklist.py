"""Queues: who has which, their order and pages, what is late, and counts that stop."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

import pytest

from tests.world import ENTERPRISE, World
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.queries import load_by_officer, queue_counts
from thongquan.clearance.declarations.queries.files import Filters
from thongquan.clearance.declarations.queries.places import AHEAD
from thongquan.clearance.declarations.queries.queueing import (
    Cursor,
    Queue,
    counting,
    default_queue,
    next_in_queue,
    pages,
    queue_page,
    queues_of,
)

OFFICE = "15BB"


def officer(user: int = 7, *offices: str, roles: tuple[str, ...] = ("clearance_officer",)) -> Actor:
    held = offices or (OFFICE,)
    return Actor(
        user_id=user,
        reference=f"user:{user}",
        roles=frozenset(roles),
        offices=frozenset(held),
        holdings=frozenset((role, office) for role in roles for office in held),
        is_authenticated=True,
        mfa=True,
    )


TRADER = Actor(
    user_id=3,
    reference="user:3",
    roles=frozenset({"declarant"}),
    enterprises=frozenset({ENTERPRISE}),
    holdings=frozenset({("declarant", ENTERPRISE)}),
    is_authenticated=True,
)


def declared(key: int, at: datetime, due: timedelta | None = None, **values: object) -> str:
    """A row as queues see it: due so long after `at`."""
    due_at = None if due is None else at + due
    first = bool(values.get("is_perishable"))
    row = {
        "number": f"{key}0",
        "flow": "import",
        "regime": "A11",
        "office": OFFICE,
        "tax_code": ENTERPRISE,
        "trader_name": "Bình Minh",
        "lodged_by": "user:3",
        "source": "api",
        "state": "channeled",
        "channel": 2,
        "version": 0,
        "registered_at": at - timedelta(minutes=key % 1000),
        "due_vnd": 1,
        "fingerprint": hashlib.sha256(str(key).encode()).digest(),
        "waiting_for": "" if due is None else "customs",
        "due_at": due_at,
        "due_clock": "" if due is None else "document_check",
        "rank": 0 if due_at is None else int(due_at.timestamp()) - (AHEAD if first else 0),
        **values,
    }
    Declaration.objects.create(id=key, **row)
    return f"{key}0"


def shown(actor: Actor, queue: Queue, at: datetime, filters: Filters | None = None) -> list[str]:
    page = queue_page(actor=actor, queue=queue, filters=filters or Filters(), at=at)
    return [row.number for row in page.rows]


def test_everyone_has_the_queues_of_their_side() -> None:
    assert queues_of(officer())[:2] == (Queue.MINE, Queue.TEAM)
    assert Queue.MINE not in queues_of(officer(roles=("gate_officer",)))
    assert queues_of(TRADER)[0] == Queue.DECLARANT
    assert (default_queue(officer()), default_queue(TRADER)) == (Queue.TEAM, Queue.ALL)


@pytest.mark.django_db
def test_queues_hold_what_they_say_in_the_order_of_what_is_due() -> None:
    at, hour = now(), timedelta(hours=1)
    late = declared(10000000001, at, -hour)
    mine = declared(10000000002, at, 5 * hour, assigned_to="user:7")
    fresh = declared(10000000003, at, 20 * hour, is_perishable=True, channel=3)
    theirs = declared(10000000004, at, 30 * hour, waiting_for="declarant", due_clock="expiry_not_arrived")
    done = declared(10000000005, at, state="cleared")
    elsewhere = declared(10000000006, at, hour, office="20BB", tax_code="1")
    me = officer()
    assert shown(me, Queue.TEAM, at) == [fresh, late, mine]
    assert shown(me, Queue.MINE, at) == [mine]
    assert shown(me, Queue.DECLARANT, at) == [theirs]
    assert shown(me, Queue.SOON, at) == [late]
    assert set(shown(me, Queue.ALL, at)) == {late, mine, fresh, theirs, done}
    assert shown(TRADER, Queue.DECLARANT, at) == [theirs]
    assert shown(TRADER, Queue.SOON, at) == [theirs]
    assert shown(officer(7, OFFICE, "20BB"), Queue.TEAM, at) == [fresh, late, elsewhere, mine]
    counts = {queue: (count.n, count.late) for queue, count in queue_counts(me, at).items()}
    assert counts == {
        Queue.MINE: (1, 0),
        Queue.TEAM: (3, 1),
        Queue.DECLARANT: (1, 0),
        Queue.SOON: (1, 1),
        Queue.ALL: (5, 0),
    }
    assert {load.officer: (load.open, load.waiting, load.late) for load in load_by_officer(me, at)} == {
        "": (2, 1, 1),
        "user:7": (1, 0, 0),
    }


@pytest.mark.django_db
def test_filters_narrow_a_queue() -> None:
    at, hour = now(), timedelta(hours=1)
    late = declared(10000000001, at, -hour)
    red = declared(10000000002, at, hour, channel=3, is_perishable=True, assigned_to="user:7")
    for filters, expected in (
        (Filters(late=True), [late]),
        (Filters(channel=3), [red]),
        (Filters(perishable=True), [red]),
        (Filters(assigned="none"), [late]),
        (Filters(assigned="me"), [red]),
        (Filters(assigned="user:9"), []),
        (Filters(state="settled"), []),
        (Filters(since=at.date() + timedelta(days=2)), []),
        (Filters(until=at.date() + timedelta(days=2)), [red, late]),
    ):
        assert shown(officer(), Queue.TEAM, at, filters) == expected, filters


@pytest.mark.django_db
@pytest.mark.parametrize(("queue", "by_due"), [(Queue.TEAM, False), (Queue.ALL, False), (Queue.ALL, True)])
@pytest.mark.parametrize("offices", [(OFFICE,), (OFFICE, "20BB"), (OFFICE, "20BB", "20BC")])
def test_pages_follow_one_another_both_ways_without_gaps(
    queue: Queue, by_due: bool, offices: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_BRANCHES", 2)
    at = now()
    for place in range(11):
        due = timedelta(minutes=place // 3)
        declared(10000000001 + place, at, due, office=("15BB", "20BB")[place % 2], registered_at=at - due)
    me, asked = officer(7, *offices), {"queue": queue, "filters": Filters(), "at": at, "by_due": by_due}
    whole = [row.number for row in queue_page(actor=me, **asked).rows]
    seen, page = [], queue_page(actor=me, limit=3, **asked)
    assert page.before == ""
    while True:
        seen += [row.number for row in page.rows]
        if not page.after:
            break
        page = queue_page(actor=me, limit=3, after=Cursor.read(page.after), **asked)
    assert seen == whole
    assert len(whole) == (11 if len(offices) > 1 else 6)
    back = [row.number for row in page.rows]
    while page.before:
        page = queue_page(actor=me, limit=3, before=Cursor.read(page.before), **asked)
        back = [row.number for row in page.rows] + back
    assert back == whole


@pytest.mark.django_db
def test_the_next_one_follows_and_after_the_last_comes_the_head() -> None:
    at = now()
    first, second, third = (declared(10000000001 + n, at, timedelta(hours=n)) for n in range(3))
    rows = {row.number: row for row in queue_page(actor=officer(), queue=Queue.TEAM, filters=Filters(), at=at).rows}

    def after(number: str, cursor: str) -> str:
        found = next_in_queue(
            actor=officer(),
            queue=Queue.TEAM,
            filters=Filters(),
            at=at,
            cursor=Cursor.read(cursor),
            number=number,
        )
        return found.number if found else ""

    assert after(first, rows[first].cursor) == second
    assert after(third, rows[third].cursor) == first
    assert after(first, "") == second
    Declaration.objects.filter(number=second).update(waiting_for="", rank=0)
    assert after(second, rows[second].cursor) == third, "it left the queue, and its place is remembered"
    Declaration.objects.exclude(number=first).update(waiting_for="", rank=0)
    assert after(first, rows[first].cursor) == ""


@pytest.mark.parametrize("text", ["", "x", "1", "1.", ".1", "1.-2", "--1.2", "9" * 39 + ".1", "1.2.3", "１.２"])
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert Cursor.read(text) is None


@pytest.mark.django_db
def test_counts_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    at = now()
    for place in range(3):
        declared(10000000001 + place, at, timedelta(hours=-1))
    count = queue_counts(officer(), at)[Queue.TEAM]
    assert (count.n, count.late, count.more) == (2, 2, True)


@pytest.mark.django_db
def test_a_neighbor_and_a_stranger_see_an_empty_queue() -> None:
    at = now()
    declared(10000000001, at, timedelta(hours=1), assigned_to="user:7")
    for actor in (officer(7, "20BB"), Actor()):
        for queue in Queue:
            assert shown(actor, queue, at) == []
        assert all(not count.n for count in queue_counts(actor, at).values())
        assert load_by_officer(actor, at) == []


def test_queries_use_the_indexes_of_queues(customs: World) -> None:
    """The plan of a prepared statement, which sees no values: the literals must be enough for the partial indexes."""
    customs.run_sql("SET enable_seqscan = off")
    customs.run_sql("SET plan_cache_mode = force_generic_plan")
    me = customs.actor("clearance_officer")
    for queue, index in ((Queue.TEAM, "queue_of_office"), (Queue.MINE, "queue_of_officer")):
        (branch,) = counting.branches_of(me, queue, by_due=True)
        rows = pages.of_branch(Declaration.objects.all(), branch).order_by("rank", "id").values_list("rank", "id")
        plan = str(rows[:51].explain())
        assert index in plan, plan
        assert "Sort" not in plan, plan
