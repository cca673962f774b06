"""`thongquan twocodes scan`: the whole history searched for the same goods under different codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from thongquan.clearance.classification.queries.attributes import attributes_in_force
from thongquan.config.cli import boot
from thongquan.config.lake import lake
from thongquan.config.twocodes import Job, SourceError, files_of, run
from thongquan.config.twocodes.scanning import Progress as Advance
from thongquan.lake.engines import chosen
from thongquan.learning.twins import Attribute
from thongquan.learning.twins.scan import LINES, NEEDED, STEPS

NOT_READ = 2


def scan(
    source: Annotated[
        Path | None,
        typer.Argument(
            help=f"CSV or Parquet file, or a folder of them, with the columns {', '.join(NEEDED)} and, as far as "
            f"known, "
            f"{', '.join(name for name in LINES.names if name not in NEEDED)}. Without it, the lake."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the cases.")] = Path("twocodes"),
    least: Annotated[float, typer.Option(min=0.3, max=1.0, help="Smallest likeness of texts that counts.")] = 0.72,
    deciding: Annotated[
        bool, typer.Option(help="Ask the database for attributes that decide between codes, and part such goods.")
    ] = False,
) -> None:
    """Find goods that stand under several codes, as cases ranked by likeness, duty at stake and value.

    Stopped and started again, it goes on where it was. LAKE_ENGINE=spark lets Spark run it.
    """
    try:
        job = Job(
            files=files_of(source) if source else [],
            lake=lake(),
            out=out,
            choice=chosen(),
            least=least,
            deciding=_deciding() if deciding else (),
        )
        with _bar() as advance:
            told = run(job, advance)
    except SourceError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOT_READ) from None
    typer.echo(
        f"{told.lines:,} lines, {told.goods:,} goods by wording and code, {told.compared:,} pairs compared: "
        f"{told.cases:,} cases, {told.stake_vnd:,} dong at stake, in {told.seconds:,.1f} s"
        + (" after going on from an earlier run" if told.resumed else "")
        + f". See {out}."
    )


def _deciding() -> tuple[Attribute, ...]:
    with boot.database():
        return attributes_in_force()


@contextmanager
def _bar() -> Iterator[Advance]:
    """A progress bar on standard error over the portions of each step; gone when done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None)

        def advance(step: str, done: int, total: int) -> None:
            title = f"Step {STEPS.index(step) + 1} of {len(STEPS)}: {step}"
            bar.update(task, description=title, completed=done, total=total)

        yield advance
