"""`thongquan token create`: a personal token for programs, shown once."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from thongquan.base.accounts.operations import create_token
from thongquan.base.accounts.permissions import SCOPES
from thongquan.base.accounts.queries import actor_of_email
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed
from thongquan.config.cli import boot

REFUSED = 1
app = typer.Typer(help="Personal tokens for programs.", no_args_is_help=True)


@app.callback()
def tokens() -> None:
    """Personal tokens for programs."""


@app.command()
def create(
    who: Annotated[str, typer.Option("--as", metavar="EMAIL", help="Whose token it is.")],
    name: Annotated[str, typer.Option(help="What it is for, as its owner will see it in the list.")],
    days: Annotated[int, typer.Option(min=1, max=365, help="Days until it expires.")] = 90,
) -> None:
    """Make a token that may lodge and read declarations as this person; it is printed once and never again.

    Officers make theirs on the page of tokens, where their second factor was given.
    """
    with boot.database():
        at = now()
        try:
            token = create_token(actor=actor_of_email(who, at), name=name, scopes=SCOPES, days=days, at=at)
        except NotAllowed:
            _stop(f"{who} is nobody known here, or an officer who needs the second factor of the pages.")
        except Conflict:
            _stop(f"{who} holds too many tokens; withdraw one on the page of tokens.")
    typer.echo(token.secret)
    typer.echo(f"Valid until {token.expires_at:%Y-%m-%d}. It is not shown again.", err=True)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(REFUSED)
