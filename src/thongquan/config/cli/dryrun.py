"""`thongquan dryrun`: proposed law tried on past declarations; nothing is stored and nothing is published."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.base.core.memory import settle
from thongquan.clearance.declarations.queries.filed import filed_count
from thongquan.clearance.lawdesk.formats.rows import KINDS, rows_file
from thongquan.clearance.lawdesk.operations import try_changes
from thongquan.clearance.lawdesk.period import since_of
from thongquan.clearance.lawdesk.trying import Outcome, Row
from thongquan.clearance.tariff.operations.changes import ProposedRows, read_changes
from thongquan.clearance.tariff.queries.changes import SEEN
from thongquan.config.cli import boot
from thongquan.config.cli.dryrun_profile import try_profile

REFUSED, UNREADABLE = 1, 2
_encode = msgspec.json.Encoder(decimal_format="string").encode


def dryrun(
    changes: Annotated[
        Path | None,
        typer.Option("--with", exists=True, dir_okay=False, readable=True, help="Proposed law: YAML or CSV."),
    ] = None,
    profile: Annotated[
        int | None, typer.Option(min=1, help="Instead: the number of a risk profile, live or a draft.")
    ] = None,
    since: Annotated[str, typer.Option(help="From when on: 30d, 12w or a day such as 2026-10-01.")] = "30d",
    until: Annotated[str, typer.Option(help="Up to the end of the day before this one; now when left out.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the declarations that change: .xlsx, .csv or .json.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Write the sums as one JSON object for programs.")] = False,
) -> None:
    """Show who would change duty, channel or validity if the law of CHANGES had held, or a risk profile been live.

    A decision that would change is first made again from its own facts; what does not replay is told apart. Exit
    code 1: the file or the period was refused, 2: a file cannot be read or written.
    """
    if profile is not None and changes is None and out is None:
        try_profile(profile, since, until, as_json=json)
        return
    if profile is not None or changes is None:
        typer.echo("give --with FILE, with or without --out, or --profile NUMBER alone", err=True)
        raise typer.Exit(UNREADABLE)
    if out is not None and out.suffix.removeprefix(".") not in KINDS:
        typer.echo(f"--out takes a name that ends in .{', .'.join(KINDS)}", err=True)
        raise typer.Exit(UNREADABLE)
    try:
        with boot.database():
            outcome, rows, told = _tried(changes, since, until)
        if out is not None:
            out.write_bytes(rows_file(out.suffix.removeprefix("."), outcome, rows))
    except Refused as refused:
        _tell_faults(refused)
        raise typer.Exit(REFUSED) from None
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNREADABLE) from None
    if json:
        typer.echo(_encode(outcome).decode())
    else:
        _tell(outcome, told)


def _tried(changes: Path, since: str, until: str) -> tuple[Outcome, list[Row], ProposedRows]:
    at = now()
    told = read_changes(content=changes.read_bytes(), file=changes.name, effective_on=timezone.localdate(at))
    first, last = since_of(since, at), _end(until, at)
    settle()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("declarations", total=filed_count(since=first, until=last))
        outcome, tally = try_changes(
            told.rows, since=first, until=last, progress=lambda done: bar.update(task, completed=done)
        )
    return outcome, tally.rows, told


def _end(text: str, at: datetime) -> datetime:
    return since_of(text, at) if text else at


def _tell_faults(refused: Refused) -> None:
    for fault in told_faults(refused.faults):
        typer.echo(f"{fault['code']} {fault['path']}: {fault['message']} [{fault['value']}]", err=True)


def _tell(outcome: Outcome, told: ProposedRows) -> None:
    console = Console()
    unseen = sorted({row.table for row in told.rows} - SEEN)
    console.print(
        f"{outcome.declarations:,} declarations tried; {outcome.touched:,} touched, {outcome.changed:,} change; "
        f"{outcome.differing:,} would but do not replay and are left out."
    )
    if unseen:
        console.print(f"No decision sees these tables, so their changes cannot be tried: {', '.join(unseen)}")
    table = Table("What", "Declarations", "Dong")
    table.add_row("would pay more", f"{outcome.more:,}", _dong(outcome.more_vnd))
    table.add_row("would pay less", f"{outcome.less:,}", _dong(-outcome.less_vnd))
    for turn in outcome.channels:
        table.add_row(f"channel {turn.before} → {turn.after}", f"{turn.declarations:,}", "")
    table.add_row("would no longer be valid", f"{outcome.fallen:,}", "", style="red" if outcome.fallen else "")
    console.print(table)
    if outcome.breaks:
        console.print(_breaks(outcome))
    if outcome.examples:
        console.print(_examples(outcome))


def _dong(value: Decimal) -> str:
    return f"{value:+,.0f}"


def _breaks(outcome: Outcome) -> Table:
    table = Table("Error", "Field", "Goods", "Declarations", "For example", title="Valid filings that would be refused")
    for one in outcome.breaks:
        fault = one.fault
        table.add_row(fault.code, fault.field, fault.hs, f"{one.declarations:,}", ", ".join(one.examples[:2]))
    return table


def _examples(outcome: Outcome) -> Table:
    table = Table("Declaration", "Trader", "Due before", "Due after", "Channel", "Goods", title="Examples")
    for row in outcome.examples:
        after = f"{row.due_after_vnd:,.0f}" if row.stands else "refused"
        channel = f"{row.channel_before} → {row.channel_after or '–'}"
        table.add_row(
            row.number, row.trader_name, f"{row.due_before_vnd:,.0f}", after, channel, " ".join(row.goods[:3])
        )
    return table
