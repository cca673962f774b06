"""What control offers on the declaration page for checks, and the panel that says which are due."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.control.labels import KINDS, OUTCOMES
from thongquan.clearance.control.permissions import READERS
from thongquan.clearance.control.queries.checks import documents_outcome
from thongquan.clearance.control.queries.due import due_of, law_day
from thongquan.clearance.control.queries.inspections import act_under_way, findings_of, goods_outcome
from thongquan.clearance.control.queries.samples import open_samples, specialized_of
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.tariff.queries.controls import exemption_name
from thongquan.rules.controls import Exemption


def _documents_wait(actor: Actor, stand: Stand) -> bool:
    return not documents_outcome(stand.key, stand.version) and due_of(stand).documents


def _goods_wait(actor: Actor, stand: Stand) -> bool:
    return not act_under_way(stand.key) and not goods_outcome(stand.key) and due_of(stand).goods


def _act_is_open(actor: Actor, stand: Stand) -> bool:
    return act_under_way(stand.key)


ACTIONS = [
    Action(
        Step.DOCUMENTS_CHECKED,
        _("Check the documents"),
        "control:documents",
        icon="list",
        primary=True,
        when=_documents_wait,
    ),
    Action(
        Step.ASSIGN_INSPECTION,
        _("Inspect the goods"),
        "control:inspection",
        icon="truck",
        primary=True,
        when=_goods_wait,
    ),
    Action(
        Step.GOODS_INSPECTED,
        _("Act of inspection"),
        "control:inspection",
        icon="truck",
        primary=True,
        when=_act_is_open,
    ),
    Action(Step.REQUEST_SPECIALIZED, _("Specialized inspection"), "control:specialized", icon="shield"),
]


def checks_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """Which checks are due and by which article not, and what came of them; for officers of the office."""
    if not any(actor.holds(role, stand.office) for role in READERS):
        return None
    due = due_of(stand)
    return {
        "number": stand.number,
        "due": due,
        "waived": [_told(one, stand) for one in due.waived],
        "overruled": [_told(one, stand) for one in due.overruled],
        "first": [_told(one, stand) for one in due.first],
        "documents": OUTCOMES.get(documents_outcome(stand.key, stand.version)),
        "goods": OUTCOMES.get(goods_outcome(stand.key)),
        "is_under_way": act_under_way(stand.key),
        "findings": [(KINDS[one.kind], one) for one in findings_of(stand.key)],
        "samples": open_samples(stand.key),
        "specialized": specialized_of(stand.key),
    }


def _told(one: Exemption, stand: Stand) -> tuple[str, Exemption]:
    return exemption_name(one.by, one.key, law_day(stand), get_language() or "vi"), one


PANELS = [Panel("control/_checks_panel.html", checks_panel, place="aside")]
