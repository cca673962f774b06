"""What shared pages need of rooms they must not know: each room's desks, registered by `config` at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

from thongquan.base.core.people import Actor

MAX_DESKS = 7


@dataclass(frozen=True)
class Desk:
    """An entry of the left rail: where it leads, who has it, and its live count (a number, or None for no count).

    `label` is a lazy translation. `roles` empty means everyone signed in; `count` gets the actor.
    """

    key: str
    label: object
    url_name: str
    icon: str = ""
    roles: frozenset[str] = frozenset()
    count: Callable[[object], int | None] | None = None


@dataclass
class Registry:
    """Filled once at start-up, read by shared pages."""

    desks: list[Desk] = field(default_factory=list)
    home_cards: list[tuple[str, Callable[[object], dict[str, object] | None]]] = field(default_factory=list)
    top_parts: list[tuple[str, Callable[[object], dict[str, object] | None]]] = field(default_factory=list)
    """Parts of the top bar: a template, which gets `part`, and what makes it of the actor (None: not shown)."""
    heartbeats: list[Callable[[HttpRequest, Actor], dict[str, str] | None]] = field(default_factory=list)
    """Address and work of the heartbeat that a page sends for this person (`url`, `work`), or None."""

    def desks_of(self, roles: frozenset[str]) -> list[Desk]:
        """Desks a person with these roles has, in order, never more than seven."""
        return [desk for desk in self.desks if not desk.roles or desk.roles & roles][:MAX_DESKS]


registry = Registry()
