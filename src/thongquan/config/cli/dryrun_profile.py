"""`thongquan dryrun --profile`: a risk profile tried on past declarations; nothing is stored."""

from __future__ import annotations

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.lawdesk.period import since_of
from thongquan.clearance.risk.operations.running import outcome_between
from thongquan.clearance.risk.trying import Outcome
from thongquan.config.cli import boot

REFUSED = 1
_encode = msgspec.json.Encoder(decimal_format="string").encode


def try_profile(profile: int, since: str, until: str, *, as_json: bool) -> None:
    """Try it and tell what it would have chosen, found and cost. Exit code 1: no such profile, or a wrong period."""
    at = now()
    try:
        with boot.database():
            first, last = since_of(since, at), since_of(until, at) if until else at
            outcome = outcome_between(actor=system_actor("dryrun"), profile=profile, since=first, until=last, at=at)
    except NotFound:
        typer.echo(f"there is no profile {profile}", err=True)
        raise typer.Exit(REFUSED) from None
    except Refused as refused:
        for fault in told_faults(refused.faults):
            typer.echo(f"{fault['code']} {fault['path']}: {fault['message']} [{fault['value']}]", err=True)
        raise typer.Exit(REFUSED) from None
    if as_json:
        typer.echo(_encode(outcome).decode())
    else:
        Console().print(_table(outcome))


def _table(outcome: Outcome) -> Table:
    table = Table("What", "Number", title=f"{outcome.declarations:,} declarations tried")
    table.add_row("it would have chosen", f"{outcome.hits:,}")
    table.add_row("checked then, something found", f"{outcome.found:,} / {outcome.checked:,}")
    table.add_row("random lane, something found", f"{outcome.random_found:,} / {outcome.random_checked:,}")
    table.add_row("recovered from these, dong", f"{outcome.recovered_vnd:,.0f}")
    for shift in outcome.shifts:
        table.add_row(f"channel {shift.before} → {shift.after}", f"{shift.declarations:,}")
    table.add_row("officers' minutes added", f"{outcome.minutes:,}")
    if outcome.unread:
        table.add_row("could not be decided again", f"{outcome.unread:,}", style="red")
    return table
