"""What control offers on the declaration page for the way out: channel, conditions, preservation, slips."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.actions.conditions import linked
from thongquan.clearance.control.queries.channels import proposal_waits
from thongquan.clearance.control.queries.missing import told_conditions
from thongquan.clearance.control.queries.preservations import request_waits
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import State, Step

OPEN = frozenset({State.CHANNELED, State.INSTRUCTED, State.SETTLED, State.RELEASED, State.PRESERVED})
LEAVING = frozenset({State.RELEASED, State.CLEARED, State.EXITED})


def _is_not_gone(actor: Actor, stand: Stand) -> bool:
    return stand.state != State.EXITED


def _can_go_up(actor: Actor, stand: Stand) -> bool:
    return stand.channel < 3


def _can_go_down(actor: Actor, stand: Stand) -> bool:
    return stand.channel > 1


def _proposal_waits(actor: Actor, stand: Stand) -> bool:
    return proposal_waits(stand.key)


def _request_waits(actor: Actor, stand: Stand) -> bool:
    return request_waits(stand.key)


def _nothing_waits(actor: Actor, stand: Stand) -> bool:
    return not request_waits(stand.key)


ACTIONS = [
    Action(Step.EXIT, _("Exit slips"), "control:slips", icon="out", primary=True),
    Action(Step.CLEAR, _("Release or clear"), "control:release", icon="shield", primary=True, when=_is_not_gone),
    Action(Step.LOWER_CHANNEL, _("Sign the lower channel"), "control:channel", icon="pencil", when=_proposal_waits),
    Action(Step.RAISE_CHANNEL, _("Raise the channel"), "control:channel", icon="scale", when=_can_go_up),
    Action(Step.PROPOSE_LOWER_CHANNEL, _("Propose a lower channel"), "control:channel", when=_can_go_down),
    Action(Step.PRESERVE, _("Answer on preservation"), "control:preservation", primary=True, when=_request_waits),
    Action(Step.REQUEST_PRESERVATION, _("Ask for preservation"), "control:preservation", when=_nothing_waits),
    Action(Step.PRESERVED_ARRIVAL, _("Preserved goods"), "control:preservation", icon="inbox"),
]


def conditions_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """What clearance still waits for and who does it, until the goods are cleared."""
    if stand.state not in OPEN:
        return None
    told = linked(told_conditions(actor, stand, "clear"), stand)
    return {"conditions": told, "missing": sum(not one.met for one, _url in told), "number": stand.number}


def slips_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The way to the slips once goods may leave."""
    return {"number": stand.number} if stand.state in LEAVING else None


PANELS = [
    Panel("control/_conditions_panel.html", conditions_panel, place="aside"),
    Panel("control/_slips_panel.html", slips_panel, place="aside"),
]
