"""The left rail: which desks there are, in order, and who has them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from thongquan.base.core.registry import Desk
from thongquan.clearance.declarations import cards
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.violations import cards as violations
from thongquan.config.attachments import files_panel

OVERSEERS = frozenset({"auditor", "internal_control", "director", "administrator"})
CLEARING = frozenset({"clearance_officer", "gate_officer", "team_leader", "risk_analyst", "director", "auditor"})
TRADERS = frozenset({"declarant", "broker"})

DESKS = [
    Desk("home", _("Home"), "home", icon="home"),
    Desk("lodge", _("New declaration"), "declarations:new", icon="plus", roles=TRADERS),
    Desk("drafts", _("Drafts"), "declarations:drafts", icon="pencil", roles=TRADERS, count=cards.count_drafts),
    Desk(
        "declarations",
        _("Declarations"),
        "declarations:list",
        icon="list",
        roles=CLEARING | TRADERS,
        count=cards.count_today,
    ),
    Desk("law", _("Law"), "tariff:explorer", icon="book"),
    Desk("ledger", _("Ledger"), "ledger:list", icon="shield", roles=OVERSEERS),
    Desk("people", _("People"), "accounts:people", icon="users", roles=frozenset({"administrator"})),
]
HOME_CARDS: list[tuple[str, Callable[[object], dict[str, object] | None]]] = [*cards.HOME_CARDS, *violations.HOME_CARDS]
DECLARATION_ACTIONS: list[Action] = []
"""Buttons of the declaration page in the order of the work; each room lists its own."""
DECLARATION_PANELS: list[Panel] = [Panel("attachments/_panel.html", files_panel)]
"""What rooms show on the declaration page, in order."""
