"""The card of risk on the home page: how the own enterprise stands."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.risk.labels import LEVELS
from thongquan.clearance.risk.queries.compliance import own_standing
from thongquan.clearance.risk.queries.profiles import count_waiting
from thongquan.clearance.risk.queries.versions import count_models_waiting


def compliance(actor: object) -> dict[str, object] | None:
    """The compliance level of the own enterprise, with the way to why."""
    standing = own_standing(actor) if isinstance(actor, Actor) else None
    if standing is None:
        return None
    text = _("Level: %(level)s. See why, and what would raise it.") % {"level": LEVELS[standing.level]}
    link = {"url": reverse("risk:enterprise", args=[standing.enterprise]), "action": _("Show")}
    return {"title": _("Compliance"), "count": standing.level, "text": text, **link}


def count_profiles(actor: object) -> int | None:
    """How many profiles and models wait for a decision, and alarms of models; None for those who decide none."""
    if not isinstance(actor, Actor):
        return None
    waiting = [one for one in (count_waiting(actor), count_models_waiting(actor)) if one is not None]
    return sum(waiting) if waiting else None


HOME_CARDS = [("web/_card.html", compliance)]
