"""Profiles as people of the room read them, with their story and their newest dry run."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.models import Profile, ProfileRun
from thongquan.clearance.risk.permissions import check_may, may
from thongquan.clearance.risk.states import State
from thongquan.clearance.risk.trying import Outcome


class ProfileRow(msgspec.Struct, frozen=True, kw_only=True):
    """A profile as a line of the list."""

    id: int
    name: str
    state: str
    channel: int
    owner: str
    valid_from: date
    valid_to: date
    cap: int
    priority: int
    expected_share: Decimal
    revision: int
    paused_on: date | None


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """A dry run; `outcome` is None until it is done, `is_current` says that the draft did not change since."""

    id: int
    state: str
    since: datetime
    until: datetime
    outcome: Outcome | None
    is_current: bool


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class ProfileFile(msgspec.Struct, frozen=True, kw_only=True):
    """A profile with all that stands in it. `evidence` is what speaks for its retirement (`rules.retiring.Verdict`)."""

    row: ProfileRow
    expression: str
    lists: tuple[str, ...]
    look_at: str
    basis: str
    changed_by: str
    proposed_by: str
    approved_by: str
    live_at: datetime | None
    retired_at: datetime | None
    replaces: int | None
    evidence: dict[str, Any] | None
    run: RunRow | None
    events: tuple[EventRow, ...]

    @property
    def is_tried(self) -> bool:
        """Whether the newest dry run is done and was made of the draft as it is."""
        return self.run is not None and self.run.is_current and self.run.outcome is not None

    @property
    def wrote(self) -> frozenset[str]:
        """Who drafted, changed or proposed it: none of them approves it."""
        return frozenset({self.row.owner, self.changed_by, self.proposed_by})


def profiles(*, actor: Actor, state: str = "") -> list[ProfileRow]:
    """Profiles, newest first. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    rows = Profile.objects.order_by("-pk")
    return [_row(row) for row in (rows.filter(state=state) if state else rows)[:200]]


def profile_file(*, actor: Actor, profile: int) -> ProfileFile:
    """One profile. Raises `NotAllowed`, `NotFound`."""
    check_may(actor, "risk.see")
    row = Profile.objects.filter(pk=profile).first()
    if row is None:
        raise NotFound(str(profile))
    run = row.runs.order_by("-pk").first()
    return ProfileFile(
        row=_row(row),
        expression=row.expression,
        lists=tuple(row.lists),
        look_at=row.look_at,
        basis=row.basis,
        changed_by=row.changed_by,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
        live_at=row.live_at,
        retired_at=row.retired_at,
        replaces=row.replaces_id,
        evidence=row.evidence,
        run=_run(run, row.revision) if run else None,
        events=tuple(
            EventRow(step=one.step, at=one.at, actor=one.actor, words=one.words) for one in row.events.order_by("-pk")
        ),
    )


def count_waiting(actor: Actor) -> int | None:
    """How many profiles wait for an approval or a retirement; None for those who decide neither."""
    if not may(actor, "risk.approve"):
        return None
    return Profile.objects.filter(state__in=(State.PROPOSED, State.RETIRING)).count()


def may_see_subject(actor: Actor, subject: str) -> bool:
    """Whether this person may read the profile that a typed reference (`profile:3`) names."""
    number = subject.partition(":")[2]
    return may(actor, "risk.see") and number.isdecimal() and Profile.objects.filter(pk=int(number)).exists()


def _row(row: Profile) -> ProfileRow:
    names = [field.name for field in msgspec.structs.fields(ProfileRow) if field.name != "id"]
    return ProfileRow(id=row.pk, **{name: getattr(row, name) for name in names})


def _run(row: ProfileRun, revision: int) -> RunRow:
    return RunRow(
        id=row.pk,
        state=row.state,
        since=row.since,
        until=row.until,
        outcome=msgspec.convert(row.outcome, Outcome, strict=False) if row.outcome else None,
        is_current=row.revision == revision,
    )
