"""The card of violations on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.violations.permissions import working_offices
from thongquan.clearance.violations.queries import count_waiting


def waiting(actor: object) -> dict[str, object] | None:
    """How many cases wait for a proposal or a decision, for those who work on them."""
    if not isinstance(actor, Actor) or not working_offices(actor):
        return None
    count = count_waiting(actor)
    if not count:
        return None
    text = _("Cases that wait for a proposal or a decision.")
    link = {"url": reverse("violations:list"), "action": _("Show")}
    return {"title": _("Violations"), "count": count, "text": text, **link}


HOME_CARDS = [("web/_card.html", waiting)]
