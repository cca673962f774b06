"""The card of the law desk on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.lawdesk.permissions import may
from thongquan.clearance.lawdesk.queries import count_waiting


def waiting(actor: object) -> dict[str, object] | None:
    """Workbaskets that wait for this person's approval."""
    count = count_of(actor)
    if not count:
        return None
    return {
        "title": _("Changes of law"),
        "count": count,
        "text": _("Workbaskets that wait for your approval."),
        "url": reverse("lawdesk:list") + "?state=proposed",
        "action": _("Show"),
    }


def count_of(actor: object) -> int | None:
    """How many wait; None for those who approve nothing."""
    return count_waiting(actor) if isinstance(actor, Actor) and may(actor, "lawdesk.approve") else None


def sees(actor: object) -> bool:
    """Whether the pages of law lead this person here."""
    return isinstance(actor, Actor) and may(actor, "lawdesk.see")


HOME_CARDS = [("web/_card.html", waiting)]
