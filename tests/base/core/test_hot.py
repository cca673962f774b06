"""Statements handed straight to libpq: the same rows, errors and care for transactions as through Django's cursor."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.base.core.test_outbox import other_connection
from thongquan.base.core.hot import HotStatement, Value
from thongquan.base.core.models import IdempotencyKey

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
STORE = HotStatement(
    """INSERT INTO core_idempotencykey (owner, key, digest, subject, at)
    VALUES (%(owner)s, %(key)s, %(digest)s, %(owner)s, %(at)s::timestamptz) RETURNING subject || '%%'"""
)
KEY: dict[str, Value] = {"owner": "user:1", "key": "chìa khóa", "digest": b"\x00\xff'\\", "at": AT}
pytestmark = pytest.mark.django_db(transaction=True)


def stored() -> list[tuple[str, str, bytes, str, datetime]]:
    rows = IdempotencyKey.objects.values_list("owner", "key", "digest", "subject", "at")
    return [(owner, key, bytes(digest), subject, at) for owner, key, digest, subject, at in rows]


def test_values_arrive_whatever_they_hold_and_rows_come_back_as_text() -> None:
    for key in ("chìa khóa", "b", "c"):  # prepared once, then used again
        assert STORE.run({**KEY, "key": key}) == [("user:1%",)]
    assert stored()[0] == ("user:1", "chìa khóa", b"\x00\xff'\\", "user:1", AT)
    assert len(stored()) == 3
    assert HotStatement("SELECT NULL::text WHERE %(no)s::text <> ''").run({"no": ""}) == []
    assert HotStatement("SELECT NULL::text").run({}) == [(None,)]


def test_inside_a_transaction_it_is_part_of_it() -> None:
    with transaction.atomic():
        STORE.run(KEY)
        assert len(stored()) == 1
        transaction.set_rollback(True)
    assert stored() == []


def test_who_counts_statements_sees_it() -> None:
    with CaptureQueriesContext(connection) as seen:
        STORE.run(KEY)
    assert len(seen) == 1
    assert len(stored()) == 1


def test_errors_are_those_of_django_and_leave_the_connection_fit() -> None:
    STORE.run(KEY)
    with pytest.raises(IntegrityError):
        STORE.run(KEY)
    with pytest.raises(DataError):
        STORE.run({**KEY, "key": "a\x00b"})
    STORE.run({**KEY, "key": "after"})
    assert len(stored()) == 2


def test_a_lost_connection_is_told_and_a_new_one_prepares_anew() -> None:
    STORE.run(KEY)
    with other_connection() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        STORE.run({**KEY, "key": "lost"})
    connection.close()
    STORE.run({**KEY, "key": "again"})
    assert [key for _owner, key, *_rest in stored()] == ["chìa khóa", "again"]


@pytest.mark.parametrize("letting_go", ["DEALLOCATE ALL", "DISCARD ALL"])
def test_a_statement_that_was_let_go_is_prepared_anew(letting_go: str) -> None:
    STORE.run(KEY)
    with connection.cursor() as cursor:
        cursor.execute(letting_go)
    STORE.run({**KEY, "key": "again"})
    assert len(stored()) == 2


def test_a_transaction_rolled_back_leaves_it_fit() -> None:
    STORE.run(KEY)
    with transaction.atomic():
        list(IdempotencyKey.objects.all())
        transaction.set_rollback(True)
    list(IdempotencyKey.objects.all())
    STORE.run({**KEY, "key": "again"})
    assert len(stored()) == 2
