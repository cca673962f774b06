"""Making wholes: of the parts of a month, or anew from the database. Always by DuckDB, which may write more than fits
into memory.

A file that a whole has replaced stays for `GRACE_SECONDS`, so that whoever listed it a moment before can still read it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from thongquan.lake.engines import Choice, OnDuckDB, in_process
from thongquan.lake.files import COMPRESSION, Lake, Month, Row, drafted, left_over, month_in, put_in_place
from thongquan.lake.reading import rows_of
from thongquan.lake.schemas import TABLES, Table

GRACE_SECONDS = 3600.0
Progress = Callable[[int, int], None]


def in_silence(done: int, total: int) -> None:
    """Progress that nobody follows."""


def compact(lake: Lake, choice: Choice, *, now: float, progress: Progress = in_silence) -> int:
    """Make a whole of every month that has parts; returns how many. `now` is in seconds since 1970."""
    with lake.alone(), in_process(choice, lake.home) as engine:
        tidy(lake, before=now - GRACE_SECONDS)
        waiting = [(TABLES[name], month) for name in TABLES for month in lake.months(name) if month.parts]
        for done, (table, month) in enumerate(waiting):
            progress(done, len(waiting))
            make_whole(table, [month], engine, month.next_whole(month.last))
        progress(len(waiting), len(waiting))
    return len(waiting)


def make_whole(table: Table, months: list[Month], engine: OnDuckDB, path: Path) -> None:
    """Write the rows of these months, each once and sorted by key, as one file."""
    draft = drafted(path)
    engine.write(rows_of(table, months, engine).order_by(list(table.key)), draft, compression=COMPRESSION)
    put_in_place(draft, path)


def tidy(lake: Lake, *, before: float) -> None:
    """Delete what wholes written before that moment have replaced, and drafts of writers that were stopped."""
    for month in (month for name in TABLES for month in lake.months(name)):
        if month.whole is None or month.whole.stat().st_mtime < before:
            for path in left_over(month.folder):
                path.unlink(missing_ok=True)


def rebuild(
    lake: Lake,
    choice: Choice,
    chunks: Iterable[tuple[str, list[Row]]],
    *,
    last: str,
    progress: Progress = in_silence,
) -> int:
    """Put these rows (table, rows) in the place of everything; returns how many there are.

    `last` is the newest batch that the rows hold: only later ones count beside them. No consumer may write meanwhile.
    Until it is through, a reader finds each month either as it was or as it is.
    """
    with lake.alone(), in_process(choice, lake.home) as engine:
        fresh = Lake(lake.home / ".rebuild")
        shutil.rmtree(fresh.home, ignore_errors=True)
        count = sum(fresh.write(name, rows, batch=f"{number:012d}") for number, (name, rows) in enumerate(chunks))
        for done, name in enumerate(TABLES):
            progress(done, len(TABLES))
            _replace(TABLES[name], lake, fresh, engine, last)
        progress(len(TABLES), len(TABLES))
        shutil.rmtree(fresh.home)
    return count


def _replace(table: Table, lake: Lake, fresh: Lake, engine: OnDuckDB, last: str) -> None:
    """Month by month the new whole, then away with all other files of the table."""
    before = [path for folder in _folders(lake, table) for path in folder.iterdir()]
    for month in fresh.months(table.name):
        place = month_in(lake.home / table.name / month.folder.name)
        make_whole(table, [month], engine, place.next_whole(last))
    for path in before:
        path.unlink(missing_ok=True)


def _folders(lake: Lake, table: Table) -> list[Path]:
    home = lake.home / table.name
    return sorted(path for path in home.iterdir() if path.is_dir()) if home.is_dir() else []
