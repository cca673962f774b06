"""Reading a practice world from its directory (docs/practice-world.md), a day at a time."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

SCHEMA = 1
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
DAY_SECONDS = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
# Instants are read as seconds: DuckDB's own calendar of time zones is an extension that may have to be fetched.


class WorldError(Exception):
    """The directory does not hold a world that can be read; the text says why."""


class About(msgspec.Struct, frozen=True):
    """What `world.json` says of a world."""

    schema: int
    seed: int
    start: date
    months: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration of a world with the names of its parties; the moment is that of the world."""

    declaration_key: int
    registered_at: datetime
    flow: str
    regime: str
    office: str
    gate: str
    trader_code: str
    trader_name: str
    broker_code: str | None
    broker_name: str | None
    seller_name: str
    seller_country: str
    seller_city: str
    plate: str | None
    plate_country: str | None
    invoice_number: str
    packages: int
    gross_weight_kg: Decimal


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """A line as declared, with its certificate of origin."""

    declaration_key: int
    line_no: int
    hs: str
    description: str
    origin: str
    quantity: Decimal
    unit: str
    unit_price_usd: Decimal
    value_usd: Decimal
    net_weight_kg: Decimal
    gross_weight_kg: Decimal
    packages: int
    form: str | None
    reference: str | None
    issued_on: date | None


class Crossed(msgspec.Struct, frozen=True, kw_only=True):
    """What really crossed under a line."""

    declaration_key: int
    line_no: int
    hs: str
    origin: str
    quantity: Decimal
    value_usd: Decimal
    net_weight_kg: Decimal
    regime: str
    hidden_kg: Decimal
    fraud: bool
    mechanism: str | None
    error: str | None
    evaded_vnd: int


class Filing(msgspec.Struct, frozen=True):
    """One declaration whole: head, lines, truths in the order of lines."""

    head: Head
    lines: tuple[Goods, ...]
    truths: tuple[Crossed, ...]


_DAYS = """
    SELECT DISTINCT (epoch(registered_at)::BIGINT + 25200) // 86400 AS day FROM {declarations} ORDER BY day
"""
_HEADS = """
    SELECT d.declaration_key, epoch(d.registered_at)::BIGINT AS registered_at, d.flow, d.regime, d.office, d.gate,
        e.tax_code AS trader_code,
        e.name AS trader_name, b.tax_code AS broker_code, b.name AS broker_name, s.name AS seller_name,
        s.country AS seller_country, s.city AS seller_city, t.plate, t.country AS plate_country, d.invoice_number,
        d.packages, d.gross_weight_kg
    FROM {declarations} AS d JOIN {enterprises} AS e USING (enterprise_key) JOIN {sellers} AS s USING (seller_key)
        LEFT JOIN {brokers} AS b USING (broker_key) LEFT JOIN {trucks} AS t USING (truck_key)
    WHERE epoch(d.registered_at) >= $begins AND epoch(d.registered_at) < $ends
    ORDER BY d.registered_at, d.declaration_key
"""
_LINES = """
    SELECT l.declaration_key, l.line_no, l.hs, l.description, l.origin, l.quantity, l.unit, l.unit_price_usd,
        l.value_usd, l.net_weight_kg, l.gross_weight_kg, l.packages, c.form, c.reference, c.issued_on
    FROM {lines} AS l LEFT JOIN {certificates} AS c USING (certificate_key)
    WHERE l.declaration_key IN (SELECT declaration_key FROM {declarations}
        WHERE epoch(registered_at) >= $begins AND epoch(registered_at) < $ends) ORDER BY l.declaration_key, l.line_no
"""
_TRUTHS = """
    SELECT declaration_key, line_no, hs, origin, quantity, value_usd, net_weight_kg, regime, hidden_kg, fraud,
        mechanism, error, evaded_vnd
    FROM {truth_lines}
    WHERE declaration_key IN (SELECT declaration_key FROM {declarations}
        WHERE epoch(registered_at) >= $begins AND epoch(registered_at) < $ends) ORDER BY declaration_key, line_no
"""
_DECLARED = ("declarations", "lines", "certificates", "enterprises", "brokers", "sellers", "trucks")


class World:
    """A directory of a world, opened for reading. Raises `WorldError`."""

    def __init__(self, directory: Path) -> None:
        try:
            self.about = msgspec.json.decode((directory / "world.json").read_bytes(), type=About)
        except (OSError, msgspec.MsgspecError) as error:
            message = f"{directory.name}: world.json cannot be read ({error})"
            raise WorldError(message) from None
        if self.about.schema != SCHEMA:
            message = f"{directory.name}: schema {self.about.schema}, not {SCHEMA}"
            raise WorldError(message)
        self.tables = {name: _table(directory / "declared", name) for name in _DECLARED}
        self.tables["truth_lines"] = _table(directory / "truth", "lines")
        # Only when a world is read: whoever loads DuckDB tells of its leaks at the end, every command would.
        self.connection: Any = importlib.import_module("duckdb").connect()

    def days(self) -> list[date]:
        """The days on which something was registered, by the calendar of Hà Nội."""
        rows = self.connection.execute(_DAYS.format(**self.tables)).fetchall()
        return [date.fromordinal(_EPOCH + row[0]) for row in rows]

    def filings(self, on: date, *, days: int = 1) -> Iterator[Filing]:
        """The declarations of a day, or of so many from it on, in the order of registration."""
        begins = datetime(on.year, on.month, on.day, tzinfo=LOCAL)
        first = int(begins.timestamp())
        period = {"begins": first, "ends": first + days * DAY_SECONDS}
        lines, truths = self._by_key(_LINES, Goods, period), self._by_key(_TRUTHS, Crossed, period)
        for head in self._rows(_HEADS, Head, period):
            yield Filing(head, tuple(lines[head.declaration_key]), tuple(truths[head.declaration_key]))

    def _by_key(self, question: str, kind: type[Any], period: dict[str, int]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self._rows(question, kind, period):
            found[row.declaration_key].append(row)
        return found

    def _rows(self, question: str, kind: type[Any], period: dict[str, int]) -> list[Any]:
        cursor = self.connection.execute(question.format(**self.tables), period)
        names = [column[0] for column in cursor.description or ()]
        return [msgspec.convert(dict(zip(names, row, strict=True)), kind, strict=False) for row in cursor.fetchall()]


def _table(directory: Path, name: str) -> str:
    """How SQL reads a table that is one file or a folder of part files."""
    for path, there in ((directory / f"{name}.parquet", True), (directory / name, False)):
        if path.exists():
            pattern = str(path if there else path / "*.parquet").replace("'", "''")
            return f"read_parquet('{pattern}')"
    message = f"{directory.name}/{name}: the table is missing"
    raise WorldError(message)
