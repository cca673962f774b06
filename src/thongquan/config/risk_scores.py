"""What the model of risk said of declarations, handed to its room from the outbox: facts and decision as lodged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.numbers import key_of_number, number_of
from thongquan.clearance.declarations.queries.bulk import version_rows
from thongquan.clearance.risk.operations.scores import LodgedFacts, keep_scores
from thongquan.clearance.risk.queries.champions import champion
from thongquan.rules.encoding import decoded_decision, decoded_facts

KINDS = frozenset({"declaration.lodged"})


def follow(messages: Sequence[Message]) -> None:
    """Keep scores of the declarations that were lodged; nothing is read without a champion."""
    if champion(messages[-1].at) is None:
        return
    keys = {key_of_number(message.subject.partition(":")[2]) for message in messages} - {0}
    keep_scores(_lodged(keys), at=messages[-1].at)


def _lodged(keys: set[int]) -> Iterator[LodgedFacts]:
    for row in version_rows(keys):
        if row.version == 0:
            yield LodgedFacts(number_of(row.declaration), decoded_facts(row.facts), decoded_decision(row.decision))
