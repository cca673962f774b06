"""`thongquan practice`: build a practice world, tell what it holds, check that a directory is one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from thongquan.config.cli.practice_load import load
from thongquan.practice import world as worlds

REFUSED, NO_WORLD = 1, 2
app = typer.Typer(no_args_is_help=True, help="Invented trade with the truth known: build, report, check, load.")
app.command()(load)
_World = Annotated[Path, typer.Argument(help="Directory of the world.")]


@app.command()
def build(
    out: Annotated[Path, typer.Option(help="An empty directory, made when it is missing.")],
    region: Annotated[str, typer.Option(help=f"One of: {', '.join(worlds.REGIONS)}.")] = worlds.REGIONS[0],
    months: Annotated[int, typer.Option(min=1, max=120, help="Whole months.")] = 24,
    declarations: Annotated[int | None, typer.Option(help="As many as published when not given.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same world on every machine.")] = 7,
    start: Annotated[datetime, typer.Option(formats=["%Y-%m"], help="First month.")] = datetime(2024, 1, 1),  # noqa: DTZ001  (a month, no instant)
) -> None:
    """Write a world as Parquet: what was declared, and apart from it the truth."""
    plan = worlds.Plan(seed=seed, months=months, declarations=declarations, start=start.date(), region=region)
    bar = Progress(
        TextColumn("declarations"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    try:
        with bar:
            task = bar.add_task("build", total=declarations)
            made = worlds.build(out, plan, progress=lambda done, total: bar.update(task, completed=done, total=total))
    except (ValueError, FileExistsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo(
        f"{made.declarations:,} declarations, {made.lines:,} lines, each for {made.weight:.4g}, in {out}", err=True
    )


@app.command()
def report(world: _World) -> None:
    """Print published facts beside what a world holds, with the error; then what else there is to tell of it."""
    try:
        compared, told = worlds.compared(world), worlds.told(world)
    except (OSError, ValueError, KeyError) as error:
        typer.echo(f"{world} is not a world: {error}", err=True)
        raise typer.Exit(NO_WORLD) from None
    console = Console()
    facts = Table("Published", "Value", "World", "Error", "For", "Source")
    sources = list(dict.fromkeys(one.fact.source for one in compared))
    for one in compared:
        fact = one.fact
        doubt = " (doubtful)" if fact.doubtful else ""
        row = (f"{fact.says}{doubt}", f"{fact.value:,} {fact.unit}", f"{one.made:,.2f}", f"{one.error:+.1%}")
        facts.add_row(*row, fact.period, f"({sources.index(fact.source) + 1})", style="green" if one.holds else "red")
    console.print(facts)
    for number, source in enumerate(sources, 1):
        console.print(f"({number}) {source}", markup=False, highlight=False)
    rest = Table("What else", "World")
    for said in told:
        rest.add_row(said.says, said.value)
    console.print(rest)
    outside = sum(not one.holds for one in compared)
    console.print(f"{len(compared) - outside} of {len(compared)} facts within {worlds.TOLERANCE:.0%}")


@app.command()
def check(
    world: _World,
    leaks: Annotated[bool, typer.Option(help="Also try to find fraud by look-up tables over identifiers.")] = False,
) -> None:
    """Check that a directory keeps the contract of docs/practice-world.md. Exit code 1 when it does not."""
    faults = worlds.faults_of(world)
    for fault in faults:
        typer.echo(fault)
    if leaks and not faults:
        faults = _leaks(world)
    if faults:
        raise typer.Exit(REFUSED)
    typer.echo(f"{world} is a world")


def _leaks(world: Path) -> list[str]:
    found = sorted(worlds.look_ups(world).items(), key=lambda pair: -pair[1])
    table = Table("Look-up over", "AUC on the last quarter of the months")
    for name, value in found:
        table.add_row(name, f"{value:.3f}", style="red" if value > worlds.ALARM else None)
    Console().print(table)
    return [name for name, value in found if value > worlds.ALARM]
