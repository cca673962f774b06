"""The left rail: which desks there are, in order, and who has them."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from thongquan.academy import actions as academy
from thongquan.base.core.registry import Desk
from thongquan.clearance.casework import cards as casework
from thongquan.clearance.casework.actions import PANELS as CASEWORK_PANELS
from thongquan.clearance.casework.todo import TODO_SOURCES as CASEWORK_TODO
from thongquan.clearance.classification import two_code_cards as two_codes
from thongquan.clearance.control.actions import ACTIONS as CONTROL_ACTIONS
from thongquan.clearance.control.actions import PANELS as CONTROL_PANELS
from thongquan.clearance.control.cards import count_checks
from thongquan.clearance.declarations import cards, panels
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.declarations.todo import Source
from thongquan.clearance.declarations.todo_sources import TODO_SOURCES as DECLARATIONS_TODO
from thongquan.clearance.express import cards as express
from thongquan.clearance.integrity import cards as integrity
from thongquan.clearance.lawdesk import cards as lawdesk
from thongquan.clearance.origin import cards as origin
from thongquan.clearance.postaudit import actions as audits
from thongquan.clearance.postaudit import cards as audit_cards
from thongquan.clearance.postaudit.todo import TODO_SOURCES as AUDITS_TODO
from thongquan.clearance.residents import cards as residents
from thongquan.clearance.residents.actions import PANELS as RESIDENT_PANELS
from thongquan.clearance.revenue.cards import count_money
from thongquan.clearance.risk import cards as risk
from thongquan.clearance.risk import panels as risk_panels
from thongquan.clearance.risk import score_panel
from thongquan.clearance.tariff.tabs import Tab
from thongquan.clearance.valuation import actions as valuation
from thongquan.clearance.valuation import cards as valuation_cards
from thongquan.clearance.valuation.todo import TODO_SOURCES as VALUATION_TODO
from thongquan.clearance.violations import cards as violations
from thongquan.config import exports, money, penalties
from thongquan.config.attachments import files_panel
from thongquan.config.origin_todo import TODO_SOURCES as ORIGIN_TODO
from thongquan.insight.public import panels as public

OVERSEERS = frozenset({"auditor", "internal_control", "director", "administrator"})
CLEARING = frozenset({"clearance_officer", "gate_officer", "team_leader", "risk_analyst", "director", "auditor"})
CHANNEL_READERS = frozenset({"internal_control", "director", "auditor"})
LEADERS = frozenset({"team_leader", "director"})
TRADERS = frozenset({"declarant", "broker"})
MONEY = TRADERS | {"clearance_officer", "team_leader", "director"}

DESKS = [
    Desk("home", _("Home"), "home", icon="home"),
    Desk("today", _("To do"), "today", icon="clock", roles=TRADERS),
    Desk("lodge", _("New declaration"), "declarations:new", icon="plus", roles=TRADERS),
    Desk("drafts", _("Drafts"), "declarations:drafts", icon="pencil", roles=TRADERS, count=cards.count_drafts),
    Desk(
        "declarations",
        _("Declarations"),
        "declarations:list",
        icon="list",
        roles=CLEARING | TRADERS,
        count=cards.count_waiting,
    ),
    Desk(
        "control",
        _("Checks"),
        "control:worklists",
        icon="search",
        roles=frozenset({"clearance_officer", "team_leader"}),
        count=count_checks,
    ),
    Desk("gate", _("Gate"), "control:gate", icon="gate", roles=frozenset({"gate_officer", "team_leader"})),
    Desk(
        "residents",
        _("Residents"),
        "residents:desk",
        icon="truck",
        roles=frozenset({"gate_officer", "clearance_officer", "team_leader"}),
        count=residents.count_residents,
    ),
    Desk(
        "questions",
        _("Questions"),
        "casework:questions",
        icon="inbox",
        roles=frozenset({"clearance_officer"}),
        count=casework.count_questions,
    ),
    Desk("team", _("Team"), "casework:team", icon="users", roles=LEADERS, count=casework.count_signatures),
    Desk(
        "risk",
        _("Risk"),
        "risk:desk",
        icon="shield",
        roles=frozenset({"risk_analyst", "director"}),
        count=risk.count_profiles,
    ),
    Desk("lowered", _("Lowered channels"), "control:lowered", icon="scale", roles=CHANNEL_READERS),
    Desk(
        "integrity",
        _("Integrity"),
        "integrity:desk",
        icon="shield",
        roles=frozenset({"internal_control"}),
        count=integrity.count_cases,
    ),
    Desk("money", _("Money"), "revenue:owing", icon="chart", roles=MONEY, count=count_money),
    Desk("audits", _("Audits"), "postaudit:list", icon="search", roles=frozenset({"auditor"})),
    Desk("law", _("Law"), "tariff:explorer", icon="book"),
    Desk(
        "lawdesk",
        _("Workbaskets"),
        "lawdesk:list",
        icon="pencil",
        roles=frozenset({"law_officer"}),
        count=lawdesk.count_of,
    ),
    Desk("ledger", _("Ledger"), "ledger:list", icon="shield", roles=OVERSEERS),
    Desk("people", _("People"), "accounts:people", icon="users", roles=frozenset({"administrator"})),
]
HOME_CARDS: list[tuple[str, Callable[[object], dict[str, object] | None]]] = [
    *cards.HOME_CARDS,
    *casework.HOME_CARDS,
    *violations.HOME_CARDS,
    *express.HOME_CARDS,
    *residents.HOME_CARDS,
    *risk.HOME_CARDS,
    *origin.HOME_CARDS,
    *two_codes.HOME_CARDS,
    *integrity.HOME_CARDS,
    *valuation_cards.HOME_CARDS,
    *audit_cards.HOME_CARDS,
    *lawdesk.HOME_CARDS,
    *academy.HOME_CARDS,
]
LAW_TABS = [Tab(_("Workbaskets"), "lawdesk:list", when=lawdesk.sees)]
"""What rooms add to the pages of law."""
TODO_SOURCES: list[Source] = [*DECLARATIONS_TODO, *CASEWORK_TODO, *VALUATION_TODO, *AUDITS_TODO, *ORIGIN_TODO]
"""What waits for a declarant, room by room."""
DECLARATION_ACTIONS: list[Action] = [*panels.ACTIONS, *CONTROL_ACTIONS, *audits.ACTIONS]
"""Buttons of the declaration page in the order of the work; each room lists its own."""
DECLARATION_PANELS: list[Panel] = [
    *academy.PANELS,
    *panels.PANELS,
    *CASEWORK_PANELS,
    *CONTROL_PANELS,
    *RESIDENT_PANELS,
    Panel("revenue/_panel.html", money.panel, place="aside"),
    Panel("violations/_panel.html", penalties.panel, place="aside"),
    Panel("risk/_score.html", lambda actor, stand: score_panel.said(actor, stand.number, stand.office), place="aside"),
    Panel("risk/_panel.html", lambda actor, stand: risk_panels.asked(actor, stand.number, stand.office), place="aside"),
    Panel("origin/_outbound_panel.html", exports.panel, place="aside"),
    *valuation.PANELS,
    *audits.PANELS,
    Panel("attachments/_panel.html", files_panel),
    *public.PANELS,
]
"""What rooms show on the declaration page, in order."""
