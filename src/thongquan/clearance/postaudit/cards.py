"""The card of audits on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.postaudit.permissions import offices_for
from thongquan.clearance.postaudit.queries import count_open


def waiting(actor: object) -> dict[str, object] | None:
    """Audits that wait for this person: for officers those under way, for traders those with a request to answer."""
    if not isinstance(actor, Actor) or not (is_trader(actor) or offices_for(actor, "postaudit.see")):
        return None
    count = count_open(actor)
    if not count:
        return None
    text = _("Audits with a request to answer.") if is_trader(actor) else _("Audits that wait for your office.")
    return {
        "title": _("Audit after clearance"),
        "count": count,
        "text": text,
        "url": reverse("postaudit:list"),
        "action": _("Show"),
    }


HOME_CARDS = [("web/_card.html", waiting)]
