"""`thongquan slip`: the public key for gates, and slips checked anywhere. Exit codes: 0 go, 1 hold, 2 unreadable."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.control.formats.slips import decode, key_words, read_key
from thongquan.clearance.control.queries.slips import trusted_keys
from thongquan.config import environment
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.slips import Slip, passing_faults

REFUSED, UNREADABLE = 1, 2
FORMATS = ["%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"]
app = typer.Typer(no_args_is_help=True, help="Exit slips: the public key, and checking without network.")


@app.command()
def key(out: Annotated[Path, typer.Option(help="File to write; - for standard output.")] = Path("-")) -> None:
    """Write the public key that gates check slips with. It opens nothing and may lie anywhere."""
    text = json.dumps(key_words(environment.realm(), trusted_keys()[0]), indent=2) + "\n"
    if str(out) == "-":
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")


@app.command()
def verify(
    code: Annotated[str, typer.Argument(help="What the square says; - to read it from standard input.")],
    keys: Annotated[list[Path], typer.Option("--key", help="Public key file; may be repeated.")],
    plate: Annotated[str, typer.Option(help="Plate on the vehicle.")],
    gate: Annotated[str, typer.Option(help="Code of this gate, for example LS01.")],
    at: Annotated[datetime | None, typer.Option(formats=FORMATS, help="Moment with offset; now when left out.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Judge a slip with the public key alone: no database, no network. Whether it was used before is not known here."""
    text = sys.stdin.read() if code == "-" else code
    moment = at or now()
    try:
        slip = decode(text, [_read(file) for file in keys])
    except Refused as refused:
        _tell(None, refused.faults, as_json)
    else:
        _tell(slip, _faults(slip, keys, plate, gate, moment), as_json)


def _faults(slip: Slip, keys: list[Path], plate: str, gate: str, at: datetime) -> tuple[Fault, ...]:
    """What is against the slip; one of another realm (practice at a real gate) is unknown here."""
    realms = {json.loads(file.read_text(encoding="utf-8"))["realm"] for file in keys}
    foreign = () if slip.realm in realms else (Fault(code=Code.TQ_CTL_087, path="code", value=slip.serial),)
    return (*foreign, *passing_faults(slip, plate=plate, gate=gate, at=at))


def _read(file: Path) -> bytes:
    try:
        return read_key(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError) as error:
        typer.echo(f"Cannot be read: {file.name}: {error}", err=True)
        raise typer.Exit(UNREADABLE) from None


def _tell(slip: Slip | None, faults: tuple[Fault, ...], as_json: bool) -> None:
    told = told_faults(faults)
    if as_json:
        words = {name: str(getattr(slip, name)) for name in slip.__struct_fields__} if slip else None
        typer.echo(json.dumps({"passes": not faults, "slip": words, "faults": told}, ensure_ascii=False))
    else:
        typer.echo("HOLD" if faults else "GO")
        for fault in told:
            typer.echo(f"{fault['code']}  {fault['message']}")
        if slip:
            typer.echo(f"{slip.serial}  {slip.number}  {slip.plate}  {slip.gate}  until {slip.valid_until.isoformat()}")
    if faults:
        raise typer.Exit(REFUSED)
