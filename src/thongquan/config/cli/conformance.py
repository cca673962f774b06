"""`thongquan conformance URL`: run the pack of sample messages against a server and tell where it differs."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import httpx
import msgspec
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from thongquan.base.core.clock import now
from thongquan.config.conformance import TIMEOUT_SECONDS, Case, Result, Setting, cases_of, message_of, run_case

DIFFERS, UNREACHABLE = 1, 2
OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
ENTERPRISE = "9999900011"


def conformance(
    url: Annotated[str, typer.Argument(help="Address of the server, for example http://127.0.0.1:8100.")] = "",
    token: Annotated[str, typer.Option(envvar="TQ_TOKEN", help="A token that may lodge and read.")] = "",
    enterprise: Annotated[str, typer.Option(help="Tax code the token may lodge for.")] = ENTERPRISE,
    only: Annotated[str, typer.Option(help="Only cases whose name holds this.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write messages and expected answers here, send nothing.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per case, for programs.")] = False,
) -> None:
    """Send our sample messages to a practice or sandbox server and compare every answer with the expected one.

    Without an address, and with `--out`, the pack is only written. Exit code 0 when the server conforms, 1 when a case
    differs, 2 when the server does not answer or is of a real realm, where nothing is ever tried.
    """
    cases = [case for case in cases_of() if only in case.name]
    if out is not None:
        _write(cases, out)
        return
    if not url:
        _list(cases)
        return
    setting = Setting(token=token, enterprise=enterprise, on=_today(), mark=secrets.token_hex(4).upper())
    with httpx.Client(base_url=url, timeout=TIMEOUT_SECONDS) as client:
        _refuse_real(client)
        bar = track(cases, description="", console=Console(stderr=True), transient=True, disable=json)
        results = [run_case(case, client, setting) for case in bar]
    _tell(results, json=json)
    if not all(result.passed for result in results):
        raise typer.Exit(DIFFERS)


def _today() -> date:
    return datetime.astimezone(now(), OFFICE_TIME).date()


def _refuse_real(client: httpx.Client) -> None:
    """Nothing is tried on a server that does not say that it is made up."""
    try:
        told = client.get("/api/v1/status")
        realm = told.raise_for_status().json().get("realm", "")
    except (httpx.HTTPError, ValueError) as error:
        typer.echo(f"The server does not answer as Thông Quan does: {error}", err=True)
        raise typer.Exit(UNREACHABLE) from None
    if realm not in ("practice", "sandbox"):
        typer.echo(
            f"The server is of the realm {realm!r}: the pack runs on practice and sandbox servers only.", err=True
        )
        raise typer.Exit(UNREACHABLE)


def _write(cases: list[Case], out: Path) -> None:
    """One directory per case: what each call sends, and what must come back."""
    on = _today()
    for case in cases:
        place = out / case.name
        place.mkdir(parents=True, exist_ok=True)
        kept = {"mark": case.name, "enterprise": ENTERPRISE}
        for number, call in enumerate(case.calls, 1):
            kind = "xml" if call.message.endswith(".xml") else "json"
            if body := message_of(call, on=on, kept=kept):
                (place / f"{number}-send.{kind}").write_bytes(body)
            (place / f"{number}-expect.json").write_bytes(msgspec.json.format(msgspec.json.encode(call), indent=2))
    typer.echo(f"{len(cases)} cases in {out}", err=True)


def _list(cases: list[Case]) -> None:
    table = Table("Case", "What it shows", "Calls")
    for case in cases:
        table.add_row(case.name, case.shows, str(len(case.calls)))
    Console().print(table)


def _tell(results: list[Result], *, json: bool) -> None:
    if json:
        for result in results:
            told = {"name": result.name, "passed": result.passed, "differences": result.differences}
            typer.echo(msgspec.json.encode(told).decode())
        return
    table = Table("Case", "Result", "What it shows")
    for result in results:
        words, style = ("conforms", "green") if result.passed else ("differs", "red")
        table.add_row(result.name, words, result.shows, style=style)
    console = Console()
    console.print(table)
    for result in results:
        for difference in result.differences:
            console.print(f"{result.name}: {difference}", style="red", markup=False)
    console.print(f"{sum(result.passed for result in results)} of {len(results)} conform")
