"""Answers to events of this room itself: what lodging does not need to wait for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec
from django.db import connection
from django.db.models import F

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message
from thongquan.clearance.declarations.models import Version
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.operations.late import record_late_amendments
from thongquan.clearance.declarations.operations.late_filing import grant_filed
from thongquan.clearance.declarations.operations.late_proofs import keep_asked
from thongquan.clearance.declarations.operations.placing import place_declarations
from thongquan.clearance.declarations.queries import stand_by_subject
from thongquan.clearance.declarations.search import search_words
from thongquan.clearance.declarations.states import State, Step
from thongquan.clearance.revenue.queries import balance_of
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document

# Written by hand: a batch in one statement; one by one, this work took more than the lodging itself.
_COPY = """
    INSERT INTO declarations_searchcopy (declaration_id, words)
    SELECT copy.id, to_tsvector('simple', copy.words) FROM unnest(%s::bigint[], %s::text[]) AS copy(id, words)
    ON CONFLICT (declaration_id) DO UPDATE SET words = excluded.words
"""

WORDED = frozenset(
    {
        "declaration.lodged",
        "declaration.amend",
        "declaration.complete",
        "declaration.amend_after",
        "declaration.confirm_correction",
        "declaration.grant_late_certificate",
        "declaration.charge_late_certificate",
    }
)
"""After these a declaration has other words."""


def index_for_search(messages: Sequence[Message]) -> None:
    """Make declarations findable by the words they have now. Idempotent: the copy is written anew."""
    keys = {key_of_number(msgspec.json.decode(message.payload)["number"]) for message in messages}
    rows = Version.objects.filter(declaration__in=keys, version=F("declaration__version"))
    found = {
        key: _words_of(number, decoded_document(bytes(document)))
        for key, number, document in rows.values_list("declaration_id", "declaration__number", "document")
    }
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [list(found), list(found.values())])


MONEY = frozenset(
    {
        "liability.settled",
        "liability.reopened",
        "declaration.amend",
        "declaration.complete",
        "declaration.confirm_correction",
        "declaration.grant_late_certificate",
        "declaration.charge_late_certificate",
    }
)
PLACED = WORDED | MONEY
"""After these a declaration may stand elsewhere in the queues without a step having put it there."""
_BOOKKEEPER = system_actor("revenue")
_ORIGIN = system_actor("late-proofs")
_FOLLOWS = {(State.CHANNELED, True): Step.SETTLE, (State.SETTLED, False): Step.UNSETTLE}


def follow_money(messages: Sequence[Message]) -> None:
    """Mark declarations as settled, or as open again, as the books now say. Idempotent: the books are asked anew."""
    for subject in dict.fromkeys(message.subject for message in messages):
        stand = stand_by_subject(subject)
        if stand is None:
            continue
        step = _FOLLOWS.get((State(stand.state), balance_of(subject).settled))
        if step is not None:
            with suppress(Refused):  # somebody moved it along in this very moment
                take_step(actor=_BOOKKEEPER, number=stand.number, step=step, at=messages[-1].at)


def follow_queues(messages: Sequence[Message]) -> None:
    """Place what was lodged in the queues, and what has other goods or another guarantee. Idempotent."""
    keys = {key_of_number(message.subject.partition(":")[2]) for message in messages}
    place_declarations(keys, at=messages[-1].at)


LATE = frozenset({"declaration.amend_after"})


def record_late(messages: Sequence[Message]) -> None:
    """Open a case of violation for what was amended too late. Idempotent: an act is recorded once."""
    for subject in dict.fromkeys(message.subject for message in messages):
        stand = stand_by_subject(subject)
        if stand is not None:
            record_late_amendments(stand)


PROOFS = frozenset({"origin.accept", "origin.check"})


def follow_proofs(messages: Sequence[Message]) -> None:
    """Recalculate what a certificate was filed for late, now that an officer accepted it, and await what an officer's
    check asks proof of. Idempotent."""
    for subject in dict.fromkeys(message.subject for message in messages):
        keep_asked(certificate=int(subject.partition(":")[2]))
        grant_filed(actor=_ORIGIN, certificate=int(subject.partition(":")[2]), at=messages[-1].at)


def _words_of(number: str, document: Document) -> str:
    parties = [party.name for party in (document.trader, document.counterpart, document.agent) if party]
    invoice = document.invoice.number if document.invoice else None
    plate = document.vehicle.identifier if document.vehicle else None
    goods = [text for line in document.lines for text in (line.hs, line.description)]
    return search_words(number, *parties, invoice, plate, document.own_reference, *goods)
