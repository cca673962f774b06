"""Answers to messages: what declarations declare now is held against what customs ruled, never while lodging."""

from __future__ import annotations

from collections.abc import Sequence

from thongquan.base.core.outbox import Message
from thongquan.clearance.classification.handlers import CHANGED
from thongquan.clearance.classification.operations.meeting import LineGiven, hold_against_precedents
from thongquan.clearance.classification.queries.precedents import is_store_empty
from thongquan.clearance.classification.subjects import Given, given_of, key_of, subject_of

DECLARED = CHANGED


def follow_precedents(messages: Sequence[Message]) -> None:
    """Hold the lines of these declarations against the store. Idempotent; one that no longer counts meets nothing."""
    if is_store_empty():
        return
    for given in given_of({key_of(message.subject) for message in messages} - {0}):
        hold_against_precedents(
            subject=subject_of(given.declaration),
            office=given.office,
            tax_code=given.importer,
            on=given.on,
            lines=_lines(given) if given.live else (),
            at=messages[-1].at,
        )


def _lines(given: Given) -> list[LineGiven]:
    return [
        LineGiven(number=one.number, hs=one.code, description=one.description, named=one.named) for one in given.lines
    ]
