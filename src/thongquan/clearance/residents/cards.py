"""The count of the residents' desk, and the merchant's card on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.residents.queries.forms import count_under_way
from thongquan.clearance.residents.queries.gathering import count_open


def count_residents(actor: object) -> int | None:
    """Forms that wait for something at the counters of the actor's offices."""
    return count_under_way(actor) if isinstance(actor, Actor) else None


def lists_to_declare(actor: object) -> dict[str, object] | None:
    """Collection lists that a merchant opened and has not declared."""
    if not isinstance(actor, Actor) or not is_trader(actor):
        return None
    count = count_open(actor)
    if not count:
        return None
    return {
        "title": _("Collection lists"),
        "count": count,
        "text": _("Goods of border residents to declare within their days."),
        "url": reverse("residents:collections"),
        "action": _("Show"),
    }


HOME_CARDS = [("web/_card.html", lists_to_declare)]
