"""The lake as a whole: written anew from the database, and held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from thongquan.base.core.outbox import BATCH, Subscription, alone, position_of, relay
from thongquan.clearance.control.queries.bulk import check_rows, monthly_checks
from thongquan.clearance.declarations.queries.bulk import (
    count_of_declarations,
    event_rows,
    keys_after,
    line_rows,
    monthly_events,
    monthly_lines,
    monthly_versions,
    version_rows,
)
from thongquan.clearance.revenue.queries.bulk import monthly_payments, payment_rows_after
from thongquan.config.lake.following import CONSUMER, KINDS, follow
from thongquan.config.lake.place import lake
from thongquan.config.lake.rows import Written, checks_written, events_written, payments_written, versions_written
from thongquan.lake import compaction
from thongquan.lake.engines import Choice, Engine
from thongquan.lake.files import Row, batch_name
from thongquan.lake.reading import Tables
from thongquan.lake.verifying import CHECKS, COUNT, Difference, Totals, differences, totals_in

PAGE = 2000
TRIES = 3
SUBSCRIPTION = Subscription(CONSUMER, KINDS, follow, apart=True)
Advance = Callable[[int, int], None]


class Busy(Exception):  # noqa: N818  (told to the person at the keyboard; not a defect)
    """The consumer is at work, or another rebuild is."""


def rebuild(choice: Choice, *, progress: Advance) -> int:
    """Write the lake anew from the database; returns the number of rows. Raises `Busy`.

    The consumer waits meanwhile and goes on where it stood: what it hears then is in the lake already, or newer.
    """
    with alone(CONSUMER) as is_alone:
        if not is_alone:
            raise Busy
        last = batch_name(*position_of(CONSUMER))
        return compaction.rebuild(lake(), choice, _chunks(progress), last=last)


def _chunks(progress: Advance) -> Iterator[tuple[str, list[Row]]]:
    """Every row there is, a page of declarations or postings at a time."""
    done, total, last = 0, count_of_declarations(), 0
    while keys := keys_after(last, limit=PAGE):
        progress(done, total)
        yield from _of_declarations(keys)
        done, last = done + len(keys), keys[-1]
    progress(done, max(done, total))
    yield from _payments()


def _of_declarations(keys: list[int]) -> Iterator[Written]:
    yield from versions_written(version_rows(keys), line_rows(keys))
    yield events_written(event_rows(keys))
    yield checks_written(check_rows(keys))


def _payments() -> Iterator[Written]:
    last = 0
    while rows := payment_rows_after(last, limit=PAGE * 5):
        yield payments_written(rows)
        last = rows[-1].posting


def catch_up(at: datetime) -> None:
    """Hand over what is settled, as the worker would in a moment. Does nothing where the worker is at it."""
    while relay(SUBSCRIPTION, at=at) >= BATCH:
        pass


def verify(engine: Engine, *, at: datetime, progress: Advance) -> list[Difference]:
    """Everything in which lake and database are not equal.

    While people work, a check is made again, a few times, before its difference counts.
    """
    found: list[Difference] = []
    for done, name in enumerate(CHECKS):
        progress(done, len(CHECKS))
        found += _verified(name, engine, at)
    progress(len(CHECKS), len(CHECKS))
    return found


def _verified(name: str, engine: Engine, at: datetime) -> list[Difference]:
    found: list[Difference] = []
    for _again in range(TRIES):
        catch_up(at)
        found = differences(name, _IN_DATABASE[name](), totals_in(Tables(lake(), engine), engine, name))
        if not found:
            break
    return found


def _totals(rows: list[dict[str, Any]], **columns: str) -> Totals:
    """By month, the measures of a check, from rows of the database that may repeat a month; `name=column`."""
    found: dict[date, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        month = row["month"].date()
        for measure, column in columns.items():
            found[month][measure] += Decimal(row[column] or 0)
    return found


_IN_DATABASE: Mapping[str, Callable[[], Totals]] = {
    "declarations": lambda: _totals(monthly_versions(in_force=False), count=COUNT),
    "declarations in force": lambda: _totals(monthly_versions(in_force=True), count=COUNT, due_vnd="due_vnd"),
    "lines": lambda: _totals(monthly_lines(in_force=False), count=COUNT, value_vnd="value_vnd", due_vnd="due_vnd"),
    "lines in force": lambda: _totals(monthly_lines(in_force=True), count=COUNT, value_vnd="value_vnd"),
    "duties": lambda: _totals(monthly_lines(in_force=False), amount_vnd="due_vnd"),
    "decisions": lambda: _totals(monthly_versions(in_force=False), count=COUNT, facts_size="facts_size"),
    "inspections": lambda: _totals(monthly_checks(), count=COUNT, findings="findings"),
    "payments": lambda: _totals(monthly_payments(), count=COUNT, amount_vnd="amount_vnd"),
    "events": lambda: _totals(monthly_events(), count=COUNT),
}
