"""Law from files: `load-reference`, `import-tariff`, `import-rates`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.classification.operations.attributes import SHIPPED as SHIPPED_ATTRIBUTES
from thongquan.clearance.classification.operations.attributes import load_attributes
from thongquan.clearance.tariff import operations
from thongquan.clearance.violations.operations import load_acts
from thongquan.clearance.violations.operations.acts import SHIPPED as SHIPPED_ACTS
from thongquan.config.cli import boot

REFUSED, UNREADABLE = 1, 2
Json = Annotated[bool, typer.Option("--json", help="Write one JSON object for programs.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The file to read.")]


def load_reference(
    directory: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Directory of law; the shipped one when left out.")
    ] = operations.SHIPPED,
    json: Json = False,
) -> None:
    """Bring the law of a directory into the database; loading the same files again changes nothing."""
    _run(lambda at: _loaded(at, directory), json=json)


def _loaded(at: datetime, directory: Path) -> operations.LoadReport:
    """Law of clearance, and the acts of violation beside it where the directory has them."""
    report = operations.load_reference(at=at, directory=directory)
    acts = directory / SHIPPED_ACTS.name
    if acts.is_file():
        load_acts(at=at, file=acts)
    attributes = directory / "goods" / SHIPPED_ATTRIBUTES.name
    if attributes.is_file():
        load_attributes(at=at, file=attributes)
    return report


def import_tariff(
    file: File,
    edition: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day whose law the table states.")],
    source: Annotated[str, typer.Option(help="Where the table comes from: shown with every rate.")],
    json: Json = False,
) -> None:
    """Import a published tariff table (JSON, CSV or Excel, either public layout) and list what was not understood."""
    _run(
        lambda at: operations.import_tariff(
            content=file.read_bytes(), file=file.name, edition=edition.date(), source=source, at=at
        ),
        json=json,
    )


def import_rates(
    file: File,
    source: Annotated[str, typer.Option(help="Source of rows that name none.")] = "",
    json: Json = False,
) -> None:
    """Import weekly exchange rates from CSV: currency, vnd, published_on (a Thursday) or valid_from (a Monday)."""
    _run(lambda at: operations.import_rates(content=file.read_bytes(), file=file.name, source=source, at=at), json=json)


def _run(load: Callable[[datetime], operations.LoadReport], *, json: bool) -> None:
    """Load and tell; faults go to standard error, one line each, and nothing was stored then."""
    try:
        with boot.database():
            report = load(now())
    except Refused as refused:
        _tell_faults(refused, json=json)
        raise typer.Exit(REFUSED) from None
    except OSError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(UNREADABLE) from None
    if json:
        typer.echo(msgspec.json.encode(report).decode())
    else:
        _tell(report)


def _tell_faults(refused: Refused, *, json: bool) -> None:
    told = told_faults(refused.faults)
    if json:
        typer.echo(msgspec.json.encode({"changed": False, "faults": told}).decode())
        return
    for fault in told:
        typer.echo(f"{fault['code']} {fault['path']}: {fault['message']} [{fault['value']}]", err=True)
    typer.echo(f"{len(told)} faults; nothing was stored.", err=True)


def _tell(report: operations.LoadReport) -> None:
    typer.echo(report.summary())
    if not report.unread:
        return
    table = Table("File", "Row", "Column", "Text", title="Cells that were not understood: their rates are unknown")
    for cell in report.unread:
        table.add_row(cell.file, str(cell.row), cell.column, cell.text)
    Console().print(table)
