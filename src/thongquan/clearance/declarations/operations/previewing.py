"""What a proposal would do, before somebody decides on it. Stores nothing."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.changes import Change, changes_between
from thongquan.clearance.declarations.models import Declaration
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.operations.versions import document_now, judge_version
from thongquan.clearance.declarations.queries import TaxChange, Waiting, decision_in_force, stand_of, tax_changes
from thongquan.rules.decision import Fault


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of fields, of duties (dong) and of the channel; `faults` are what would refuse it now."""

    changes: tuple[Change, ...]
    taxes: tuple[TaxChange, ...] = ()
    channel_before: int = 0
    channel_after: int = 0
    faults: tuple[Fault, ...] = ()


def preview_waiting(*, actor: Actor, number: str, waiting: Waiting, at: datetime) -> Preview:
    """A proposal beside the version in force. Raises `NotFound` outside the actor's scope."""
    stand = stand_of(actor=actor, number=number)
    declaration = Declaration.objects.get(id=key_of_number(number))
    if waiting.document is None:
        raise NotFound(number)
    changes = tuple(changes_between(document_now(declaration), waiting.document))
    try:
        judged = judge_version(declaration, waiting.document, at=at)
    except Refused as refused:
        return Preview(
            changes=changes, channel_before=stand.channel, channel_after=stand.channel, faults=refused.faults
        )
    return Preview(
        changes=changes,
        taxes=tax_changes(decision_in_force(number), judged.decision),
        channel_before=stand.channel,
        channel_after=judged.channel,
    )
