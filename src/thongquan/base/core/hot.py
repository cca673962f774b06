"""A statement that is run for every lodgement: prepared once for a connection and handed straight to libpq.

Building a cursor and adapting values costs the program several times what the server needs for a small statement. Here
values travel as they are: text, and bytes as bytes. Inside a transaction, and while somebody counts or wraps
statements, it goes through Django's cursor as every other does; what it does is the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import Connection, DataError, OperationalError
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

Value = str | bytes | datetime
_BYTEA = 17
_TEXT, _BINARY = 0, 1
_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
_NAMES = itertools.count(1)
_prepared: WeakKeyDictionary[Connection[Any], set[bytes]] = WeakKeyDictionary()


class HotStatement:
    """`text` with places written `%(name)s`; a place for a moment or a number says its type with a cast.

    Rows come back as text, as the database writes it: let the statement return text alone.
    """

    def __init__(self, text: LiteralString) -> None:
        self.text = text
        self.places: tuple[str, ...] = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", text)))
        numbers = {name: f"${number}" for number, name in enumerate(self.places, 1)}
        numbered = re.sub(r"%\((\w+)\)s", lambda place: numbers[place.group(1)], text)
        self._numbered = numbered.replace("%%", "%").encode()
        self._name = b"hot_%d" % next(_NAMES)

    def run(self, values: Mapping[str, Value]) -> list[tuple[str | None, ...]]:
        """Its rows. Raises Django's database errors."""
        connection.ensure_connection()
        if connection.in_atomic_block or not connection.get_autocommit() or _is_watched():
            return self._through_django(values)
        with connection.wrap_database_errors:
            return self._rows(self._straight([values[name] for name in self.places]))

    def _through_django(self, values: Mapping[str, Value]) -> list[tuple[str | None, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            return cursor.fetchall() if cursor.description else []

    def _straight(self, values: Sequence[Value]) -> PGresult:
        """Prepared where it is not yet, or not any more: psycopg lets go of all statements after some commands, such as
        a rollback. What is not prepared has not been run, so it may be tried again."""
        raw: Connection[Any] = connection.connection
        names = _prepared.setdefault(raw, set())
        if self._name in names:
            try:
                return self._executed(raw.pgconn, values)
            except InvalidSqlStatementName:
                names.clear()
        types = [_BYTEA if isinstance(value, bytes) else 0 for value in values]
        _checked(raw.pgconn, raw.pgconn.prepare(self._name, self._numbered, types))
        names.add(self._name)
        return self._executed(raw.pgconn, values)

    def _executed(self, pgconn: PGconn, values: Sequence[Value]) -> PGresult:
        formats = [_BINARY if isinstance(value, bytes) else _TEXT for value in values]
        told = [value if isinstance(value, bytes) else _text(value) for value in values]
        return _checked(pgconn, pgconn.exec_prepared(self._name, told, formats))

    @staticmethod
    def _rows(result: PGresult) -> list[tuple[str | None, ...]]:
        columns = range(result.nfields)
        return [tuple(_told(result.get_value(row, column)) for column in columns) for row in range(result.ntuples)]


def _is_watched() -> bool:
    """Whether statements are counted or wrapped at the moment."""
    return bool(connection.queries_logged or connection.execute_wrappers)


def _checked(pgconn: PGconn, result: PGresult) -> PGresult:
    if result.status in _DONE:
        return result
    if pgconn.status == ConnStatus.BAD:
        raise OperationalError(result.get_error_message("utf-8"))
    raise error_from_result(result, encoding="utf-8")


def _text(value: str | datetime) -> bytes:
    """As libpq takes text: up to the first zero byte, so there may be none."""
    told = str(value).encode()
    if b"\0" in told:
        raise DataError("text with a zero byte cannot be stored")
    return told


def _told(value: bytes | None) -> str | None:
    return None if value is None else value.decode()
