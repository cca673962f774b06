"""Changing the channel: up by one signature or by a system finding, down only by two people, and always reported.

Legal basis: Circular 38/2015/TT-BTC Art. 19.4 as amended: the channel may change on new information until the goods
arrive. That a lower channel needs a second signature and is reported is a measure of this system.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.outbox import announce
from thongquan.base.notices.operations import notify
from thongquan.clearance.control.models import ChannelChange
from thongquan.clearance.control.operations.common import given_reason, locked_stand, plain_words, refuse
from thongquan.clearance.control.words import REJECTED
from thongquan.clearance.declarations.operations import take_step
from thongquan.clearance.declarations.queries import Stand, events_of
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.rules.codes import Code
from thongquan.rules.slips import told_moment

CHANNELS = (1, 2, 3)
LOWERED = "channel.lowered"
Evidence = Mapping[str, str | int | list[str]]


def raise_channel(
    *, actor: Actor, number: str, channel: int, reason: str, evidence: Evidence | None = None, at: datetime
) -> Stand:
    """Ask for a stricter check: by an officer, or by a finding of the program. The only direction a program may take.

    Raises `Refused`: TQ-CTL-050 (no stricter channel), -051 (no reason), -052 (goods presented), TQ-LIF-001.
    """
    with transaction.atomic():
        stand = _changeable(actor, number, Step.RAISE_CHANNEL)
        if channel not in CHANNELS or channel <= stand.channel:
            raise refuse(Code.TQ_CTL_050, path="channel", value=str(channel), channel=str(stand.channel))
        words = given_reason(reason)
        _lapse(stand, at)
        ChannelChange.objects.create(
            declaration_id=stand.key,
            office=stand.office,
            before=stand.channel,
            after=channel,
            reason=words,
            evidence=dict(evidence or {}),
            proposed_by=actor.reference,
            proposed_at=at,
            signed_by=actor.reference,
            signed_at=at,
        )
        told = {"before": stand.channel, "after": channel}
        return take_step(
            actor=actor,
            number=number,
            step=Step.RAISE_CHANNEL,
            at=at,
            reason=words,
            data={**told, "evidence": dict(evidence or {})},
            details=told,
            channel=channel,
        )


def propose_lower_channel(*, actor: Actor, number: str, channel: int, reason: str, at: datetime) -> Stand:
    """Propose a lighter channel; nothing changes until a team leader signs. An earlier proposal lapses.

    Raises `Refused`: TQ-CTL-050 (no lighter channel), -051 (no reason), -052 (goods presented), TQ-LIF-001.
    """
    with transaction.atomic():
        stand = _changeable(actor, number, Step.PROPOSE_LOWER_CHANNEL)
        if channel not in CHANNELS or channel >= stand.channel:
            raise refuse(Code.TQ_CTL_050, path="channel", value=str(channel), channel=str(stand.channel))
        words = given_reason(reason)
        _lapse(stand, at)
        ChannelChange.objects.create(
            declaration_id=stand.key,
            office=stand.office,
            before=stand.channel,
            after=channel,
            reason=words,
            proposed_by=actor.reference,
            proposed_at=at,
        )
        told = {"before": stand.channel, "after": channel}
        return take_step(
            actor=actor,
            number=number,
            step=Step.PROPOSE_LOWER_CHANNEL,
            at=at,
            reason=words,
            data=told,
            details=told,
        )


def lower_channel(*, actor: Actor, number: str, note: str = "", at: datetime) -> Stand:
    """Sign a proposed lower channel, as another person than the one who proposed it; internal control is told.

    Raises `Refused`: TQ-CTL-053 (nothing proposed), -054 (the same person), -052 (goods presented), TQ-LIF-001.
    """
    with transaction.atomic():
        stand = _changeable(actor, number, Step.LOWER_CHANNEL)
        change = _proposal_of_another(actor, stand)
        change.signed_by, change.signed_at, change.note = actor.reference, at, plain_words(note)
        change.save(update_fields=["signed_by", "signed_at", "note"])
        told = {"before": change.before, "after": change.after, "proposed_by": change.proposed_by}
        lowered = take_step(
            actor=actor,
            number=number,
            step=Step.LOWER_CHANNEL,
            at=at,
            reason=change.note or change.reason,
            data=told,
            details=told,
            channel=change.after,
        )
        payload = {**told, "number": lowered.number, "office": lowered.office, "signed_by": actor.reference}
        announce(kind=LOWERED, subject=lowered.subject, payload=payload, at=at)
        return lowered


def reject_lower_channel(*, actor: Actor, number: str, reason: str, at: datetime) -> Stand:
    """Refuse to sign a proposed lower channel, with a reason; the proposal is gone and whoever made it is told.

    Raises `Refused`: TQ-CTL-051 (no reason), -053 (nothing proposed), -054 (the same person), TQ-LIF-001.
    """
    with transaction.atomic():
        stand = locked_stand(actor=actor, number=number, permission=STEPS[Step.REJECT_LOWER_CHANNEL].who)
        change = _proposal_of_another(actor, stand)
        words = given_reason(reason)
        change.rejected_by, change.lapsed_at, change.note = actor.reference, at, words
        change.save(update_fields=["rejected_by", "lapsed_at", "note"])
        told = {"before": change.before, "after": change.after, "proposed_by": change.proposed_by}
        left = take_step(
            actor=actor,
            number=number,
            step=Step.REJECT_LOWER_CHANNEL,
            at=at,
            reason=words,
            data=told,
            details=told,
        )
        values = {"number": left.number, "by": actor.name}
        notify(to=[change.proposed_by], kind=REJECTED, subject=left.subject, values=values, at=at)
        return left


def _proposal_of_another(actor: Actor, stand: Stand) -> ChannelChange:
    """The open proposal, made by somebody else. Raises `Refused` TQ-CTL-053, TQ-CTL-054."""
    change = ChannelChange.objects.select_for_update().filter(_open(stand)).first()
    if change is None or change.before != stand.channel:
        raise refuse(Code.TQ_CTL_053, value=stand.number)
    if change.proposed_by == actor.reference:
        raise refuse(Code.TQ_CTL_054, value=stand.number)
    return change


def _changeable(actor: Actor, number: str, step: Step) -> Stand:
    """The declaration, locked, with the permission asked first. Raises `Refused` TQ-CTL-052 once goods are there."""
    stand = locked_stand(actor=actor, number=number, permission=STEPS[step].who)
    presented = next((event for event in events_of(number) if event.kind == Step.PRESENT_GOODS), None)
    if presented is not None:
        raise refuse(Code.TQ_CTL_052, value=stand.number, on=told_moment(presented.at))
    return stand


def _open(stand: Stand) -> Q:
    return Q(declaration_id=stand.key, signed_at=None, lapsed_at=None)


def _lapse(stand: Stand, at: datetime) -> None:
    """What was proposed before counts no more."""
    ChannelChange.objects.filter(_open(stand)).update(lapsed_at=at)
