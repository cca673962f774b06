"""What a check has to say."""

from __future__ import annotations

from dataclasses import dataclass, field

from thongquan.base.ledger.heads import SignedHead


class Unreadable(Exception):  # noqa: N818  (an answer about a file, not a program error)
    """The file is no export or proof, or was cut off."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `what` goes on from the rows it names.

    `index` is the leaf (up to `last` when it is one of several), `entry_id` the row's id in the database; each None
    when unknown.
    """

    kind: str
    what: str
    index: int | None = None
    last: int | None = None
    entry_id: int | None = None

    def sentence(self) -> str:
        """For people: which row, and what is wrong with it."""
        if self.index is None:
            return f"Row with id {self.entry_id} {self.what}." if self.entry_id is not None else f"{self.what}."
        if self.last is not None and self.last > self.index:
            return f"Rows {self.index} to {self.last}: {self.what}."
        known = f" (id {self.entry_id})" if self.entry_id is not None else ""
        return f"Row {self.index}{known} {self.what}."


@dataclass
class Report:
    """What was checked and found."""

    entries: int = 0
    heads: int = 0
    waiting: int = 0
    realm: str = ""
    keys: list[str] = field(default_factory=list)
    last: SignedHead | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def first(self) -> Finding | None:
        """The finding at the smallest leaf, a single row before a range; else whatever concerns no leaf."""
        placed = [finding for finding in self.findings if finding.index is not None]
        if not placed:
            return next(iter(self.findings), None)
        return min(placed, key=lambda finding: (finding.index or 0, finding.last is not None))
