"""What rooms must not know of each other is tied together here, once, at start-up."""

from __future__ import annotations

from thongquan.base.accounts.queries import Actor
from thongquan.base.core import people
from thongquan.base.core.registry import registry
from thongquan.base.ledger.permissions import register_subject_scope
from thongquan.clearance.declarations.actions import declaration_page
from thongquan.clearance.declarations.queries import may_see_subject
from thongquan.config.desks import DECLARATION_ACTIONS, DECLARATION_PANELS, DESKS, HOME_CARDS

registry.desks[:] = DESKS
registry.home_cards[:] = HOME_CARDS
declaration_page.actions[:] = DECLARATION_ACTIONS
declaration_page.panels[:] = DECLARATION_PANELS


def sees_declaration(actor: people.Actor, subject: str) -> bool:
    """Whether the actor may list this declaration, and so may have the proof of its events."""
    return isinstance(actor, Actor) and may_see_subject(actor, subject)


register_subject_scope("declaration", sees_declaration)
