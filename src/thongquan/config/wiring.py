"""What rooms must not know of each other is tied together here, once, at start-up."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.core import people
from thongquan.base.core.registry import registry
from thongquan.base.ledger.permissions import register_subject_scope
from thongquan.clearance.declarations.queries import declarations_in_scope
from thongquan.config.desks import DESKS, HOME_CARDS

registry.desks[:] = DESKS
registry.home_cards[:] = HOME_CARDS


def sees_declaration(actor: people.Actor, subject: str) -> bool:
    """Whether the actor may list this declaration, and so may have the proof of its events."""
    number = subject.partition(":")[2]
    return isinstance(actor, Actor) and declarations_in_scope(actor).filter(number=number).exists()


register_subject_scope("declaration", sees_declaration)
