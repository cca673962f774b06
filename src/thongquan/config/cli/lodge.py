"""`thongquan lodge` and `thongquan decide`: declarations from files, on this machine or on a server."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from django.utils import translation
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from thongquan.base.accounts.queries import actor_of_email
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.config.cli import boot, signing
from thongquan.config.cli.filing import Paper, read_paper
from thongquan.config.cli.judges import Judge, Sign, Unreachable, local_judge, remote_judge
from thongquan.config.cli.telling import (
    ACCEPTED,
    EXIT,
    REJECTED,
    UNREADABLE,
    Outcome,
    exit_code,
    tell_people,
    tell_program,
)
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

Files = Annotated[list[Path], typer.Argument(help="Declarations: JSON, WCO XML or filled-in workbooks.")]
As = Annotated[str, typer.Option("--as", metavar="EMAIL", help="Who lodges, on the database of this installation.")]
Url = Annotated[str, typer.Option(help="Address of a server to ask instead, with --token.")]
Token = Annotated[str, typer.Option(envvar="TQ_TOKEN", help="Personal token for the server.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line for programs.")]
Language = Annotated[str, typer.Option(envvar="TQ_LANGUAGE", help="Language of the messages: vi, en, zh-hans or fr.")]
Signer = Annotated[
    Path | None, typer.Option("--signer", help="File with certificate and private key (PEM) to sign with.")
]
LANGUAGES = {"vi": "vi", "zh": "zh-hans", "fr": "fr"}


def lodge(
    files: Files,
    as_: As = "",
    url: Url = "",
    token: Token = "",
    json: Json = False,
    language: Language = "",
    signer: Signer = None,
) -> None:
    """Lodge declarations. Exit code 0: all accepted, 1: some rejected, 2: some unreadable.

    The same file lodged again is not lodged twice: it gets its first answer.
    """
    _run("lodge", files, who=as_, url=url, token=token, json=json, language=language, signer=signer)


def decide(
    files: Files, as_: As = "", url: Url = "", token: Token = "", json: Json = False, language: Language = ""
) -> None:
    """Say whether declarations would be accepted and what would be due; nothing is stored.

    Exit code 0: all would be accepted, 1: some rejected, 2: some unreadable.
    """
    _run("decide", files, who=as_, url=url, token=token, json=json, language=language)


def _run(
    verb: str,
    files: list[Path],
    *,
    who: str,
    url: str,
    token: str,
    json: bool,
    language: str,
    signer: Path | None = None,
) -> None:
    spoken, sign = language or own_language(), signing.signer_of(signer)
    with (
        translation.override(spoken),
        _judging(verb, who=who, url=url, token=token, language=spoken, sign=sign) as judge,
    ):
        outcomes = []
        for outcome in _judged(files, judge, language=spoken):
            outcomes.append(outcome)
            if json:
                tell_program(outcome)
        if not json:
            tell_people(outcomes, Console())
    raise typer.Exit(exit_code(outcomes))


def own_language() -> str:
    """The language of this terminal, English when it is none of ours."""
    named = os.environ.get("LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0]
    return LANGUAGES.get((named or "")[:2], "en")


@contextmanager
def _judging(verb: str, *, who: str, url: str, token: str, language: str, sign: Sign | None) -> Iterator[Judge]:
    """The judge that was asked for. Ends the command when nobody was named or the person is not known."""
    if url:
        if not token:
            _stop("A server asks for a personal token: --token or TQ_TOKEN; `thongquan token create` makes one.")
        yield remote_judge(verb, url=url, token=token, language=language, sign=sign)
        return
    if not who:
        _stop("Say who lodges: --as EMAIL on this database, or --url and --token for a server.")
    with boot.database():
        actor = actor_of_email(who, now())
        if not actor.is_authenticated:
            _stop(f"Nobody is known as {who} here.")
        yield local_judge(verb, actor, sign=sign)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(EXIT[UNREADABLE])


def _judged(files: list[Path], judge: Judge, *, language: str) -> Iterator[Outcome]:
    """Judge file by file, with a bar on standard error when there are many and somebody looks."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=len(files) < 2 or not console.is_terminal) as progress:
        task = progress.add_task("declarations", total=len(files))
        for path in files:
            progress.update(task, description=escape(path.name))
            yield _outcome(path, judge, language=language)
            progress.advance(task)


def _outcome(path: Path, judge: Judge, *, language: str) -> Outcome:
    try:
        paper = read_paper(path, language=language)
    except Refused as refused:
        return _unreadable(path, refused.faults)
    except OSError as error:
        fault = Fault(code=Code.TQ_FMT_001, value=error.strerror or str(error))
        return _unreadable(path, [fault])
    try:
        answer = judge(paper)
    except Unreachable as trouble:
        _stop(f"The server cannot be asked: {trouble}")
    _name_cells(paper, answer.get("faults", []))
    return Outcome(file=str(path), status=ACCEPTED if answer["accepted"] else REJECTED, answer=answer)


def _unreadable(path: Path, faults: list[Fault] | tuple[Fault, ...]) -> Outcome:
    answer = {"accepted": False, "faults": told_faults(faults)}
    return Outcome(file=str(path), status=UNREADABLE, answer=answer)


def _name_cells(paper: Paper, faults: list[dict[str, object]]) -> None:
    """In a workbook people look for a cell, not for a path."""
    if paper.workbook is None:
        return
    for fault in faults:
        fault["cell"] = paper.workbook.cell_of(Fault(code=str(fault["code"]), path=str(fault["path"])))
