"""What certificates of origin did for the lines of a declaration: a panel of its page."""

from __future__ import annotations

from typing import Any

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.queries import Stand, declaration_file


def outcomes(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The outcome of each line under a registered certificate, and the lines whose certificate is not registered."""
    kept = declaration_file(actor=actor, number=stand.number)
    told = {one.line for one in kept.decision.origin}
    named = {line.number: line.certificate.number for line in kept.document.lines if line.certificate and line.schedule}
    missing = [(number, name) for number, name in named.items() if number not in told]
    if stand.flow != "import" or not (told or missing):
        return None
    return {"rows": kept.decision.origin, "missing": missing}


PANEL = Panel("declarations/_preference.html", outcomes)
