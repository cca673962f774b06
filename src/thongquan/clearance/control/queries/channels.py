"""Changes of channel: the proposal that waits for a signature, and the report of every lowered one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.db.models import F

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.clearance.control.models import ChannelChange
from thongquan.clearance.control.permissions import check_may_read, led_offices, overseen_offices
from thongquan.clearance.declarations.queries import stand_of

MOST = 500


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A change of channel with the people who made it, by name."""

    number: str
    office: str
    before: int
    after: int
    reason: str
    proposed_by: str
    proposed_at: datetime
    proposer: str
    signed_by: str = ""
    signed_at: datetime | None = None
    note: str = ""
    rejected_by: str = ""
    rejected_at: datetime | None = None


def open_proposal(actor: Actor, number: str) -> Change | None:
    """The proposal of a lower channel that waits for a second signature. Raises `NotFound`, `NotAllowed`."""
    stand = stand_of(actor=actor, number=number)
    check_may_read(actor, stand)
    rows = ChannelChange.objects.filter(declaration_id=stand.key, signed_at=None, lapsed_at=None)
    return next(iter(_changes(rows)), None)


def rejected_proposal(actor: Actor, number: str) -> Change | None:
    """The last proposal, when it was refused and nothing came after it. Raises `NotFound`, `NotAllowed`."""
    stand = stand_of(actor=actor, number=number)
    check_may_read(actor, stand)
    rows = ChannelChange.objects.filter(declaration_id=stand.key).order_by("-id")[:1]
    return next((one for one in _changes(rows) if one.rejected_by), None)


def waiting_proposals(actor: Actor) -> list[Change]:
    """Proposals that wait for a team leader of the actor's offices, oldest first; what moved on is left out."""
    rows = ChannelChange.objects.filter(
        office__in=led_offices(actor),
        signed_at=None,
        lapsed_at=None,
        declaration__state__in=["channeled", "instructed", "settled"],
    )
    return _changes(rows.order_by("proposed_at")[:MOST])


def lowered_channels(actor: Actor) -> list[Change]:
    """Every lowered channel of the offices that the actor oversees, latest first."""
    rows = ChannelChange.objects.filter(
        office__in=overseen_offices(actor), after__lt=F("before"), signed_at__isnull=False
    )
    return _changes(rows.order_by("-signed_at", "-id")[:MOST])


def _changes(rows: Iterable[ChannelChange]) -> list[Change]:
    found = list(rows)
    names = names_of({one for row in found for one in (row.proposed_by, row.signed_by, row.rejected_by) if one})
    numbers = dict(
        ChannelChange.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", "declaration__number")
    )
    return [
        Change(
            number=numbers[row.pk],
            office=row.office,
            before=row.before,
            after=row.after,
            reason=row.reason,
            proposed_by=names.get(row.proposed_by, row.proposed_by),
            proposed_at=row.proposed_at,
            proposer=row.proposed_by,
            signed_by=names.get(row.signed_by, row.signed_by),
            signed_at=row.signed_at,
            note=row.note,
            rejected_by=names.get(row.rejected_by, row.rejected_by),
            rejected_at=row.lapsed_at if row.rejected_by else None,
        )
        for row in found
    ]


def proposal_waits(key: int) -> bool:
    """Whether a lower channel is proposed for this declaration and not signed."""
    return ChannelChange.objects.filter(declaration_id=key, signed_at=None, lapsed_at=None).exists()
