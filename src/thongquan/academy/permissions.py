"""Who trains where: officers who check, at their own offices, in the practice realm and nowhere else."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.realm import realm_name

TRAINED = ("clearance_officer", "team_leader")
PRACTICE = "practice"


def training_offices(actor: Actor) -> list[str]:
    """The offices whose cases the actor may be given, in order; none for programs or without the second factor."""
    if not actor.is_authenticated or not actor.mfa or actor.scopes is not None:
        return []
    return sorted({code for role, code in actor.holdings if role in TRAINED} - actor.regions)


def check_may_train(actor: Actor) -> list[str]:
    """`academy.train`. Raises `NotAllowed` for others, `NotFound` outside a practice realm: there is no such room."""
    if realm_name() != PRACTICE:
        raise NotFound("academy")
    offices = training_offices(actor)
    if not offices:
        raise NotAllowed("academy.train")
    return offices


def check_practice_realm() -> None:
    """Raises `NotAllowed` outside a practice realm: invented trade never meets real trade."""
    if realm_name() != PRACTICE:
        raise NotAllowed("realm")
