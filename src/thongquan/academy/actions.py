"""What the exercise room adds to the page of a declaration and to the home page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongquan.academy.operations.exercising import DECISIONS
from thongquan.academy.permissions import PRACTICE, training_offices
from thongquan.academy.queries import Line, open_exercise_of, specimens_at, turn_on
from thongquan.academy.words import DECISIONS as WORDS
from thongquan.academy.words import ERRORS, MECHANISMS
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.realm import realm_name
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.queries import Stand


def case_panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The case that the actor has about this declaration: the question, and once decided what crossed."""
    if not training_offices(actor) or realm_name() != PRACTICE:
        return None
    turn = turn_on(actor, stand.number)
    if turn is None:
        return None
    choices = [(key, WORDS[key]) for key in DECISIONS]
    lines = [(line, _why(line)) for line in turn.lines]
    return {"turn": turn, "choices": choices, "lines": lines, "decided": WORDS.get(turn.decision, "")}


def _why(line: Line) -> Promise | str:
    """How what crossed came to differ."""
    if line.crossed is None:
        return ""
    crossed = line.crossed
    return MECHANISMS.get(crossed.mechanism, crossed.mechanism) if crossed.fraud else ERRORS.get(crossed.error, "")


def room_card(actor: object) -> dict[str, object] | None:
    """The way into the room, where there are cases to judge."""
    if not isinstance(actor, Actor) or not training_offices(actor) or realm_name() != PRACTICE:
        return None
    if not specimens_at(actor):
        return None
    under_way = open_exercise_of(actor)
    left = under_way.cases - under_way.score.cases if under_way else 0
    return {
        "title": _("Exercise room"),
        "count": left or None,
        "text": _("Cases of your exercise that wait for you.")
        if left
        else _("Judge invented cases and see the truth."),
        "url": reverse("academy:room"),
        "action": _("Go on") if left else _("Show"),
    }


PANELS = [Panel("academy/_case.html", case_panel, place="before")]
HOME_CARDS = [("web/_card.html", room_card)]
