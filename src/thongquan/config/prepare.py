"""Bringing a database up to date, and a practice realm to life; every step may be run again."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import typer
from django.core.management import call_command
from django.db import transaction

from thongquan.academy.duty import put_demo_officers_on_duty
from thongquan.academy.operations import lodge_sample_day
from thongquan.academy.operations.certificates import present_sample_certificates
from thongquan.academy.operations.exports import prepare_sample_export
from thongquan.base.accounts.operations import create_demo_people, load_offices
from thongquan.base.core.clock import now
from thongquan.base.core.realm import MADE_UP, fix_realm
from thongquan.base.ledger.operations import record_origin
from thongquan.clearance.classification.operations.attributes import load_attributes
from thongquan.clearance.declarations.operations.placing import place_unplaced
from thongquan.clearance.risk.operations.goods import load_risk_lists
from thongquan.clearance.tariff.operations import ensure_practice_rates, load_reference
from thongquan.clearance.violations.operations import load_acts
from thongquan.config import environment

CHANNELS = {1: "green", 2: "yellow", 3: "red"}


def everything(*, samples: bool) -> None:
    """Migrate, fix the realm, load the law; in a made-up realm also rates and demo people, in practice a sample day."""
    at = now()
    _migrate(at)
    law_changed = _load_law(at)
    load_offices(at=at)
    place_unplaced(at=at, everything=law_changed)
    if environment.realm() in MADE_UP:
        ensure_practice_rates(on=at.date(), at=at)
        _people(at)
        if samples:
            put_demo_officers_on_duty(at=at)
            if environment.realm() == "practice":
                _sample_day(at)


def _migrate(at: datetime) -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        if fix_realm(name=environment.realm(), at=at):
            record_origin(realm=environment.realm(), at=at)


def _load_law(at: datetime) -> bool:
    """Load what is shipped; whether anything in it was new."""
    load_acts(at=at)
    load_risk_lists(at=at)
    load_attributes(at=at)
    report = load_reference(at=at)
    if report.changed or report.conflicts:
        typer.echo(report.summary())
    return bool(report.changed)


def people_file() -> Path:
    """Where the passwords of the demo people are kept, readable by the owner only."""
    return environment.data_dir() / "demo-people.txt"


def _people(at: datetime) -> None:
    people = create_demo_people(at=at)
    if not people:
        return
    lines = [f"{person.role:20} {person.email:40} {person.password}" for person in people]
    path = people_file()
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    typer.echo("Demo people (also in " + path.name + " of the data directory; this is shown once):")
    typer.echo("\n".join("  " + line for line in lines))


def _sample_day(at: datetime) -> None:
    day = lodge_sample_day(at=at, progress=_progress)
    if day is not None:
        prepare_sample_export(at=at)
        present_sample_certificates(at=at)
        mix = ", ".join(f"{day.channels.get(channel, 0)} {color}" for channel, color in CHANNELS.items())
        told = f"Lodged a sample day of {day.total} declarations ({day.on.isoformat()}): {mix}"
        typer.echo(f"{told}; {day.past} of the days before with what became of them.")


def _progress(done: int, total: int) -> None:
    """A count on a terminal, silence elsewhere."""
    if sys.stderr.isatty():
        typer.echo(f"\rLodging a sample day: {done} of {total}", err=True, nl=done == total)
