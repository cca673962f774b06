"""Attributes that decide between the codes of a heading, as they are in force and as they are proposed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.clearance.classification.models import DecidingAttribute
from thongquan.learning.twins import Attribute, Kind

IN_FORCE, LEAVING, PROPOSED = "in_force", "leaving", "proposed"
HOLDING = (IN_FORCE, LEAVING)
LANGUAGES = {"vi": "name_vi", "en": "name_en", "zh-hans": "name_zh", "fr": "name_fr"}


class AttributeShown(msgspec.Struct, frozen=True, kw_only=True):
    """An attribute as the table shows it; `state`: proposed, in_force, leaving, ended or rejected."""

    id: int
    prefix: str
    kind: str
    name: str
    names: dict[str, str]
    values: tuple[str, ...]
    unit: str
    limits: tuple[float, ...]
    source: str
    verified: bool
    shipped: bool
    state: str
    proposed_at: datetime
    proposed_by: str
    signed_at: datetime | None
    signed_by: str
    words: str

    def called(self, language: str) -> str:
        """Its name in a language; the Vietnamese one for want of another."""
        return self.names.get(language) or self.names["vi"]


def attributes_in_force() -> tuple[Attribute, ...]:
    """What parts goods of a heading, as `learning.twins` reads it; a proposed end is not an end yet."""
    rows = DecidingAttribute.objects.filter(state__in=HOLDING).order_by("prefix", "id")
    return tuple(
        Attribute(row.prefix, Kind(row.kind), row.name, tuple(row.values), row.unit, tuple(row.limits)) for row in rows
    )


def attributes(*, code: str = "", history: bool = False) -> list[AttributeShown]:
    """The table, by heading; with `history` also what was ended or rejected. `code` narrows to what speaks of it."""
    rows = DecidingAttribute.objects.order_by("prefix", "name", "-id")
    if not history:
        rows = rows.filter(state__in=(*HOLDING, PROPOSED))
    if code:
        rows = rows.filter(prefix__in=[code[:length] for length in range(2, len(code) + 1)])
    return [_shown(row) for row in rows]


def _shown(row: DecidingAttribute) -> AttributeShown:
    plain = [one for one in AttributeShown.__struct_fields__ if one not in ("names", "values", "limits")]
    return AttributeShown(
        **{name: getattr(row, name) for name in plain},
        names={language: getattr(row, column) for language, column in LANGUAGES.items()},
        values=tuple(row.values),
        limits=tuple(row.limits),
    )
