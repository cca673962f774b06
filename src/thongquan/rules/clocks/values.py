"""What clocks are derived from and what they are.

Legal basis: Customs Law 54/2014/QH13 Art. 23 (whose duty a term is).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from thongquan.rules.document import Frozen
from thongquan.rules.facts import Standing
from thongquan.rules.terms import Terms

Side = Literal["customs", "declarant"]
CUSTOMS: Side = "customs"
DECLARANT: Side = "declarant"


class Happening(Frozen, frozen=True, kw_only=True):
    """An event of a declaration's story; the first is `lodged`, the moment of registration.

    Read from `data`: `approver` (`extend_check`), `guaranteed` (`settle`), `place` `agency` or `own`
    (`request_preservation`), `incomplete` (`lodged`).
    """

    kind: str
    at: datetime
    data: dict[str, Any] = {}


class Clock(Frozen, frozen=True, kw_only=True):
    """One clock. `working`: counted in working time. `obliges` False: a right that ends, not a duty that falls due.

    `stopped_at` None: it still runs. `verified`: whether length, and hours where they count, stand in a legal text.
    """

    name: str
    starts_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    for_whom: Side
    source: str
    verified: bool
    working: bool = False
    obliges: bool = True

    def runs(self, at: datetime) -> bool:
        """Whether it matters at a moment: begun, not stopped; a right also not yet ended."""
        open_then = self.starts_at <= at and (self.stopped_at is None or self.stopped_at > at)
        return open_then and (self.obliges or at <= self.due_at)


@dataclass(frozen=True, slots=True)
class Story:
    """What clocks are derived from: the declaration as it stands, its events in order, and the terms of its office."""

    flow: str
    channel: int
    standing: Standing
    events: tuple[Happening, ...]
    terms: Terms
