"""Several rooms asked at once: their parts of one statement, one trip to the database.

A part is a scalar subquery that gives JSON as text and speaks of the columns of `asked` alone. The values travel as one
JSON object through a function of the database: its plan then depends on no value, and is made once for a connection.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import LiteralString

import msgspec

from thongquan.base.core.hot import HotStatement

_FROM: LiteralString = (
    " FROM json_to_record(%(asked)s::json) AS asked(tax_code text, day date, subject text, numbers json)"
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about: a trader, a day of the law, who asks (a subject), and numbers of papers."""

    tax_code: str
    day: date
    subject: str = ""
    numbers: tuple[str, ...] = ()


def answers(asked: Asked, *parts: LiteralString) -> tuple[str | None, ...]:
    """The JSON of each part, None where it found nothing."""
    (row,) = _question(parts).run({"asked": msgspec.json.encode(asked).decode()})
    return row


@cache
def _question(parts: tuple[LiteralString, ...]) -> HotStatement:
    """The one statement of these parts: literals of this program alone, so there are few."""
    return HotStatement("SELECT " + ", ".join(parts) + _FROM)
