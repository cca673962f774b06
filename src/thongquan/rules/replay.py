"""Decide again from stored facts, under the rules of the release that decided first.

Legal basis: Customs Law 54/2014/QH13 Art. 17 (decisions of the system are on record); see `encoding`.

A later release adds its own entry point here and leaves the older ones as they are; what the law changes is chosen by
date within a release, so a new entry is needed only for a named correction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from thongquan.rules.clearance import Settled, concluded, decide, settled_by
from thongquan.rules.decision import Decision
from thongquan.rules.encoding import decoded_facts
from thongquan.rules.facts import Facts


class Stages(NamedTuple):
    """A release that decides in two stages, both within `money.exact`: what channel and fee rest on, then these."""

    settled_by: Callable[[Facts], Settled | Decision]
    concluded: Callable[[Facts, Settled], Decision]


RELEASES: dict[str, Callable[[Facts], Decision]] = {"2026.11": decide}
STAGES: dict[str, Stages] = {"2026.11": Stages(settled_by, concluded)}


class UnknownReleaseError(LookupError):
    """The facts name a release of the rules that this program does not hold."""


def replay(data: bytes) -> Decision:
    """Decide stored facts again; raises `UnknownReleaseError`, or `msgspec.DecodeError` on other bytes."""
    facts = decoded_facts(data)
    rules = RELEASES.get(facts.rules_release)
    if rules is None:
        raise UnknownReleaseError(facts.rules_release)
    return rules(facts)
