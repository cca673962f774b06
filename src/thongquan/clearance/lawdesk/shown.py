"""What a row of law says, before and after, as the page of a workbasket shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from thongquan.clearance.lawdesk.queries import ChangeRow

_QUIET = frozenset({"valid_from", "source", "verified", "folded", "repealed", "options", "level", "parent", "section"})
_MAIN = {"Parameter": ("value",), "TariffCell": ("raw",)}


class Difference(NamedTuple):
    """A column that differs: its name (empty for the one that matters), what it says now and what it would say."""

    column: str
    before: str
    after: str


class ShownChange(NamedTuple):
    """A change with its differences and its source."""

    row: ChangeRow
    differences: list[Difference]
    source: str
    is_new: bool
    is_repeal: bool


def shown_change(row: ChangeRow) -> ShownChange:
    """Give a change as it is shown."""
    repeal = bool(row.values.get("repealed"))
    held = row.held or {}
    names = _MAIN.get(row.table) or tuple(name for name in row.values if name not in _QUIET)
    before = _told(held, names[0]) if held else "–"
    if repeal:
        main = names[0] if row.table in _MAIN else ""
        differences = [Difference("", before if main else _("in force"), _("repealed"))]
    elif not held and row.table not in _MAIN:
        told = [_told(row.values, name) for name in names]
        differences = [Difference("", "–", " · ".join(one for one in told if one not in ("–", "0")))]
    else:
        differences = [
            Difference("" if row.table in _MAIN else name, _told(held, name) if held else "–", _told(row.values, name))
            for name in names
            if row.table in _MAIN or _told(held, name) != _told(row.values, name)
        ]
    return ShownChange(row, differences, str(row.values.get("source", "")), not held and not repeal, repeal)


def _told(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return " ".join(str(one) for one in value) or "–"
    return str(value) or "–"
