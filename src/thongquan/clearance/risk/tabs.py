"""The parts of the room that a reader may open, for the line of links on its pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.permissions import may, working_offices


@dataclass(frozen=True)
class Tab:
    """A part of the room; `is_here` marks the one shown."""

    url: str
    label: Promise
    is_here: bool


_PARTS: tuple[tuple[str, Promise, str], ...] = (
    ("risk:desk", _("Desk"), "risk.see"),
    ("risk:map", _("Map of risk"), "risk.see"),
    ("risk:relations", _("Relations"), "risk.see"),
    ("risk:cases", _("Cases of risk"), "risk.see"),
    ("risk:profiles", _("Risk profiles"), "risk.see"),
    ("risk:models", _("Models"), "risk.see"),
    ("risk:selection", _("Hours"), "risk.see"),
    ("risk:goods", _("Lists of risk goods"), "risk.see"),
    ("risk:compliance", _("Compliance"), ""),
    ("risk:fairness", _("Fairness"), "risk.fairness"),
)


def tabs_of(actor: Actor, here: str) -> list[Tab]:
    """The parts this person may open; none for those who have one alone."""
    found = [
        Tab(reverse(name), label, name == here)
        for name, label, permission in _PARTS
        if (may(actor, permission) if permission else working_offices(actor))
    ]
    return found if len(found) > 1 else []
