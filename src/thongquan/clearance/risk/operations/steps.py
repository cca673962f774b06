"""Taking a step of a profile: the row locked, permission and state asked, story, ledger row and message written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.models import LiveSet, Profile, ProfileEvent
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.live import forget_live
from thongquan.clearance.risk.states import STEPS, State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 4_000


def locked(actor: Actor, profile: int, step: Step) -> Profile:
    """The profile, locked until the transaction ends, when the actor may take the step and its state allows it.

    Raises `NotAllowed`, `NotFound`, `Refused` with TQ-RSK-008.
    """
    check_may(actor, STEPS[step].who)
    row = Profile.objects.select_for_update().filter(pk=profile).first()
    if row is None:
        raise NotFound(str(profile))
    if State(row.state) not in STEPS[step].moves:
        raise Refused([Fault(code=Code.TQ_RSK_008, path="state", value=row.name)])
    return row


def take(
    row: Profile,
    step: Step,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    changed: tuple[str, ...] = (),
) -> None:
    """Set the state a step leads to, keep the columns that changed, write the story, tell."""
    row.state = STEPS[step].moves[State(row.state)]
    row.save(update_fields=["state", *changed])
    happened(row, step, actor, at, words=words, data=data)


def happened(
    row: Profile, step: Step, actor: Actor, at: datetime, *, words: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """The story with its words; ledger row and message without them and without the name of the profile."""
    given = dict(data or {})
    ProfileEvent.objects.create(
        profile=row, step=step, at=at, actor=actor.reference, words=storable(words)[:MOST_WORDS], data=given
    )
    kind, subject = f"risk.profile_{step}", f"profile:{row.pk}"
    told = {"state": row.state, "revision": row.revision, **given}
    record(action=kind, subject=subject, actor=actor.reference, at=at, details=told)
    announce(kind=kind, subject=subject, payload={"profile": row.pk, **told}, at=at)


def changed_live() -> None:
    """Count up the version of what is live: every process reads it anew within a second, this one at once."""
    LiveSet.objects.get_or_create(pk=1)
    LiveSet.objects.filter(pk=1).update(version=F("version") + 1)
    transaction.on_commit(forget_live)


def check_words(words: str) -> None:
    """Raise `Refused` with TQ-RSK-009 for words that say nothing."""
    if not words.strip():
        raise Refused([Fault(code=Code.TQ_RSK_009, path="words")])
