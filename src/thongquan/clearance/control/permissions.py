"""Who may read and do what in control. Steps carry their own permission (`declarations.permissions`)."""

from __future__ import annotations

from thongquan.base.accounts.permissions import LODGE_SCOPE, is_program
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.permissions import check_may
from thongquan.clearance.declarations.queries import Stand

INSPECTORS = ("clearance_officer", "team_leader")
"""Roles that check documents and goods."""
READERS = (*INSPECTORS, "gate_officer", "director", "risk_analyst", "auditor", "internal_control")


def check_may_read(actor: Actor, stand: Stand) -> None:
    """`control.read`: officers of the office. Raises `NotAllowed` for a trader, who reads the story instead."""
    if not any(actor.holds(role, stand.office) for role in READERS):
        raise NotAllowed("control.read")


def check_may_control(actor: Actor, permission: str, stand: Stand) -> None:
    """A permission of the table of steps, for a person or for a program that may write.

    Raises `NotFound` for those who may not even see the declaration, `NotAllowed` for those who may not do it.
    """
    check_may(actor, permission, office=stand.office, tax_code=stand.tax_code)
    if not actor.allows(LODGE_SCOPE):
        raise NotAllowed(permission)


def inspector_offices(actor: Actor) -> frozenset[str]:
    """The offices whose documents and goods the actor checks."""
    return frozenset(code for role, code in actor.holdings if role in INSPECTORS)


def led_offices(actor: Actor) -> frozenset[str]:
    """The offices whose duty roster the actor keeps: a team leader's own."""
    return frozenset(code for role, code in actor.holdings if role == "team_leader")


def check_may_keep_roster(actor: Actor, office: str) -> None:
    """`control.roster`: the team leader of the office, or a program working for it. Raises `NotAllowed`."""
    keeps = office in (actor.offices if is_program(actor) else led_offices(actor))
    if not keeps or not actor.allows(LODGE_SCOPE):
        raise NotAllowed("control.roster")


GATEKEEPERS = ("gate_officer", "clearance_officer", "team_leader")
"""Roles that let vehicles out."""


def gate_offices(actor: Actor) -> frozenset[str]:
    """The offices at whose gates the actor lets vehicles out."""
    return frozenset(code for role, code in actor.holdings if role in GATEKEEPERS)


def check_may_let_out(actor: Actor, office: str) -> None:
    """`control.exit` at a gate of this office, through a door that may write. Raises `NotAllowed`."""
    if office not in gate_offices(actor) or not actor.allows(LODGE_SCOPE):
        raise NotAllowed("control.exit")


def overseen_offices(actor: Actor) -> frozenset[str]:
    """The offices whose lowered channels the actor reads: internal control, directors and auditors."""
    return frozenset(code for role, code in actor.holdings if role in OVERSEERS)


OVERSEERS = ("internal_control", "director", "auditor")
