"""Two codes on the home page and in the rail: how many alarms wait."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.cases import count_requests
from thongquan.clearance.classification.queries.findings import count_open


def count_alarms(actor: object) -> int | None:
    """How many alarms wait for this officer."""
    if not isinstance(actor, Actor) or not offices_for(actor, "classification.judge"):
        return None
    return count_open(actor)


def waiting(actor: object) -> dict[str, object] | None:
    """How many alarms wait for an answer, for those who answer them."""
    count = count_alarms(actor)
    if not count:
        return None
    return {
        "title": _("Goods under two codes"),
        "count": count,
        "text": _("Lines of the same goods under different codes that wait for an answer."),
        "url": reverse("classification:workbench"),
        "action": _("Show"),
    }


def codes_asked(actor: object) -> dict[str, object] | None:
    """How many codes others asked for in cases, for those who rule on codes."""
    count = count_requests(actor) if isinstance(actor, Actor) else 0
    if not count:
        return None
    return {
        "title": _("Codes asked for"),
        "count": count,
        "text": _("Cases of two codes that wait for a code of yours, to be given and published."),
        "url": f"{reverse('classification:cases')}?state=waiting",
        "action": _("Show"),
    }


HOME_CARDS = [("web/_card.html", waiting), ("web/_card.html", codes_asked)]
