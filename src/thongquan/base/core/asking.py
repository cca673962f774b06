"""Several rooms asked at once: their parts of one statement, one trip to the database.

A part is a scalar subquery that gives JSON as text and speaks of the columns of `asked` alone. The values travel as one
JSON object through a function of the database: its plan then depends on no value, and is made once for a connection.
"""

from __future__ import annotations

from datetime import date
from typing import LiteralString

import msgspec
from django.db import connection

_FROM: LiteralString = " FROM json_to_record(%s::json) AS asked(tax_code text, day date, subject text, numbers json)"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about: a trader, a day of the law, who asks (a subject), and numbers of papers."""

    tax_code: str
    day: date
    subject: str = ""
    numbers: tuple[str, ...] = ()


def answers(asked: Asked, *parts: LiteralString) -> tuple[str | None, ...]:
    """The JSON of each part, None where it found nothing."""
    with connection.cursor() as sql:
        question = "SELECT " + ", ".join(parts) + _FROM  # literals of this program alone, and the type says so
        sql.execute(question, [msgspec.json.encode(asked).decode()])
        (row,) = sql.fetchall()
    return tuple(row)
