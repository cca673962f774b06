"""Cards of the home page and counts of desks: mentions and questions."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.clearance.casework.permissions import answered_offices, colleague_offices
from thongquan.clearance.casework.queries.notes import count_mentions
from thongquan.clearance.casework.queries.questions import (
    count_answered,
    count_late,
    count_own_waiting,
    count_to_answer,
    has_any,
)
from thongquan.clearance.casework.queries.signing import count_waiting


def mentions(actor: object) -> dict[str, object] | None:
    """Notes that name this officer."""
    if not isinstance(actor, Actor) or not colleague_offices(actor):
        return None
    count = count_mentions(actor)
    if not count:
        return None
    return {
        "title": _("Notes that name you"),
        "count": count,
        "text": _("Colleagues wait for you to look at them."),
        "url": reverse("casework:mentions"),
        "action": _("Read them"),
    }


def to_answer(actor: object) -> dict[str, object] | None:
    """Questions that wait for the office, and among them this officer's own."""
    if not isinstance(actor, Actor) or not answered_offices(actor):
        return None
    count = count_to_answer(actor)
    if not count:
        return None
    late, own = count_late(actor, now()), count_own_waiting(actor)
    words = [ngettext("%(n)s of them overdue.", "%(n)s of them overdue.", late) % {"n": late}] if late else []
    if own:
        words.append(ngettext("%(n)s that you answered before.", "%(n)s that you answered before.", own) % {"n": own})
    return {
        "title": _("Questions to the office"),
        "count": count,
        "text": " ".join(words) or _("They wait for an answer."),
        "url": reverse("casework:questions"),
        "action": _("Answer"),
    }


def answers(actor: object) -> dict[str, object] | None:
    """Answers that wait for the trader."""
    if not isinstance(actor, Actor) or not is_trader(actor) or not has_any(actor):
        return None
    count = count_answered(actor)
    return {
        "title": _("Questions to the office"),
        "count": count,
        "text": _("Answers that wait for you.") if count else _("No answer waits for you."),
        "url": reverse("casework:questions") + ("?state=answered" if count else ""),
        "action": _("Read them") if count else _("Show"),
    }


def count_questions(actor: object) -> int | None:
    """The live count beside the desk of questions."""
    return (count_to_answer(actor) or None) if isinstance(actor, Actor) else None


def count_signatures(actor: object) -> int | None:
    """The live count beside the team's desk: proposals that wait for a second person at the offices led."""
    if not isinstance(actor, Actor):
        return None
    return count_waiting(actor) or None


HOME_CARDS = [("web/_card.html", to_answer), ("web/_card.html", mentions), ("web/_card.html", answers)]
