"""WCO messages from a terminal: `thongquan wco check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from thongquan.clearance.declarations.formats.wco.check import CheckResult, check_file, files_in

app = typer.Typer(no_args_is_help=True, help="WCO Data Model messages.")
UNEQUAL, UNREADABLE = 1, 2
MANY = 10
"""From so many files on, a progress bar is shown."""


@app.callback()
def wco() -> None:
    """WCO Data Model messages."""


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Messages, or directories of them.")],
    json: Annotated[bool, typer.Option("--json", help="Write one JSON object per file, for programs.")] = False,
) -> None:
    """Read each message, write it back from the stored document and compare. Needs no database.

    Exit code 0 when all were read and came back equal, 1 when some differ, 2 when some could not be read.
    """
    results: list[CheckResult] = []
    for result in _checked(list(files_in(files))):
        results.append(result)
        if json:
            typer.echo(msgspec.json.encode(result).decode())
    if not json:
        _tell(results)
    if any(not result.read for result in results):
        raise typer.Exit(UNREADABLE)
    if any(not result.equal for result in results):
        raise typer.Exit(UNEQUAL)


def _checked(paths: list[Path]) -> Iterator[CheckResult]:
    """Check one file after the other; on many files a bar on standard error tells how far it is."""
    bar = track(paths, description="", console=Console(stderr=True), transient=True, disable=len(paths) < MANY)
    return (check_file(path) for path in bar)


def _tell(results: list[CheckResult]) -> None:
    table = Table()
    table.add_column("File", overflow="fold")
    for head in ("Read", "Equal", "Modeled", "Error"):
        table.add_column(head)
    for result in results:
        modeled = f"{result.modeled:.1%}" if result.read else ""
        table.add_row(result.file, _word(result.read), _word(result.equal), modeled, result.error or "")
    console = Console()
    console.print(table)
    read, equal = sum(one.read for one in results), sum(one.equal for one in results)
    console.print(f"{len(results)} files: {read} read, {equal} equal")


def _word(said: bool) -> str:
    return "yes" if said else "no"
