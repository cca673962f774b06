"""`thongquan suggest`: how good the suggestion of codes is on files of your own, training, and one question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from django.utils.timezone import localdate
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.clearance.classification.operations.suggesting import train_suggestions
from thongquan.clearance.classification.queries.suggesting import GoodsQuestion, SuggestedCodes, suggestion
from thongquan.config.cli import boot
from thongquan.config.cli.goods_files import FileError, read_rows
from thongquan.learning.curves import interval
from thongquan.learning.suggest import Example, Scores, Source, evaluated, trained_and_calibrated

NOT_READ, REFUSED = 2, 1
app = typer.Typer(no_args_is_help=True, help="Codes for goods: ask, train, and measure on outside files.")
_TRAIN_HELP = "CSV with the columns description and code. May be given several times."


@app.command("eval")
def evaluate(
    train: Annotated[list[Path], typer.Option(help=_TRAIN_HELP)],
    test: Annotated[Path, typer.Option(help="CSV with the columns description and code.")],
    seed: Annotated[int, typer.Option(min=0, help="For the splits on which sureness is fitted.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Learn from one file and answer another: top 1, 3 and 5 at 2, 4, 6 and 8 digits, abstention, times."""
    try:
        known = [one for path in train for one in _examples(path)]
        asked = _examples(test)
    except FileError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOT_READ) from None
    scores = evaluated(trained_and_calibrated(known, seed=seed), asked)
    if as_json:
        typer.echo(msgspec.json.encode(_plain(scores)).decode())
        return
    _show(scores, len(known))


def _examples(path: Path) -> list[Example]:
    return [
        Example(row["description"], row["code"], Source.HISTORY, f"{path.name}:{number}")
        for number, row in enumerate(read_rows(path, ("description", "code")), 2)
    ]


def _plain(scores: Scores) -> dict[str, object]:
    levels = {str(digits): level._asdict() for digits, level in scores.levels.items()}
    return {"levels": levels, "median_ms": scores.median_ms, "p95_ms": scores.p95_ms}


def _show(scores: Scores, known: int) -> None:
    console = Console()
    table = Table("Digits", "Asked", "Top 1", "95 %", "Top 3", "Top 5", "Calibration error")
    curve = Table("Surest", *(f"{digits} digits" for digits in scores.levels))
    for digits, level in scores.levels.items():
        low, high = interval(level.right[0], level.asked)
        error = "" if level.error is None else f"{100 * level.error:.1f} points"
        first, third, fifth = (f"{share:.1%}" for share in level.right)
        table.add_row(str(digits), f"{level.asked:,}", first, f"{low:.1%} to {high:.1%}", third, fifth, error)
    for place, (share, _) in enumerate(scores.levels[4].curve):
        curve.add_row(f"{share:.0%}", *(f"{level.curve[place][1]:.1%}" for level in scores.levels.values()))
    console.print(table)
    console.print("Right at once among the surest:")
    console.print(curve)
    console.print(
        f"{known:,} lines learned; {scores.median_ms:.1f} ms a question, 95 of 100 under {scores.p95_ms:.1f} ms"
    )


@app.command("train")
def train() -> None:
    """Learn anew from what was declared, from precedents, nomenclature and references; kept as a challenger.

    The first model goes into force at once. Nothing is kept when there is nothing new to learn.
    """
    with boot.database():
        made = train_suggestions(at=now())
    said = "trained" if made.fresh else "known already"
    counts = ", ".join(f"{count:,} {name}" for name, count in made.counts.items())
    typer.echo(f"{made.version} {said} in {made.seconds:.1f} s: {made.state}; {counts}")


@app.command("ask")
def ask(
    description: Annotated[str, typer.Argument(help="What the goods are, in any language.")],
    digits: Annotated[int, typer.Option(help="2, 4, 6 or 8.")] = 4,
    under: Annotated[str, typer.Option(help="Only codes that begin so.")] = "",
    language: Annotated[str, typer.Option(help="Language of the names: vi, en, zh-hans, fr.")] = "vi",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Which code do these goods have? Texts of traders are not shown here. Exit code 1: the question was refused."""
    try:
        with boot.database():
            question = GoodsQuestion(description=description, digits=digits, under=under)
            answer = suggestion(
                actor=system_actor("suggest"), question=question, on=localdate(now()), language=language
            )
    except Refused as refused:
        for fault in told_faults(refused.faults):
            typer.echo(f"{fault['code']} {fault['message']}", err=True)
        raise typer.Exit(REFUSED) from None
    if as_json:
        typer.echo(msgspec.json.encode(answer).decode())
        return
    _print(answer)


def _print(answer: SuggestedCodes) -> None:
    console = Console()
    if answer.question:
        console.print(escape(answer.question))
    if not answer.candidates:
        return
    table = Table("Code", "Sure", "Name", "Why")
    for one in answer.candidates:
        sure = "" if one.sureness is None else f"{one.sureness:.0%}"
        why = "\n".join(f"{text.code} {text.text[:70]}" for text in one.evidence)
        table.add_row(one.code, sure, escape(one.name[:60]), escape(why))
    console.print(table)
