"""`thongquan person create`: the first people of an installation, made where the database is."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from thongquan.base.accounts.operations import create_person, ensure_organization, load_offices
from thongquan.base.accounts.queries import place_of, system_actor
from thongquan.base.accounts.roles import ROLES_OF_KIND
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed
from thongquan.config.cli import boot

REFUSED = 1
MIN_PASSWORD = 12
app = typer.Typer(help="People of this installation.", no_args_is_help=True)


@app.callback()
def people() -> None:
    """People of this installation."""


@app.command()
def create(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="Full name, in the order it is spoken.")],
    role: Annotated[str, typer.Option(help="For example administrator, clearance_officer, declarant.")],
    place: Annotated[str, typer.Option(help="Code of the region, office, agency or enterprise (its tax code).")],
    password: Annotated[
        str, typer.Option(prompt=True, confirmation_prompt=True, hide_input=True, envvar="TQ_NEW_PASSWORD")
    ],
    place_name: Annotated[str, typer.Option(help="Name of an enterprise, broker or agency not known yet.")] = "",
) -> None:
    """Make a person with a role at a place; the password is asked for, never given on the command line of a log."""
    if len(password) < MIN_PASSWORD:
        _stop(f"A password has at least {MIN_PASSWORD} characters.")
    with boot.database():
        at = now()
        load_offices(at=at)
        kinds = [kind for kind, roles in ROLES_OF_KIND.items() if role in roles]
        if place_name and kinds:
            ensure_organization(actor=system_actor("cli"), kind=kinds[0], code=place, name=place_name, at=at)
        found = place_of(code=place, kinds=kinds)
        if found is None:
            _stop(f"There is no place '{place}' where somebody can be '{role}'.")
        try:
            user = create_person(
                actor=system_actor("cli"),
                email=email,
                full_name=name,
                role=role,
                organization_id=found,
                at=at,
                password=password,
            )
        except Conflict:
            _stop(f"{email} is taken already.")
        except NotAllowed:
            _stop("That role cannot be given from here.")
    typer.echo(f"Made {email} (user:{user}) {role} at {place}.")


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(REFUSED)
