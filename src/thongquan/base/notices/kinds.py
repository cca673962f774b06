"""The kinds of events that webhooks carry. `config` names them once: this room knows no other."""

from __future__ import annotations

from collections.abc import Mapping

TEST = "webhook.test"
_kinds: dict[str, object] = {}


def register_kinds(kinds: Mapping[str, object]) -> None:
    """Say which kinds there are, each with its label (a lazy translation), in the order they are offered."""
    _kinds.clear()
    _kinds.update(kinds)


def event_kinds() -> dict[str, object]:
    """The kinds with their labels."""
    return dict(_kinds)
