"""Past declarations with the facts they were decided from: the room that keeps them stands above and gives them here.

`config` says at start-up who does; a dry run of a profile reads them through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec


class Past(msgspec.Struct, frozen=True):
    """A past declaration: its number, and its facts and decision as stored bytes (`rules.encoding`)."""

    number: str
    facts: bytes
    decision: bytes


Between = Callable[[datetime, datetime], Iterable[list[Past]]]
_source: list[Between] = []


def read_past_by(between: Between) -> None:
    """Say who gives the declarations registered in [since, until), in batches."""
    _source[:] = [between]


def past_between(since: datetime, until: datetime) -> Iterator[list[Past]]:
    """The declarations registered in [since, until), in batches."""
    for between in _source:
        yield from between(since, until)
