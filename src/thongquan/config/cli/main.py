"""The command's front: which words it knows."""

from __future__ import annotations

import os
import sys

import typer
from django.core.management import execute_from_command_line

from thongquan import __version__
from thongquan.config.cli import (
    boot,
    conformance,
    dryrun,
    lake,
    ledger,
    lodge,
    people,
    practice,
    reference,
    risk,
    sandbox,
    serve,
    signing,
    slips,
    suggest,
    tokens,
    twocodes,
    wco,
)

app = typer.Typer(
    name="thongquan", no_args_is_help=True, add_completion=False, help="The digital customs system of a border region."
)
app.command("run")(serve.run)
app.command("reset")(serve.reset)
app.command("prepare")(serve.prepare_only)
app.command("worker")(serve.work)
app.command(
    "sandbox",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False},
)(sandbox.sandbox)
app.command("conformance")(conformance.conformance)
app.command("lodge")(lodge.lodge)
app.command("decide")(lodge.decide)
app.command("sign")(signing.sign)
app.add_typer(ledger.app, name="ledger")
app.add_typer(lake.app, name="lake")
app.add_typer(practice.app, name="practice")
app.add_typer(suggest.app, name="suggest")
app.add_typer(twocodes.app, name="twocodes")
app.add_typer(risk.app, name="risk")
app.add_typer(people.app, name="person")
app.add_typer(tokens.app, name="token")
app.add_typer(slips.app, name="slip")
app.add_typer(signing.app, name="certificate")
app.add_typer(wco.app, name="wco")
app.command("load-reference")(reference.load_reference)
app.command("import-tariff")(reference.import_tariff)
app.command("import-rates")(reference.import_rates)
app.command("dryrun")(dryrun.dryrun)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """Run one of Django's management commands on this installation's database."""
    with boot.database():
        execute_from_command_line(["thongquan manage", *context.args])


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(__version__)


def main() -> None:
    """Entry point. Programs read standard output, people read standard error."""
    os.environ.setdefault("PYTHONUTF8", "1")
    sys.exit(app())
