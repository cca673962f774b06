"""The consumer: what each batch of messages changed is read anew and written as parts of the lake.

A message is only the occasion: rows are read as they stand when it comes, so that hearing it twice, or late, writes
what is true then, and a later batch overrides an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thongquan.base.core.outbox import ComeAgain, Message
from thongquan.clearance.control.queries.bulk import check_rows
from thongquan.clearance.declarations.handlers import WORDED
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.queries.bulk import event_rows, line_rows, version_rows
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.revenue.queries.bulk import payment_rows
from thongquan.config.lake.place import lake
from thongquan.config.lake.rows import Written, checks_written, events_written, payments_written, versions_written
from thongquan.lake.files import batch_name

CONSUMER = "lake"
VERSIONS = WORDED | {"declaration.cancel", "declaration.expire"}
STEPS = frozenset(f"declaration.{step}" for step in Step)
CHECKS = frozenset({"declaration.documents_checked", "declaration.goods_inspected"})
MONEY = frozenset({"liability.settled", "liability.reopened", "liability.changed"})
KINDS = VERSIONS | STEPS | CHECKS | MONEY


def follow(messages: Sequence[Message]) -> None:
    """Write what these messages are about. Raises `ComeAgain` when the disk does not take it."""
    batch = batch_name(messages[-1].xid, messages[-1].id)
    place = lake()
    try:
        for table, rows in written_by(messages):
            place.write(table, rows, batch=batch)
    except OSError as error:
        raise ComeAgain from error


def written_by(messages: Sequence[Message]) -> Iterator[Written]:
    """The rows that these messages changed, in few queries however many they are."""
    if keys := _keys(messages, VERSIONS):
        yield from versions_written(version_rows(keys), line_rows(keys))
    if keys := _keys(messages, STEPS):
        yield events_written(event_rows(keys, since=min(message.at for message in messages)))
    if keys := _keys(messages, CHECKS):
        yield checks_written(check_rows(keys))
    if subjects := {message.subject for message in messages if message.kind in MONEY}:
        yield payments_written(payment_rows(subjects, since=min(message.at for message in messages)))


def _keys(messages: Sequence[Message], kinds: frozenset[str]) -> set[int]:
    return {key_of_number(message.subject.partition(":")[2]) for message in messages if message.kind in kinds} - {0}
