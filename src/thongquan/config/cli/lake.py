"""`thongquan lake`: questions to the lake, and its upkeep. Exit codes of `verify`: 0 equal, 1 different."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import msgspec
import pyarrow as pa
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from thongquan.base.core.clock import now
from thongquan.base.core.tables import csv_table, excel_table
from thongquan.config.cli import boot
from thongquan.config.lake import lake, whole
from thongquan.lake import compaction
from thongquan.lake.analyses import ANALYSES
from thongquan.lake.engines import chosen, opened
from thongquan.lake.reading import Tables
from thongquan.lake.verifying import Difference

DIFFERENT, UNKNOWN = 1, 2
SHOWN = 50
_encode = msgspec.json.Encoder(decimal_format="string").encode
app = typer.Typer(no_args_is_help=True, help="The lake: questions, and keeping it true to the database.")
Advance = Callable[[int, int], None]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@app.command()
def ask(
    name: Annotated[str, typer.Argument(help="A question: " + ", ".join(ANALYSES) + ".")],
    out: Annotated[
        Path | None, typer.Option(help="File to write, .csv or .xlsx; - for CSV on standard output.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the lake; the database is not asked. LAKE_ENGINE=spark lets Spark answer."""
    analysis = ANALYSES.get(name)
    if analysis is None or (out and str(out) != "-" and out.suffix not in (".csv", ".xlsx")):
        wrong = f"no question is called {name!r}" if analysis is None else "the file must end in .csv or .xlsx"
        typer.echo(f"{wrong}; questions are {', '.join(ANALYSES)}", err=True)
        raise typer.Exit(UNKNOWN)
    place = lake()
    with opened(chosen(), place.home) as engine:
        answer = engine.answer(analysis.question(Tables(place, engine)))
    if as_json:
        typer.echo(_encode(answer.to_pylist()).decode())
    elif out:
        _write(answer, out)
    else:
        _show(answer, analysis.title)


def _write(answer: pa.Table, out: Path) -> None:
    """CSV or Excel; a file gets its name when it is complete."""
    head, rows = answer.column_names, ([_plain(value) for value in row.values()] for row in answer.to_pylist())
    if str(out) == "-":
        typer.echo(csv_table(head, rows).decode("utf-8-sig"), nl=False)
        return
    content = excel_table("lake", head, rows) if out.suffix == ".xlsx" else csv_table(head, rows)
    draft = out.with_name(out.name + ".part")
    draft.write_bytes(content)
    draft.replace(out)


def _plain(value: Any) -> Any:
    """Shares and changes are told to six places."""
    return Decimal(f"{value:.6f}") if isinstance(value, float) else value


def _show(answer: pa.Table, title: str) -> None:
    table = Table(*answer.column_names, title=title)
    for row in answer.slice(0, SHOWN).to_pylist():
        table.add_row(*("" if value is None else _told(value) for value in row.values()))
    Console().print(table)
    if answer.num_rows > SHOWN:
        typer.echo(f"and {answer.num_rows - SHOWN:,} more rows; --out FILE.csv writes them all", err=True)


def _told(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Compare counts and sums of every table and month with the database, when what waits has been taken in."""
    with boot.database(), opened(chosen(), lake().home) as engine, _bar("Verifying") as advance:
        found = whole.verify(engine, at=now(), progress=advance)
    if as_json:
        typer.echo(_encode([one._asdict() for one in found]).decode())
    else:
        _tell(found)
    if found:
        raise typer.Exit(DIFFERENT)


def _tell(found: list[Difference]) -> None:
    if not found:
        typer.echo("The lake holds what the database holds.")
        return
    table = Table("What", "Month", "Measure", "Database", "Lake", title="Lake and database differ")
    for one in found[:SHOWN]:
        table.add_row(one.check, f"{one.month:%Y-%m}", one.measure, f"{one.database:,f}", f"{one.lake:,f}")
    Console().print(table)
    typer.echo(f"{len(found):,} differences; `thongquan lake rebuild` writes the lake anew.", err=True)


@app.command()
def rebuild() -> None:
    """Write the whole lake anew from the database. What is asked meanwhile is answered from the old one."""
    with boot.database(), _bar("Rebuilding") as advance:
        try:
            count = whole.rebuild(chosen(), progress=advance)
        except whole.Busy:
            typer.echo("The worker is writing to the lake at this moment; try again.", err=True)
            raise typer.Exit(UNKNOWN) from None
    typer.echo(f"{count:,} rows written.")


@app.command()
def compact() -> None:
    """Make one file of the many small ones of each month. Needs no database."""
    with _bar("Compacting") as advance:
        count = compaction.compact(lake(), chosen(), now=time.time(), progress=advance)
    typer.echo(f"{count:,} months compacted.")


@contextmanager
def _bar(title: str) -> Iterator[Advance]:
    """A progress bar on standard error; gone when done, silent where no one looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
