"""Dry runs of profiles: asked for by a person, made by the task queue, kept with what they found."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.models import Lodged, Profile, ProfileRun
from thongquan.clearance.risk.operations.steps import happened, locked
from thongquan.clearance.risk.past import past_between
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.league import minutes_of_checks
from thongquan.clearance.risk.queries.live import as_live, listings
from thongquan.clearance.risk.queries.proofs import verdicts
from thongquan.clearance.risk.states import Step
from thongquan.clearance.risk.trying import Known, Outcome, try_profile

TASK = "thongquan.clearance.risk.tasks.try_profile"
PERIOD = timedelta(days=30)
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"


def ask_run(*, actor: Actor, profile: int, at: datetime) -> int:
    """Ask for a dry run of a profile as it is, on the last 30 days; gives its number. The task queue makes it.

    Raises `NotAllowed`, `NotFound`, `Refused` with TQ-RSK-008.
    """
    with transaction.atomic():
        row = locked(actor, profile, Step.TRY)
        run = ProfileRun.objects.create(
            profile=row,
            revision=row.revision,
            since=at - PERIOD,
            until=at,
            state=QUEUED,
            asked_by=actor.reference,
            asked_at=at,
        )
        happened(row, Step.TRY, actor, at, data={"run": run.pk})
        app.configure_task(TASK).defer(run=run.pk)
        return run.pk


def make_run(*, run: int, at: datetime) -> Outcome | None:
    """Make a dry run that was asked for; one that is done or under way is left alone. Raises `NotFound`."""
    row = ProfileRun.objects.select_related("profile").filter(pk=run).first()
    if row is None:
        raise NotFound(str(run))
    if not ProfileRun.objects.filter(pk=run, state=QUEUED).update(state=RUNNING):
        return None
    try:
        outcome = _made(row, at)
    except Exception:
        ProfileRun.objects.filter(pk=run).update(state=FAILED)
        raise
    told = msgspec.to_builtins(outcome)
    ProfileRun.objects.filter(pk=run).update(state=DONE, finished_at=at, outcome=told)
    return outcome


def outcome_between(*, actor: Actor, profile: int, since: datetime, until: datetime, at: datetime) -> Outcome:
    """Try a profile as it is on the declarations registered in [since, until), and store nothing.

    Raises `NotAllowed`, `NotFound`.
    """
    check_may(actor, "risk.try")
    row = Profile.objects.filter(pk=profile).first()
    if row is None:
        raise NotFound(str(profile))
    return _tried(row, since, until, at)


def _made(row: ProfileRun, at: datetime) -> Outcome:
    return _tried(row.profile, row.since, row.until, at)


def _tried(profile: Profile, since: datetime, until: datetime, at: datetime) -> Outcome:
    copies = Lodged.objects.filter(registered_at__gte=since, registered_at__lt=until)
    known = {
        number: Known(found, recovered, drawn)
        for number, found, recovered, drawn in copies.values_list("number", "found", "recovered_vnd", "drawn")
    }
    return try_profile(
        as_live(profile),
        past_between(since, until),
        known=known,
        listings=listings(),
        minutes=minutes_of_checks(at),
        zone=timezone.get_default_timezone(),
        verdicts=verdicts(),
    )
