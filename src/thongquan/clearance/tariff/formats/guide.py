"""How tariff tables are read: what their columns mean, what changes on which day, where a tax can arise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from thongquan.clearance.tariff.formats.reading import Reading, csv_rows, day

COLUMNS_FILE, TRANSITIONS_FILE, SCOPES_FILE = "tariff/columns.csv", "tariff/transitions.csv", "tariff/scopes.csv"
EDITION = "edition_date"


class Column(NamedTuple):
    """What a column means: its tax, its schedule, its decree, and what a blank says by compilation."""

    tax: str
    schedule: str
    source: str
    verified: bool
    blanks: Mapping[str, str]


class Change(NamedTuple):
    """A dated change of cells: an option is dropped, or a cell of one wording is replaced."""

    action: str
    match: str
    value: str
    valid_from: date | None
    source: str
    verified: bool


@dataclass
class Guide:
    """How to read a tariff table: its columns, the dated changes by column, and where a tax can arise at all.

    `scopes` gives, by tax, code prefixes with their source; a tax without one can arise anywhere.
    """

    columns: dict[str, Column] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    scopes: dict[str, dict[str, str]] = field(default_factory=dict)


def read_guide(columns: bytes, transitions: bytes, scopes: bytes, reading: Reading) -> Guide:
    """Read what the columns mean, which dated changes they announce, and where taxes can arise."""
    guide = Guide()
    for _, row in csv_rows(scopes, SCOPES_FILE, reading):
        guide.scopes.setdefault(row["tax"], {})[row["hs_prefix"]] = row["source"]
    for _, row in csv_rows(columns, COLUMNS_FILE, reading):
        blanks = {name.removeprefix("blank_"): text for name, text in row.items() if name.startswith("blank_")}
        verified = row.get("verified") == "yes"
        guide.columns[row["column"]] = Column(row["tax"], row["schedule"], row["source"], verified, blanks)
    for number, row in csv_rows(transitions, TRANSITIONS_FILE, reading):
        try:
            from_day = None if row["valid_from"] == EDITION else day(row["valid_from"])
        except ValueError:
            reading.fault(TRANSITIONS_FILE, number, "valid_from", row["valid_from"])
            continue
        change = Change(
            row["action"], row["match"], row["value"], from_day, row["source"], row.get("verified") == "yes"
        )
        guide.changes.setdefault(row["column"], []).append(change)
    return guide
