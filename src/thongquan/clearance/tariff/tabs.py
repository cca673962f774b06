"""Tabs that rooms above add to the pages of law; `config` fills the list at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """A tab: its words (a lazy translation), where it leads, and for whom it is."""

    label: object
    url_name: str
    when: Callable[[object], bool]


more_tabs: list[Tab] = []
