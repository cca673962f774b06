"""`thongquan practice load`: days of a practice world, lodged on the database of this installation."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from thongquan.academy.operations import Loaded, load_days
from thongquan.academy.worlds import World, WorldError
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.config.cli import boot

REFUSED, NO_WORLD = 1, 2


def load(
    world: Annotated[Path, typer.Option("--from", help="Directory of the world.")],
    days: Annotated[int, typer.Option(min=1, max=3700, help="So many days, the last of the world.")] = 30,
    most: Annotated[int, typer.Option(min=0, help="At most so many declarations; 0: all of these days.")] = 0,
    together: Annotated[
        bool, typer.Option("--together/--one-by-one", help="Write in batches by COPY, or each as it is lodged.")
    ] = True,
) -> None:
    """Lodge the last days of a world as if they ended within the last week. Practice realm only.

    The rows are the same either way. A load that broke off goes on where it was when it is started again.
    """
    started = time.monotonic()
    console = Console(stderr=True)
    with boot.database(), Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("days", total=days)
        try:
            opened = World(world)
            loaded = load_days(
                world=opened,
                days=days,
                at=now(),
                most=most,
                together=together,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        except WorldError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(NO_WORLD) from None
        except NotAllowed:
            typer.echo("Only a database of the practice realm takes invented trade. Nothing was done.", err=True)
            raise typer.Exit(REFUSED) from None
    _tell(loaded, time.monotonic() - started)


def _tell(loaded: Loaded, seconds: float) -> None:
    days = f" from {loaded.days[0].isoformat()} to {loaded.days[-1].isoformat()}" if loaded.days else ""
    rate = f", {loaded.lines / seconds:,.0f} lines per second" if loaded.lines and seconds else ""
    typer.echo(f"Lodged {loaded.lodged:,} declarations of {loaded.lines:,} lines{days}{rate}.", err=True)
    if loaded.known:
        typer.echo(f"{loaded.known:,} were there already.", err=True)
    if loaded.left_out:
        typer.echo(f"{loaded.left_out:,} are short forms of border residents or of other gates; left out.", err=True)
    if loaded.refused:
        told = ", ".join(f"{code} {count:,}" for code, count in sorted(loaded.refused.items()))
        typer.echo(f"{sum(loaded.refused.values()):,} were refused by the law of their day: {told}.", err=True)
