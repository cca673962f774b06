"""The clock that matters beside each row of a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.clocking import name_of, words_of
from thongquan.clearance.declarations.queries import Summary
from thongquan.clearance.declarations.queries.clocks import Due, clocks_that_matter

STEP = 500
"""Rows whose clocks are read together."""


def clock_head() -> list[str]:
    """The heads of the three cells."""
    return [_("Clock"), _("Clock ends"), _("Clock in words")]


def with_clocks(actor: Actor, rows: Iterable[Summary], at: datetime) -> Iterator[tuple[Summary, list[object]]]:
    """Each row with its cells: name, local moment, words; empty where no clock runs."""
    waiting = iter(rows)
    while found := list(islice(waiting, STEP)):
        clocks = clocks_that_matter(actor=actor, rows=found, at=at)
        for row in found:
            yield row, _cells(clocks.get(row.number))


def _cells(due: Due | None) -> list[object]:
    if due is None:
        return ["", "", ""]
    return [str(name_of(due.clock.name)), timezone.localtime(due.clock.due_at), words_of(due)]
