"""`thongquan sign` and `thongquan certificate`: signatures made offline, and whose certificates count here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives import serialization

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import told_faults
from thongquan.base.signatures import detached
from thongquan.base.signatures.operations import (
    install_seal,
    load_revocations,
    request_seal,
    trust_authority,
    words_to_sign,
)
from thongquan.config.cli import boot

UNREADABLE = 2
app = typer.Typer(no_args_is_help=True, help="Issuers of certificates that count here.")
Signer = Annotated[Path, typer.Option("--signer", help="File with certificate and private key (PEM).")]


def signer_of(path: Path | None) -> Callable[[bytes], str] | None:
    """What signs with this file; None without one. Ends the command when the file holds no certificate and key."""
    if path is None:
        return None
    try:
        pem = path.read_bytes()
        certificate = detached.read_certificate(pem)
        key = serialization.load_pem_private_key(pem, None)
    except (OSError, ValueError, TypeError) as error:
        typer.echo(f"{path}: certificate and unencrypted private key (PEM) expected ({error})", err=True)
        raise typer.Exit(UNREADABLE) from None
    if not isinstance(key, detached.PrivateKey):
        typer.echo(f"{path}: a key of this kind does not sign here", err=True)
        raise typer.Exit(UNREADABLE)
    return lambda body: detached.sign(body, key=key, certificate=certificate)


def sign(
    files: Annotated[list[Path], typer.Argument(help="Files to sign; FILE.jws is written beside each.")],
    signer: Signer,
) -> None:
    """Sign files with a certificate. Needs no database."""
    made = signer_of(signer)
    for path in files:
        if made is not None:
            target = path.with_name(path.name + ".jws")
            target.write_text(made(path.read_bytes()))
            typer.echo(target)


@app.command("proof")
def proof(code: Annotated[str, typer.Argument(help="Tax code of your organization.")], signer: Signer) -> None:
    """Sign what the page of certificates asks for when a certificate is registered. Needs no database."""
    made = signer_of(signer)
    if made is not None:
        typer.echo(made(words_to_sign(code)))


@app.command("trust")
def trust(file: Annotated[Path, typer.Argument(help="Certificate of an authority, PEM or DER.")]) -> None:
    """Let certificates of this authority count in this installation."""
    _told(lambda: trust_authority(actor=system_actor("command_line"), certificate=file.read_bytes(), at=now()))


@app.command("revocations")
def revocations(file: Annotated[Path, typer.Argument(help="List of revoked certificates, PEM or DER.")]) -> None:
    """Take over an authority's list of revoked certificates; says how many were new."""
    _told(lambda: load_revocations(actor=system_actor("command_line"), listed=file.read_bytes(), at=now()))


@app.command("request")
def request(office: Annotated[str, typer.Argument(help="Code of a customs office.")]) -> None:
    """Make a key an office signs its papers with, and print the request for its certificate (PEM)."""
    with boot.database():
        typer.echo(request_seal(actor=system_actor("command_line"), office=office).decode(), nl=False)


@app.command("install")
def install(
    office: Annotated[str, typer.Argument(help="Code of a customs office.")],
    file: Annotated[Path, typer.Argument(help="The certificate its authority gave, PEM or DER.")],
) -> None:
    """Let an office sign its papers with this certificate from now on."""
    actor = system_actor("command_line")
    _told(lambda: install_seal(actor=actor, office=office, certificate=file.read_bytes(), at=now()))


def _told(operation: Callable[[], int]) -> None:
    with boot.database():
        try:
            typer.echo(operation())
        except Refused as refused:
            for fault in told_faults(refused.faults):
                typer.echo(f"{fault['code']} {fault['message']}", err=True)
            raise typer.Exit(1) from None
