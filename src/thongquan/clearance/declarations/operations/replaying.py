"""Replay: the stored facts decide again, and the bytes are compared."""

from __future__ import annotations

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.permissions import audience_of
from thongquan.clearance.declarations.queries import stored_facts
from thongquan.rules.clearance import redacted
from thongquan.rules.decision import Decision
from thongquan.rules.encoding import encoded
from thongquan.rules.replay import replay


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """Result of a replay: whether the bytes are equal, under which rules and law, and the decision now reached."""

    number: str
    equal: bool
    rules_release: str
    law_version: str
    schema: int
    decision: Decision


def replay_declaration(*, actor: Actor, number: str) -> Replayed:
    """Decide again from the stored facts. Changes nothing. Raises `NotFound` outside the actor's scope."""
    facts, facts_bytes, stored = stored_facts(actor=actor, number=number)
    again = replay(facts_bytes)
    return Replayed(
        number=number,
        equal=encoded(again) == stored,
        rules_release=facts.rules_release,
        law_version=facts.law.version,
        schema=facts.schema,
        decision=redacted(again, audience_of(actor), lodged=True),
    )
