"""Answers to events: money that came through the bank, and what becomes of a merchant's declaration. Idempotent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction

from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import Message
from thongquan.clearance.residents.models import ShortForm
from thongquan.clearance.residents.operations.forms import ASSESSOR
from thongquan.clearance.residents.operations.gathering import follow_declaration
from thongquan.clearance.residents.operations.handling import mark_paid
from thongquan.clearance.residents.queries.forms import form_by_subject
from thongquan.clearance.revenue.queries import balance_of

MONEY = frozenset({"liability.settled"})
DECLARATIONS = frozenset({"declaration.clear", "declaration.cancel", "declaration.expire"})


def follow_money(messages: Sequence[Message]) -> None:
    """Mark forms as paid when the books say so; one that must be inspected first waits for its inspection."""
    for subject in dict.fromkeys(message.subject for message in messages if message.subject.startswith("short:")):
        found = form_by_subject(subject)
        if found is None:
            continue
        with transaction.atomic(), suppress(Refused):
            row = ShortForm.objects.select_for_update().get(pk=found.pk)
            waits = row.must_inspect and row.inspected_at is None
            if row.due_vnd and not waits and balance_of(subject).settled:
                mark_paid(row, ASSESSOR, messages[-1].at)


def follow_merchants(messages: Sequence[Message]) -> None:
    """Let the goods of a collection list leave once its declaration is cleared; free the forms of one that ended."""
    for message in messages:
        cleared = message.kind == "declaration.clear"
        follow_declaration(subject=message.subject, cleared=cleared, actor=ASSESSOR, at=message.at)
