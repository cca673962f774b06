"""What the low rooms know of the one who acts. Accounts stands above them and brings the real thing at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest


class Actor(Protocol):
    """The shape of an actor: `reference` is typed (`user:12`); offices are codes, enterprises tax codes."""

    @property
    def reference(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def offices(self) -> frozenset[str]: ...
    @property
    def enterprises(self) -> frozenset[str]: ...
    @property
    def is_authenticated(self) -> bool: ...
    @property
    def mfa(self) -> bool: ...


@dataclass(frozen=True)
class Nobody:
    """Someone who is not signed in."""

    reference: str = "anonymous"
    roles: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    enterprises: frozenset[str] = frozenset()
    is_authenticated: bool = False
    mfa: bool = False


Resolver = Callable[[HttpRequest], Actor]
_resolvers: list[Resolver] = []


def resolve_actors_by(resolver: Resolver) -> None:
    """Register who answers `actor_behind`; the last one registered counts. Called once, at start-up."""
    _resolvers[:] = [resolver]


def actor_behind(request: HttpRequest) -> Actor:
    """The actor of a request; nobody when no room that knows people was registered."""
    return _resolvers[-1](request) if _resolvers else Nobody()
