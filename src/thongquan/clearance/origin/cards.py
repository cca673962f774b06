"""The card of certificates on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.origin.queries import count_waiting


def waiting(actor: object) -> dict[str, object] | None:
    """How many certificates wait for a check, for those who check them."""
    count = count_waiting(actor) if isinstance(actor, Actor) else 0
    if not count:
        return None
    return {
        "title": _("Certificates of origin"),
        "count": count,
        "text": _("Certificates that wait for a check and a decision."),
        "url": reverse("origin:list"),
        "action": _("Show"),
    }


HOME_CARDS = [("web/_card.html", waiting)]
