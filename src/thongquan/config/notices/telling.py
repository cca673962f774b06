"""From the outbox to people: the handler that reads the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.base.notices.operations import Note, notify_all
from thongquan.config.notices.happenings import Happening, happenings_of
from thongquan.config.notices.people import People
from thongquan.config.notices.table import TABLE, Row

_ROWS: dict[str, list[Row]] = defaultdict(list)
for _row in TABLE:
    _ROWS[_row.on].append(_row)


def tell_people(messages: Sequence[Message]) -> None:
    """Write the notices of a batch. Idempotent: each is written once per person and message."""
    happenings = happenings_of(messages)
    people = People(happenings, messages[-1].at)
    rows = ((row, one) for one in happenings for row in _ROWS[one.message.kind])
    notify_all([_note(row, one, people) for row, one in rows if _fits(row, one)])


def _fits(row: Row, one: Happening) -> bool:
    return not row.actions or str(one.payload.get("action", "")) in row.actions


def _note(row: Row, one: Happening, people: People) -> Note:
    """Nobody is told of what they did themselves."""
    subject = f"{row.about}:{one.payload.get(row.about, '')}" if row.about else one.message.subject
    return Note(
        to=row.to(one, people) - {one.doer},
        kind=row.kind,
        subject=subject,
        values={"number": one.number},
        at=one.at,
        once=f"{row.kind}:{one.message.id}",
    )
