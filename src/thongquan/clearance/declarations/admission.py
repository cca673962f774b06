"""The lane a lodgement takes: perishable goods have one of their own, so that no flood keeps them from the gate.

Legal basis: Customs Law 54/2014/QH13 Art. 33 (live and perishable goods first); which goods these are is dated data,
the same that puts them first in the lists of checks (`tariff.queries.controls`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from thongquan.base.core.lanes import ORDINARY, PERISHABLE, entered
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.controls import exemptions_on
from thongquan.rules.document import Document

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
P = ParamSpec("P")
T = TypeVar("T")


def lane_of(document: Document, at: datetime) -> str:
    """The lane of a document: perishable when any line names such goods."""
    prefixes = _perishable(current_law().version, at.astimezone(LOCAL).date())
    if any(line.hs is not None and line.hs.startswith(prefixes) for line in document.lines):
        return PERISHABLE
    return ORDINARY


@lru_cache(maxsize=8)
def _perishable(version: str, on: date) -> tuple[str, ...]:
    """Beginnings of the codes of perishable goods, held per version of the law and day."""
    return tuple(one.key for one in exemptions_on(on) if one.first and one.by == "hs")


def in_its_lane(operation: Callable[P, T]) -> Callable[P, T]:
    """An operation on `document` at `at` that takes its place in the lane. Raises `lanes.Saturated` when it is full."""

    @wraps(operation)
    def admitted(*args: P.args, **kwargs: P.kwargs) -> T:
        given: dict[str, Any] = kwargs
        with entered(lane_of(given["document"], given["at"])):
            return operation(*args, **kwargs)

    return admitted
