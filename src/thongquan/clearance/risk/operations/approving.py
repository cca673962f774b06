"""Four eyes: proposed by the one who drafted, approved by another, live from that moment; retired by a person.

Legal basis: Customs Law 54/2014/QH13 Art. 17; Circular 81/2019/TT-BTC Art. 16, 17, 19.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.risk.models import Lodged, Profile, ProfileRun
from thongquan.clearance.risk.operations.running import DONE
from thongquan.clearance.risk.operations.steps import changed_live, check_words, happened, locked, take
from thongquan.clearance.risk.queries.league import earned_of, random_lane
from thongquan.clearance.risk.states import LIVE, State, Step
from thongquan.clearance.risk.trying import Outcome
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.retiring import verdict

HOUR_VND = Decimal(150_000)
"""An officer's hour in dong: a house figure for weighing, nobody is paid by it."""
KEPT_FOR = timedelta(days=30)
"""How long a profile that people kept is left in peace."""


def propose_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Give a draft to another person for approval. Raises `NotAllowed`, `NotFound`; `Refused` with every reason."""
    with transaction.atomic():
        row = locked(actor, profile, Step.PROPOSE)
        _check_ready(row, at)
        row.proposed_by = actor.reference
        take(row, Step.PROPOSE, actor, at, words=words, changed=("proposed_by",))


def return_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Give a proposed profile back as a draft. Raises as `approve_profile`."""
    with transaction.atomic():
        row = locked(actor, profile, Step.RETURN)
        check_words(words)
        take(row, Step.RETURN, actor, at, words=words)


def approve_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Make a profile live, and retire the one it follows. Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-008,
    -010, -011, -012, -013, all at once.
    """
    with transaction.atomic():
        row = locked(actor, profile, Step.APPROVE)
        own = actor.reference in (row.owner, row.changed_by, row.proposed_by)
        _check_ready(row, at, [Fault(code=Code.TQ_RSK_011, path="actor", value=row.name)] if own else [])
        row.approved_by, row.live_at = actor.reference, at
        take(row, Step.APPROVE, actor, at, words=words, changed=("approved_by", "live_at"))
        if row.replaces_id is not None:
            _end_before(row.replaces_id, row, actor, at)
        changed_live()


def discard_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Drop a draft. Raises as `return_profile`."""
    with transaction.atomic():
        row = locked(actor, profile, Step.DISCARD)
        check_words(words)
        take(row, Step.DISCARD, actor, at, words=words)


def keep_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Keep a profile whose retirement was proposed, and say why. Raises as `return_profile`."""
    with transaction.atomic():
        row = locked(actor, profile, Step.KEEP)
        check_words(words)
        row.evidence = None
        take(row, Step.KEEP, actor, at, words=words, changed=("evidence",))


def retire_profile(*, actor: Actor, profile: int, words: str, at: datetime) -> None:
    """Retire a live profile: it chooses nothing from now on. Raises as `return_profile`."""
    with transaction.atomic():
        row = locked(actor, profile, Step.RETIRE)
        check_words(words)
        row.retired_at = at
        take(row, Step.RETIRE, actor, at, words=words, changed=("retired_at",))
        changed_live()


def propose_retirements(*, actor: Actor, at: datetime) -> int:
    """Propose the retirement of every live profile that stopped earning its cost; gives how many. For programs.

    A profile that people kept lately is left in peace; nothing is retired without a person.
    """
    lane, proposed = random_lane(at), 0
    for row in Profile.objects.filter(state=State.LIVE).order_by("pk"):
        told = verdict(earned_of(row.pk, at), lane, hour_vnd=HOUR_VND)
        if told is None or row.events.filter(step=Step.KEEP, at__gt=at - KEPT_FOR).exists():
            continue
        with transaction.atomic():
            held = locked(actor, row.pk, Step.PROPOSE_RETIREMENT)
            held.evidence = msgspec.to_builtins(told)
            data = {"ground": told.ground}
            take(held, Step.PROPOSE_RETIREMENT, actor, at, data=data, changed=("evidence",))
        proposed += 1
    return proposed


def hold_caps(*, actor: Actor, at: datetime) -> int:
    """Pause profiles that reached the most hits of the day, until it is over; gives how many. For programs.

    Hits are counted from the room's copy, seconds after lodging: no row is locked while somebody lodges, and what was
    lodged in between goes over the cap.
    """
    day = timezone.localdate(at)
    begun = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    paused = 0
    for row in Profile.objects.filter(state__in=LIVE).exclude(paused_on=day):
        hits = Lodged.objects.filter(profiles__contains=[row.pk], registered_at__gte=begun)
        if hits.count() >= row.cap:
            with transaction.atomic():
                Profile.objects.filter(pk=row.pk).update(paused_on=day)
                happened(row, Step.PAUSE, actor, at, data={"paused_on": day.isoformat()})
                changed_live()
            paused += 1
    return paused


def _end_before(profile: int, follower: Profile, actor: Actor, at: datetime) -> None:
    """Retire the profile that another follows, when it is live still."""
    row = Profile.objects.select_for_update().get(pk=profile)
    if State(row.state) in LIVE:
        row.retired_at = at
        take(row, Step.RETIRE, actor, at, data={"follower": follower.pk}, changed=("retired_at",))


def _check_ready(row: Profile, at: datetime, more: list[Fault] | None = None) -> None:
    """Raise `Refused` unless it was tried as it is, is not over, and no list would be its sole ground."""
    faults = list(more or [])
    run = ProfileRun.objects.filter(profile=row, state=DONE, revision=row.revision).order_by("-pk").first()
    if run is None or run.outcome is None:
        faults.append(Fault(code=Code.TQ_RSK_010, path="run", value=row.name))
    elif row.lists and msgspec.convert(run.outcome, Outcome, strict=False).list_is_sole_ground:
        faults.append(Fault(code=Code.TQ_RSK_012, path="lists", value=row.name))
    if row.valid_to < timezone.localdate(at):
        faults.append(Fault(code=Code.TQ_RSK_013, path="valid_to", value=row.valid_to.isoformat()))
    if faults:
        raise Refused(faults)
