"""Several rooms asked at once: their parts of one statement, one trip to the database.

A part is a scalar subquery that gives JSON as text and speaks of the columns of `asked` alone. The values travel as one
JSON object through a function of the database: its plan then depends on no value, and is made once for a connection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, LiteralString

import msgspec
from django.db import connection

from thongquan.base.core.hot import HotStatement

_FROM: LiteralString = (
    " FROM json_to_record(%(asked)s::json) AS asked(tax_code text, day date, subject text, numbers json)"
)
_FROM_ALL: LiteralString = (
    " FROM json_to_recordset(%(asked)s::json) AS asked(place int, tax_code text, day date, subject text, numbers json)"
)
Parts = tuple[LiteralString, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about: a trader, a day of the law, who asks (a subject), and numbers of papers."""

    tax_code: str
    day: date
    subject: str = ""
    numbers: tuple[str, ...] = ()


_NOTHING: Mapping[Any, Any] = MappingProxyType({})
_told: ContextVar[Mapping[tuple[Asked, Parts], tuple[str | None, ...]]] = ContextVar("told", default=_NOTHING)
"""What was asked together beforehand."""


def answers(asked: Asked, *parts: LiteralString) -> tuple[str | None, ...]:
    """The JSON of each part, None where it found nothing."""
    held = _told.get()
    if held and (told := held.get((asked, parts))) is not None:
        return told
    (row,) = _question(parts).run({"asked": msgspec.json.encode(asked).decode()})
    return row


@contextmanager
def asked_together(asked: Collection[Asked], *parts: LiteralString) -> Iterator[None]:
    """Ask these parts of all of them in one statement; within, `answers` gives what was told then.

    For batches that write nothing they would have to read before their end.
    """
    different = list(dict.fromkeys(asked))
    told = dict(_told.get())
    if different:
        told |= {(different[place], parts): tuple(row) for place, *row in _rows(different, parts)}
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


def _rows(asked: Collection[Asked], parts: Parts) -> list[tuple[Any, ...]]:
    places = [{"place": place, **msgspec.structs.asdict(one)} for place, one in enumerate(asked)]
    with connection.cursor() as cursor:
        statement = "SELECT asked.place, " + ", ".join(parts) + _FROM_ALL
        cursor.execute(statement, {"asked": msgspec.json.encode(places).decode()})
        return list(cursor.fetchall())


@cache
def _question(parts: tuple[LiteralString, ...]) -> HotStatement:
    """The one statement of these parts: literals of this program alone, so there are few."""
    return HotStatement("SELECT " + ", ".join(parts) + _FROM)
