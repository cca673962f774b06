"""What a load did, for people and for programs."""

from __future__ import annotations

import msgspec

from thongquan.clearance.tariff.formats.reading import Unread


class TableChange(msgspec.Struct, frozen=True):
    """Rows of one table: `added` are new keys or days, `changed` corrected ones, `repealed` those that end a key."""

    added: int = 0
    changed: int = 0
    repealed: int = 0
    unchanged: int = 0
    unverified: int = 0


class LoadConflict(msgspec.Struct, frozen=True):
    """A row that was not taken: law that two people released holds for its key and day.

    `values` has, for each column that differs, what stands and what was to be loaded; `origin` names the release.
    """

    table: str
    key: tuple[str, ...]
    valid_from: str
    origin: str
    values: dict[str, tuple[str, str]]

    def told(self) -> str:
        """One line in plain English for a terminal."""
        both = "; ".join(f"{name} {stands!r}, not {loaded!r}" for name, (stands, loaded) in self.values.items())
        return (
            f"{self.table} {' '.join(part for part in self.key if part)} from {self.valid_from}: {both} ({self.origin})"
        )


class LoadReport(msgspec.Struct, frozen=True):
    """The law version after a load, what changed by table, every cell that was not understood, and every conflict."""

    version: int
    digest: str
    changed: bool
    tables: dict[str, TableChange] = {}
    unread: tuple[Unread, ...] = ()
    unverified: int = 0
    conflicts: tuple[LoadConflict, ...] = ()

    def summary(self) -> str:
        """A few lines in plain English for a terminal."""
        return "\n".join([*self._changes(), *self._conflicts()])

    def _conflicts(self) -> list[str]:
        """What was not taken; a release stands until a workbasket takes it back or brings the other value."""
        if not self.conflicts:
            return []
        head = f"  NOT TAKEN, {len(self.conflicts)}: a release by officers stands until a workbasket decides otherwise"
        return [head, *(f"    {one.told()}" for one in self.conflicts)]

    def _changes(self) -> list[str]:
        if not self.changed:
            return [f"Law version {self.version}: nothing changed."]
        lines = [f"Law version {self.version} ({self.digest[:12]}):"]
        for name, one in sorted(self.tables.items()):
            if one.added or one.changed:
                parts = f"{one.added} added, {one.changed} changed, {one.repealed} of them repealing"
                lines.append(f"  {name}: {parts}")
        lines.append(f"  unverified rows: {self.unverified}; cells not understood: {len(self.unread)}")
        return lines
