"""Writing many lodgements at once: judged one by one as always, written by COPY and one block on the server.

What a lodgement writes stands in one place, the statement of `writing`; here its parameters are held back, brought to
the server in one stream, and the same statement runs there over all of them. So nothing can be written differently,
whatever that statement comes to say; what is saved are the round trips.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import sql

from thongquan.base.core.hot import Value
from thongquan.clearance.declarations.operations.writing import _STATEMENT

_PLACE = re.compile(r"%\((\w+)\)s")
_SAVEPOINT = re.compile(r"(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) (\S+)")
_TYPES: dict[type[Any], str] = {str: "text", bytes: "bytea"}
_OVER_ALL = "DO $over_all$ DECLARE one record; BEGIN FOR one IN SELECT * FROM lodging LOOP {}; END LOOP; END $over_all$"
_Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@contextmanager
def written_together() -> Iterator[None]:
    """Hold back what lodgements within would write and write all of it at the end, in the transaction of the caller.

    Nothing lodged within can be read within. Raises `IntegrityError` at the end when goods were declared before or
    twice: then nothing is written, and the caller lodges them one by one to hear which.
    """
    held = _Held()
    with connection.execute_wrapper(held):
        yield
    if held.rows:
        _write(held.rows)


class _Held:
    """Stands between lodging and the connection: keeps the rows, lets all other statements through.

    A savepoint is set when something happens in it; the one around a statement held back would only cost time. What
    is undone takes back the rows kept since.
    """

    def __init__(self) -> None:
        self.rows: list[dict[str, Value]] = []
        self.marks: dict[str, int] = {}
        self.waiting: list[str] = []

    def __call__(self, execute: _Execute, statement: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if statement is _STATEMENT:
            self.rows.append(params)
            return None
        point = _SAVEPOINT.fullmatch(statement)
        if point and not self._reaches_the_server(*point.groups()):
            return None
        for name in self.waiting:
            execute(f"SAVEPOINT {name}", None, False, context)
        self.waiting.clear()
        return execute(statement, params, many, context)

    def _reaches_the_server(self, verb: str, name: str) -> bool:
        if verb == "SAVEPOINT":
            self.marks[name] = len(self.rows)
            self.waiting.append(name)
            return False
        if verb == "ROLLBACK TO SAVEPOINT":
            del self.rows[self.marks[name] :]
        if name in self.waiting:
            del self.waiting[self.waiting.index(name) :]
            return False
        return True


def _write(rows: list[dict[str, Value]]) -> None:
    """All rows in one stream, then the statement of lodging over each of them."""
    columns = {name: _TYPES.get(type(value), "timestamptz") for name, value in rows[0].items()}
    table = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(one), sql.SQL(columns[one])) for one in columns)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMP TABLE lodging ({})").format(table))
        with cursor.copy(sql.SQL("COPY lodging ({}) FROM STDIN").format(names)) as copy:
            for row in rows:
                copy.write_row([row[name] for name in columns])
        cursor.execute(_OVER_ALL.format(_PLACE.sub(r'one."\1"', _STATEMENT)))
        cursor.execute("DROP TABLE lodging")
