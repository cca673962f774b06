"""Everything that waits for one person, from every room, in the order of the clock.

Each room lists its sources; `config` puts them together at start-up. A source reads no more than it is asked for, and
only what the actor may see, so that narrowing the actor's enterprises narrows the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from thongquan.base.accounts.queries import Actor

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Todo:
    """One thing to do: `what` is a sentence, `button` leads to `url`.

    `name` is how people call what it is about, `trader` the enterprise (a name, or else `tax_code`). `clock` tells
    `due_at` in words of a clock of its own; without it the time is told plainly. Dong.
    """

    what: Promise | str
    button: Promise | str
    url: str
    name: str = ""
    tax_code: str = ""
    trader: str = ""
    due_at: datetime | None = None
    clock: SafeString | None = None
    is_late: bool = False
    amount_vnd: Decimal | None = None


@dataclass(frozen=True)
class Source:
    """Where things to do come from: at most so many, and the address (a name) where all of them stand."""

    label: Promise
    all_of_them: str
    find: Callable[[Actor, datetime, int], list[Todo]]
    query: str = ""


@dataclass(frozen=True)
class Todos:
    """What is to be done, what is due first at the head; `longer` are the sources that hold more than was read."""

    rows: list[Todo]
    longer: list[Source]


@dataclass
class Sources:
    """Filled once at start-up."""

    known: list[Source] = field(default_factory=list)


todo_sources = Sources()


def todos_of(actor: Actor, at: datetime, *, most: int) -> Todos:
    """Of each source at most so many, together in the order of the clock; what has no clock stands at the end."""
    found = [(source, source.find(actor, at, most + 1)) for source in todo_sources.known]
    rows = [row for _source, some in found for row in some[:most]]
    longer = [source for source, some in found if len(some) > most]
    return Todos(sorted(rows, key=lambda row: row.due_at or _NEVER), longer)
