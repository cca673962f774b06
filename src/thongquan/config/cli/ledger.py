"""`thongquan ledger`: take the ledger out, check it anywhere. Exit codes: 0 whole, 1 tampered with, 2 unreadable."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from thongquan.base.ledger.heads import SignedHead
from thongquan.base.ledger.lines import write_line
from thongquan.base.ledger.queries import export_lines
from thongquan.base.ledger.verification import Report, Unreadable, read_lines, verify_export, verify_proof
from thongquan.base.ledger.witness import read_heads
from thongquan.config.cli import boot

TAMPERED, UNREADABLE = 1, 2
SHOWN = 20
app = typer.Typer(no_args_is_help=True, help="Export the ledger and verify it offline.")

Witness = Annotated[Path | None, typer.Option(help="Heads kept by a witness: JSON lines or a saved heads.json.")]
Keys = Annotated[list[str] | None, typer.Option("--key", help="Only heads signed by this key count; may be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Advance = Callable[[int, int], None]


@app.command()
def export(out: Annotated[Path, typer.Option(help="File to write; - for standard output.")]) -> None:
    """Write the whole sealed ledger as JSON lines."""
    with boot.database(), _bar("Exporting") as advance:
        if str(out) == "-":
            _write(sys.stdout.buffer, advance)
            return
        draft = out.with_name(out.name + ".part")
        with draft.open("wb") as file:
            _write(file, advance)
        draft.replace(out)


def _write(file: BinaryIO, advance: Advance) -> None:
    for line in export_lines(progress=advance):
        file.write(write_line(line) + b"\n")


@app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="An export; without it this installation's own ledger.")] = None,
    witness: Witness = None,
    key: Keys = None,
    as_json: AsJson = False,
) -> None:
    """Check every leaf, root and signature, and name the first row that was touched. A file needs no database."""
    with _refusing(as_json):
        heads, keys = _witnessed(witness), key or []
        if file is None:
            with boot.database(), _bar("Verifying") as advance:
                report = verify_export(export_lines(progress=advance), trusted_keys=keys, witness=heads)
        else:
            with file.open("rb") as raw, _bar("Verifying") as advance:
                lines = read_lines(_counted(raw, file.stat().st_size, advance))
                report = verify_export(lines, trusted_keys=keys, witness=heads)
    _tell(report, as_json)


@app.command("verify-proof")
def verify_proof_file(
    file: Annotated[Path, typer.Argument(help="A proof as downloaded from the ledger.")],
    witness: Witness = None,
    key: Keys = None,
    as_json: AsJson = False,
) -> None:
    """Check that the events in a proof file are in the ledger under its signed head. Needs no database."""
    with _refusing(as_json):
        report = verify_proof(file.read_bytes(), trusted_keys=key or [], witness=_witnessed(witness))
    _tell(report, as_json)


def _witnessed(file: Path | None) -> list[SignedHead]:
    if file is None:
        return []
    try:
        return read_heads(file)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{file.name}: not a witness's heads ({error})"
        raise Unreadable(message) from None


@contextmanager
def _refusing(as_json: bool) -> Iterator[None]:
    """What cannot be read ends with its reason and exit code 2."""
    try:
        yield
    except (Unreadable, OSError) as error:
        if as_json:
            typer.echo(json.dumps({"readable": False, "error": str(error)}))
        else:
            typer.echo(f"Cannot be read: {error}", err=True)
        raise typer.Exit(UNREADABLE) from None


@contextmanager
def _bar(title: str) -> Iterator[Advance]:
    """A progress bar on standard error; gone when done, silent where no one looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _counted(raw: BinaryIO, size: int, advance: Advance) -> Iterator[bytes]:
    done = 0
    for number, line in enumerate(raw):
        yield line
        done += len(line)
        if number % 1000 == 0:
            advance(done, size)


def _tell(report: Report, as_json: bool) -> None:
    typer.echo(json.dumps(_as_words(report)) if as_json else "\n".join(_sentences(report)))
    if report.findings:
        raise typer.Exit(TAMPERED)


def _as_words(report: Report) -> dict[str, object]:
    return {
        "readable": True,
        "whole": not report.findings,
        "realm": report.realm,
        "entries": report.entries,
        "heads": report.heads,
        "waiting": report.waiting,
        "keys": report.keys,
        "size": report.last.head.size if report.last else 0,
        "root": report.last.head.root.hex() if report.last else None,
        "first": asdict(report.first) if report.first else None,
        "findings": [asdict(finding) for finding in report.findings],
    }


def _sentences(report: Report) -> Iterator[str]:
    yield f"{report.entries:,} entries, {report.heads:,} signed heads, realm {report.realm or 'not fixed'}."
    if report.last:
        head = report.last.head
        yield f"Newest head: {head.size:,} entries at {head.at}, root {head.root.hex()}, key {head.key_id}."
    if report.waiting:
        yield f"{report.waiting:,} entries wait for the sealer and are not covered."
    if report.first is None:
        yield "Nothing was touched."
        return
    yield f"TAMPERED. First: {report.first.sentence()}"
    others = [finding for finding in report.findings if finding != report.first]
    yield from (f"  {finding.sentence()}" for finding in others[:SHOWN])
    if len(others) > SHOWN:
        yield f"  and {len(others) - SHOWN:,} more."
