"""The card of consultations on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.valuation.permissions import offices_for
from thongquan.clearance.valuation.queries.consultations import count_waiting


def waiting(actor: object) -> dict[str, object] | None:
    """Consultations under way for officers, those with a question for traders."""
    if not isinstance(actor, Actor) or not (is_trader(actor) or offices_for(actor, "valuation.see")):
        return None
    count = count_waiting(actor)
    if not count:
        return None
    text = _("Consultations with a question to you.") if is_trader(actor) else _("Consultations under way.")
    return {
        "title": _("Customs value"),
        "count": count,
        "text": text,
        "url": reverse("valuation:list"),
        "action": _("Show"),
    }


HOME_CARDS = [("web/_card.html", waiting)]
