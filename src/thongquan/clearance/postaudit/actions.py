"""What audits add to the page of a declaration."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.actions import Action, Panel
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import Step
from thongquan.clearance.postaudit.labels import STATES
from thongquan.clearance.postaudit.permissions import may
from thongquan.clearance.postaudit.queries import audits_of_declaration
from thongquan.clearance.postaudit.states import OPEN


def may_open(actor: Actor, stand: Stand) -> bool:
    """Whether this person may open an audit now: none is open, and the second factor was given."""
    rows = audits_of_declaration(actor, stand.subject)
    return may(actor, "postaudit.audit", office=stand.office) and not any(row.state in OPEN for row in rows)


def audits_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The audits of the declaration that this person may read."""
    rows = audits_of_declaration(actor, stand.subject)
    return {"rows": [(row, STATES[row.state]) for row in rows]} if rows else None


ACTIONS = [Action(Step.OPEN_AUDIT, _("Open an audit"), "postaudit:open", icon="search", when=may_open)]
PANELS = [Panel("postaudit/_panel.html", audits_panel, place="aside")]
