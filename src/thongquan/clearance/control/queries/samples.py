"""Samples whose result is awaited, and specialized inspections with their results."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.clearance.control.models import Sample, SpecializedInspection
from thongquan.clearance.control.queries.inspections import SampleSet, sample_from


class Specialized(msgspec.Struct, frozen=True, kw_only=True):
    """A specialized inspection asked of another agency; no `lines` means all. `result`: `passed`, `failed` or empty."""

    id: int
    kind: str
    code: str
    agency: str
    lines: list[int]
    requested_at: datetime
    result: str
    paper: str
    note: str
    result_at: datetime | None


def specialized_of(key: int) -> list[Specialized]:
    """Every specialized inspection of a declaration, in the order asked."""
    names = [field.name for field in msgspec.structs.fields(Specialized)]
    rows = SpecializedInspection.objects.filter(declaration_id=key).order_by("id").values(*names)
    return [Specialized(**row) for row in rows]


def specialized_passed(key: int, *, kind: str, code: str, line: int) -> bool:
    """Whether the latest result for this condition and line is good."""
    rows = [
        one
        for one in specialized_of(key)
        if (one.kind, one.code) == (kind, code) and (not one.lines or line in one.lines)
    ]
    return bool(rows) and rows[-1].result == "passed"


def open_samples(key: int) -> list[SampleSet]:
    """Samples of a declaration whose result is awaited."""
    rows = Sample.objects.filter(inspection__declaration_id=key, result="").order_by("id")
    return [sample_from(one) for one in rows]
