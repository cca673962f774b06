"""Refusal of a document with everything that is wrong with it, at once."""

from __future__ import annotations

from collections.abc import Iterable

from thongquan.rules.decision import Fault


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a program error)
    """A document was read or judged and refused; nothing was stored. `faults` names field, line and rule of each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(sorted({fault.code for fault in self.faults})))
