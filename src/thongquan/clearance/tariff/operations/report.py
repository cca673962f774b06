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


class LoadReport(msgspec.Struct, frozen=True):
    """The law version after a load, what changed by table, and every cell that was not understood."""

    version: int
    digest: str
    changed: bool
    tables: dict[str, TableChange] = {}
    unread: tuple[Unread, ...] = ()
    unverified: int = 0

    def summary(self) -> str:
        """A few lines in plain English for a terminal."""
        if not self.changed:
            return f"Law version {self.version}: nothing changed."
        lines = [f"Law version {self.version} ({self.digest[:12]}):"]
        for name, one in sorted(self.tables.items()):
            if one.added or one.changed:
                parts = f"{one.added} added, {one.changed} changed, {one.repealed} of them repealing"
                lines.append(f"  {name}: {parts}")
        lines.append(f"  unverified rows: {self.unverified}; cells not understood: {len(self.unread)}")
        return "\n".join(lines)
