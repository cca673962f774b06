"""What a person may do now with a declaration, and what other rooms show on its page.

Each room lists its actions and panels; `config` puts them together at start-up. An action is shown when the table of
steps opens it in the present state and the actor has its permission: the page asks nothing that the operation refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.declarations.states import STEPS, State, Step


@dataclass(frozen=True)
class Action:
    """A button. `url_name` takes the number; `posts` sends at once, without a page between.

    `when` narrows what the table allows (asked last, may read); `primary` is given to at most one shown action, the
    first in order that wants it. `hint` is told beside a button that posts.
    """

    step: Step
    label: Promise
    url_name: str
    icon: str = ""
    posts: bool = False
    danger: bool = False
    primary: bool = False
    hint: Promise | str = ""
    when: Callable[[Actor, Stand], bool] | None = None


@dataclass(frozen=True)
class Panel:
    """A part of the page: its template gets what `context` gives, as `panel`, or nothing is shown for None."""

    template: str
    context: Callable[[Actor, Stand], dict[str, Any] | None]
    place: Literal["before", "content", "aside"] = "content"


@dataclass(frozen=True)
class Button:
    """An action as the page shows it."""

    label: Promise
    url: str
    icon: str
    posts: bool
    hint: Promise | str
    look: str


@dataclass
class Page:
    """The parts of the declaration page, filled once at start-up in the order they are shown."""

    actions: list[Action] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)


declaration_page = Page()


def is_open(action: Action, actor: Actor, stand: Stand) -> bool:
    """Whether the state allows the action and the actor may take it."""
    rule = STEPS[action.step]
    if State(stand.state) not in rule.moves:
        return False
    if not may(actor, rule.who, office=stand.office, tax_code=stand.tax_code):
        return False
    return action.when is None or action.when(actor, stand)


def buttons_for(actor: Actor, stand: Stand) -> list[Button]:
    """The buttons of this person now, in order; the primary one comes first, what ends a declaration last."""
    shown = [action for action in declaration_page.actions if is_open(action, actor, stand)]
    first = next((action for action in shown if action.primary), None)
    ordered = sorted(shown, key=lambda action: (action is not first, action.danger))
    return [_button(action, stand, is_first=action is first) for action in ordered]


def _button(action: Action, stand: Stand, *, is_first: bool) -> Button:
    look = "btn-primary" if is_first else "btn-danger" if action.danger else "btn-outline"
    url = reverse(action.url_name, args=[stand.number])
    return Button(action.label, url, action.icon, action.posts, action.hint, look)


def panels_for(actor: Actor, stand: Stand) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Template and context of each panel by its place."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {"before": [], "content": [], "aside": []}
    for place, template, context in _filled(actor, stand):
        found[place].append((template, context))
    return found


def _filled(actor: Actor, stand: Stand) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for panel in declaration_page.panels:
        context = panel.context(actor, stand)
        if context is not None:
            yield panel.place, panel.template, context
