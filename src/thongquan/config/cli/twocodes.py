"""`thongquan twocodes`: goods declared under two codes, searched for and measured on files of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from thongquan.config.cli.goods_files import FileError, read_rows
from thongquan.config.cli.twocodes_scan import scan
from thongquan.learning.curves import interval
from thongquan.learning.twins import FIRST_JUDGE, Line, Query, Result, evaluated, fitted, found, index_of

NOT_READ = 2
app = typer.Typer(
    no_args_is_help=True, help="The same goods under two codes: search the whole history; measure on outside files."
)
app.command("scan")(scan)
_YES, _NO = frozenset({"1", "true", "yes", "y"}), frozenset({"0", "false", "no", "n"})
_ASKED = ("description", "code", "partner id", "should_alarm")


@app.command("eval")
def evaluate(
    lines: Annotated[Path, typer.Option(help="CSV with the columns id, description and code: what was declared.")],
    queries: Annotated[Path, typer.Option(help=f"CSV with the columns {', '.join(_ASKED)}.")],
    fit: Annotated[
        Path | None, typer.Option(help="Other queries of the same columns, on which the alarm is fitted first.")
    ] = None,
    false_alarms: Annotated[
        float, typer.Option(min=0.0, max=0.5, help="Most false alarms allowed in fitting.")
    ] = 0.003,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Index one file and ask another: recall at 1 and 10, detected, false alarms, times, memory."""
    try:
        declared = read_rows(lines, ("id", "description", "code"))
        number = {row["id"]: place for place, row in enumerate(declared)}
        asked = _queries(queries, number)
        reviewed = _queries(fit, number) if fit else []
    except FileError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOT_READ) from None
    index = index_of(Line(row["id"], row["description"], row["code"]) for row in declared)
    judge = FIRST_JUDGE
    if reviewed:
        try:
            judge = fitted([(found(index, one.line), one.wrong) for one in reviewed], false_alarms=false_alarms)
        except ValueError as error:
            typer.echo(f"{fit}: {error}", err=True)
            raise typer.Exit(NOT_READ) from None
    result = evaluated(index, asked, judge)
    if as_json:
        typer.echo(msgspec.json.encode(result._asdict()).decode())
        return
    _show(result, len(declared))


def _queries(path: Path, number: dict[str, int]) -> list[Query]:
    rows = read_rows(path, _ASKED)
    faults = [
        f"{path}: line {place}: should_alarm is {row['should_alarm']!r}, not yes or no"
        for place, row in enumerate(rows, 2)
        if row["should_alarm"].strip().lower() not in _YES | _NO
    ]
    faults += [
        f"{path}: line {place}: no line has the id {row['partner id']!r}"
        for place, row in enumerate(rows, 2)
        if row["partner id"].strip() and row["partner id"] not in number
    ]
    if faults:
        raise FileError("\n".join(faults[:20]))
    return [
        Query(
            Line(f"{path.name}:{place}", row["description"], row["code"]),
            row["should_alarm"].strip().lower() in _YES,
            number.get(row["partner id"], -1),
        )
        for place, row in enumerate(rows, 2)
    ]


def _show(result: Result, lines: int) -> None:
    table = Table("Measure", "Value", "95 %", "Of")
    for name, share, count in (
        ("recall at 1", result.recall_1, result.partnered),
        ("recall at 10", result.recall_10, result.partnered),
        ("detected", result.detected, result.wrong),
        ("false alarms", result.false_alarms, result.silent),
    ):
        low, high = interval(share or 0.0, count)
        table.add_row(
            name, *(("", "") if share is None else (f"{share:.2%}", f"{low:.2%} to {high:.2%}")), f"{count:,}"
        )
    console = Console()
    console.print(table)
    console.print(
        f"{lines:,} lines, {result.memory / 1e6:,.1f} MB of index ({result.memory / max(lines, 1):,.0f} bytes a line)"
    )
    console.print(f"{result.median_ms:.1f} ms a question, 95 of 100 under {result.p95_ms:.1f} ms")
