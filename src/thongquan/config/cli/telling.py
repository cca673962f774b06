"""What became of the files: a table with every fault for people, one JSON object per line for programs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from thongquan.config.cli.judges import Answer

ACCEPTED, REJECTED, UNREADABLE = "accepted", "rejected", "unreadable"
EXIT = {ACCEPTED: 0, REJECTED: 1, UNREADABLE: 2}
_CHANNELS = {1: "● green", 2: "◆ yellow", 3: "■ red"}
_STYLES = {ACCEPTED: "green", REJECTED: "yellow", UNREADABLE: "red"}
_encode = msgspec.json.Encoder(decimal_format="string").encode


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One file: accepted, rejected by the rules, or unreadable; the answer is that of the API."""

    file: str
    status: str
    answer: Answer


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """0 when all were accepted, 1 when some were rejected, 2 when some could not be read."""
    return max((EXIT[outcome.status] for outcome in outcomes), default=0)


def tell_program(outcome: Outcome) -> None:
    """One object on one line: file and status, then what the API answers."""
    typer.echo(_encode({"file": outcome.file, "status": outcome.status, **outcome.answer}).decode())


def tell_people(outcomes: list[Outcome], console: Console) -> None:
    """A row per file, then every fault with its field, line, rule and remedy."""
    table = Table("File", "Result", "Number", "Channel", "Duties and fee ₫")
    for outcome in outcomes:
        table.add_row(*_row(outcome), style=_STYLES[outcome.status])
    console.print(table)
    for outcome in outcomes:
        if outcome.answer.get("faults"):
            console.print(_faults(outcome))


def _row(outcome: Outcome) -> tuple[str, str, str, str, str]:
    answer = outcome.answer
    accepted = outcome.status == ACCEPTED
    due = f"{Decimal(answer['due_vnd']):,f}" if accepted and "due_vnd" in answer else ""
    channel = _CHANNELS.get(answer.get("channel") or 0, "")
    return outcome.file, outcome.status, str(answer.get("number", "")), channel, due.replace(",", ".")


def _faults(outcome: Outcome) -> Table:
    table = Table("Field", "Line", "Rule", "What is wrong", "Remedy", title=outcome.file, title_justify="left")
    for fault in outcome.answer["faults"]:
        table.add_row(*_fault(fault))
    return table


def _fault(fault: dict[str, Any]) -> tuple[str, str, str, str, str]:
    said = fault.get("message", "")
    value = f" [{fault['value']}]" if fault.get("value") else ""
    rule = f"{fault['code']}\n{fault['severity']}" if fault.get("severity") == "warning" else str(fault["code"])
    line = "" if fault.get("line") is None else str(fault["line"])
    place = str(fault.get("cell") or fault.get("path", ""))
    return place, line, rule, f"{said}{value}", str(fault.get("remedy", ""))
