"""Law that officers released stands against files: a load never overwrites it, it tells both values.

Legal basis: none of its own; four eyes released the row (lawdesk), one file must not undo that unnoticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.reading import Row
from thongquan.clearance.tariff.operations.report import LoadConflict

RELEASED = "released"
"""Marks, in what a law version says of itself, that people released it."""


class Clash(NamedTuple):
    """A row of a load and the live row of a release that it would replace."""

    row: Row
    content: str
    stands: int


def released_versions() -> frozenset[int]:
    """The law versions that people released."""
    found = models.LawVersion.objects.filter(**{f"changes__{RELEASED}": True})
    return frozenset(found.values_list("id", flat=True))


def conflicts_among(model: type[models.Dated], clashes: Sequence[Clash]) -> list[LoadConflict]:
    """Those of which nobody can have known: who replaced the very row that a file still has replaced it knowingly."""
    withdrawn = model.objects.filter(withdrawn__isnull=False, content__in=[one.content for one in clashes])
    known = {(row[0], *map(str, row[1:])) for row in withdrawn.values_list("content", *model.KEY, "valid_from")}
    standing = model.objects.select_related("version").in_bulk([one.stands for one in clashes])
    return [
        _told(model, one.row, standing[one.stands])
        for one in clashes
        if (one.content, *(str(one.row[name]) for name in (*model.KEY, "valid_from"))) not in known
    ]


def _told(model: type[models.Dated], row: Row, stands: Any) -> LoadConflict:
    differing = {name: (str(getattr(stands, name)), str(value)) for name, value in row.items()}
    return LoadConflict(
        table=model.__name__,
        key=tuple(str(row[name]) for name in model.KEY),
        valid_from=str(row["valid_from"]),
        origin=stands.version.origin,
        values={name: both for name, both in differing.items() if both[0] != both[1]},
    )
