"""The card of an officer who was asked, on the home page; and the count on the desk of internal control."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.integrity.permissions import controlled_offices
from thongquan.clearance.integrity.queries.reading import count_open, own_questions
from thongquan.clearance.integrity.states import State


def asked(actor: object) -> dict[str, object] | None:
    """Questions of internal control that wait for this person's answer."""
    if not isinstance(actor, Actor):
        return None
    count = sum(one.state == State.ASKED for one in own_questions(actor))
    if not count:
        return None
    return {
        "title": _("Question of internal control"),
        "count": count,
        "text": _("It waits for your answer."),
        "url": reverse("integrity:questions"),
        "action": _("Answer"),
    }


def count_cases(actor: object) -> int | None:
    """Open cases of the actor's offices; None for everyone but internal control."""
    if not (isinstance(actor, Actor) and controlled_offices(actor)):
        return None
    return count_open(actor)


HOME_CARDS = [("web/_card.html", asked)]
