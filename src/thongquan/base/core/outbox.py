"""Telling other rooms: messages are written in the transaction of the change and relayed after it is settled.

A handler gets messages in order, at least once, in batches; it must be idempotent. Only rows of transactions below
`pg_snapshot_xmin` are read, since identities are taken before commits and a late commit would be skipped for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import connection, transaction

from thongquan.base.core.models import DeadLetter, OutboxCursor, OutboxMessage

log = logging.getLogger(__name__)
BATCH = 500
# The last message of the batch comes along even when nobody wants it: it says how far the consumer has read.
_BATCH_SQL = """
    WITH batch AS (
        SELECT m.id, m.xid, m.kind FROM core_outboxmessage m
        WHERE (m.xid, m.id) > (%s::xid8, %s) AND m.xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY m.xid, m.id LIMIT %s
    ), reach AS (SELECT count(*) AS size, (array_agg(id ORDER BY xid DESC, id DESC))[1] AS last FROM batch)
    SELECT m.id, m.xid::text, m.kind, m.subject, m.payload, m.at, reach.size
    FROM reach, core_outboxmessage m
    WHERE m.id IN (SELECT id FROM batch WHERE kind = ANY(%s)) OR m.id = reach.last
    ORDER BY m.xid, m.id
"""
# Consumers that have heard everything settled so far: asked at every round, so that a quiet hour costs one question.
_UP_TO_DATE_SQL = """
    SELECT c.consumer FROM core_outboxcursor c
    WHERE NOT EXISTS (
        SELECT FROM core_outboxmessage m
        WHERE (m.xid, m.id) > (c.xid, c.message) AND m.xid < pg_snapshot_xmin(pg_current_snapshot())
    )
"""

# Consumers for whom nothing of what is settled is of a kind they want go behind all of it together: handing each of
# them its batches of nothing cost more statements than the work of the others.
_ADVANCE_SQL = """
    WITH wanted AS (SELECT * FROM json_to_recordset(%s::json) AS w(consumer text, kinds text[])),
    free AS (
        SELECT c.consumer, c.xid, c.message, w.kinds FROM core_outboxcursor c JOIN wanted w USING (consumer)
        ORDER BY c.consumer FOR UPDATE OF c SKIP LOCKED
    ), settled AS (
        SELECT m.xid, m.id FROM core_outboxmessage m WHERE m.xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY m.xid DESC, m.id DESC LIMIT 1
    )
    UPDATE core_outboxcursor AS c SET xid = settled.xid, message = settled.id, moved_at = %s
    FROM free, settled
    WHERE c.consumer = free.consumer AND (free.xid, free.message) < (settled.xid, settled.id) AND NOT EXISTS (
        SELECT FROM core_outboxmessage m
        WHERE (m.xid, m.id) > (free.xid, free.message) AND (m.xid, m.id) <= (settled.xid, settled.id)
            AND m.kind = ANY(free.kinds)
    )
"""


class Message(msgspec.Struct, frozen=True):
    """One outbox message as a handler sees it. `payload` is JSON bytes."""

    id: int
    xid: int
    kind: str
    subject: str
    payload: bytes
    at: datetime


Handler = Callable[[Sequence[Message]], None]


class ComeAgain(Exception):  # noqa: N818  (no defect of a message: the handler's place is not there at the moment)
    """Raised by a handler to be handed the same messages later; nothing is put aside."""


@dataclass(frozen=True)
class Subscription:
    """One consumer: its name (kept for ever), the kinds it wants and the handler they start."""

    consumer: str
    kinds: frozenset[str]
    handler: Handler
    apart: bool = False
    """Writes nothing into the database, and is handed its messages at its own pace. It works in a transaction that has
    written nothing and so has no number: it keeps no other consumer waiting, however long it takes."""
    patient: bool = False
    """Nobody waits for what it does: while the machine is fully busy it is handed its messages later and together."""
    batch: int = BATCH
    """So many messages at most are handed over at once: fewer where each is much work, since while a batch is worked on
    nothing written after it counts as settled."""


def announce(*, kind: str, subject: str, payload: object, at: datetime) -> None:
    """Write one message in the running transaction."""
    OutboxMessage.objects.create(kind=kind, subject=subject, payload=msgspec.json.encode(payload), at=at)


def announce_all(*, kind: str, told: Iterable[tuple[str, object]], at: datetime) -> None:
    """Write messages of one kind in the running transaction: subjects with their payloads."""
    OutboxMessage.objects.bulk_create(
        OutboxMessage(kind=kind, subject=subject, payload=msgspec.json.encode(payload), at=at)
        for subject, payload in told
    )


def with_news(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """Those that have not heard everything settled so far, in the same order."""
    with connection.cursor() as sql:
        sql.execute(_UP_TO_DATE_SQL)
        up_to_date = {consumer for (consumer,) in sql.fetchall()}
    return [subscription for subscription in subscriptions if subscription.consumer not in up_to_date]


def pass_by(subscriptions: Iterable[Subscription], *, at: datetime) -> None:
    """Move the consumers that want nothing of what is settled behind all of it, in one statement."""
    wanted = [{"consumer": one.consumer, "kinds": sorted(one.kinds)} for one in subscriptions]
    with transaction.atomic(), connection.cursor() as sql:
        _flush_later()
        sql.execute(_ADVANCE_SQL, [msgspec.json.encode(wanted).decode(), at])


def relay(subscription: Subscription, *, at: datetime, batch: int | None = None) -> int:
    """Hand the next messages to one consumer; returns how many were passed. One process at a time per consumer."""
    batch = batch or subscription.batch
    if subscription.apart:
        return _relay_apart(subscription, at, batch)
    with transaction.atomic():
        _flush_later()
        cursor = _locked_cursor(subscription.consumer, at)
        if cursor is None:
            return 0
        return _pass_on(subscription, cursor, batch, at)


def _relay_apart(subscription: Subscription, at: datetime, batch: int) -> int:
    with alone(subscription.consumer) as is_alone:
        if not is_alone:
            return 0
        cursor, _made = OutboxCursor.objects.get_or_create(consumer=subscription.consumer, defaults={"moved_at": at})
        return _pass_on(subscription, cursor, batch, at)


def _pass_on(subscription: Subscription, cursor: OutboxCursor, batch: int, at: datetime) -> int:
    """Hand over the next batch and move the consumer's place behind it; returns how many messages it had."""
    messages, passed = _settled_after(cursor, batch, subscription.kinds)
    wanted = [message for message in messages if message.kind in subscription.kinds]
    if wanted:
        _hand_over(subscription, wanted, at)
    if messages:
        cursor.xid, cursor.message, cursor.moved_at = messages[-1].xid, messages[-1].id, at
        cursor.save()
    return passed


@contextmanager
def alone(consumer: str) -> Iterator[bool]:
    """Whether this connection has a consumer that works apart to itself; while it has, nobody else relays to it."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [consumer])
        (is_alone,) = sql.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as sql:
                sql.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [consumer])


def position_of(consumer: str) -> tuple[int, int]:
    """How far a consumer has read: transaction and message; zeros before it began."""
    row = OutboxCursor.objects.filter(consumer=consumer).first()
    return (int(row.xid), row.message) if row else (0, 0)


def _locked_cursor(consumer: str, at: datetime) -> OutboxCursor | None:
    OutboxCursor.objects.get_or_create(consumer=consumer, defaults={"moved_at": at})
    return OutboxCursor.objects.select_for_update(skip_locked=True).filter(consumer=consumer).first()


def _flush_later() -> None:
    """Let this transaction not wait for the disk: the work and the place behind it are kept or lost together, and what
    is lost with a crash is handed over again."""
    with connection.cursor() as sql:
        sql.execute("SET LOCAL synchronous_commit TO off")


def _settled_after(cursor: OutboxCursor, batch: int, kinds: frozenset[str]) -> tuple[list[Message], int]:
    """The messages of these kinds in the next batch, with its last one, and how many the batch has."""
    with connection.cursor() as sql:
        sql.execute(_BATCH_SQL, [str(cursor.xid), cursor.message, batch, sorted(kinds)])
        rows = sql.fetchall()
    messages = [Message(row[0], int(row[1]), row[2], row[3], bytes(row[4]), row[5]) for row in rows]
    return messages, rows[0][6] if rows else 0


def _hand_over(subscription: Subscription, messages: list[Message], at: datetime) -> None:
    """The whole batch in one savepoint; when that fails, each message alone, and the failing ones put aside."""
    try:
        with transaction.atomic():
            subscription.handler(messages)
    except ComeAgain:
        raise
    except Exception:
        log.exception("consumer %s failed on a batch of %d; trying one by one", subscription.consumer, len(messages))
        for message in messages:
            _hand_over_one(subscription, message, at)


def _hand_over_one(subscription: Subscription, message: Message, at: datetime) -> None:
    try:
        with transaction.atomic():
            subscription.handler([message])
    except ComeAgain:
        raise
    except Exception as error:
        log.exception("consumer %s put aside message %d", subscription.consumer, message.id)
        DeadLetter.objects.get_or_create(
            consumer=subscription.consumer, message=message.id, defaults={"error": repr(error), "at": at}
        )
