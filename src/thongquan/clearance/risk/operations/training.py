"""Training on the own records, and watching whether the champion still holds: both only add what people then decide on.

A training makes a challenger and judges it against the champion on the last four weeks; nothing is promoted. A watch
takes the champion out of its seat when it no longer holds: the cautious direction is automatic.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.clearance.risk.model_alarms import OF_WATCH, end_alarms, offices_known, raise_alarm, subject_of
from thongquan.clearance.risk.model_states import Role, Trouble
from thongquan.clearance.risk.models import DriftWeek, ModelRun, ModelVersion
from thongquan.clearance.risk.operations.registry import OWN, Card, register_model
from thongquan.clearance.risk.operations.registry_falls import fall_back
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.champions import scorer_of
from thongquan.clearance.risk.queries.trade import Counted, OwnFindings, own_findings, own_trade
from thongquan.learning.risk import LEAST_FINDINGS, ModelError, Scorer, Trade
from thongquan.learning.risk.contest import Contest, Measured, Watched, contest, holds, new_shares, watched
from thongquan.learning.risk.findings import Learning, learned_from
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TASK = "thongquan.clearance.risk.model_tasks.train_asked"
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
UNDER_WAY = (QUEUED, RUNNING)
LONGEST = timedelta(hours=6)
"""A training that was asked for earlier broke down without a word."""
SHOWN = 12
Progress = Callable[[int, int], None]


class Known(NamedTuple):
    """The own records as a training reads them."""

    trade: Trade
    learned: Learning
    counted: Counted


def ask_training(*, actor: Actor, at: datetime) -> int:
    """Ask for a training on the own records; gives its number. One at a time: who asks while one is under way gets it.

    Raises `NotAllowed`.
    """
    check_may(actor, "risk.train")
    with transaction.atomic():
        under_way = ModelRun.objects.select_for_update().filter(state__in=UNDER_WAY).order_by("-pk").first()
        if under_way is not None and under_way.asked_at > at - LONGEST:
            return int(under_way.pk)
        run = ModelRun.objects.create(state=QUEUED, asked_by=actor.reference, asked_at=at)
        app.configure_task(TASK).defer(run=run.pk)
        return int(run.pk)


def train_own(*, actor: Actor, at: datetime, run: int | None = None, say: Progress | None = None) -> str:
    """Learn from the own records what was known before `at`, keep the model as a challenger; gives its version.

    Raises `NotAllowed`, `NotFound` for no such run; `Refused` with TQ-RSK-044 when too little was found.
    """
    check_may(actor, "risk.train")
    row = _begun(run, actor, at)

    def progress(done: int, total: int) -> None:
        ModelRun.objects.filter(pk=row.pk).update(done=done, total=total)
        if say:
            say(done, total)

    try:
        made, known = _contest(at, progress)
        fresh = register_model(actor=actor, model=made.made.model, card=_card(made, known), at=at)
    except ModelError as error:
        _ended(row, FAILED, at, error=str(error))
        values = {"least": str(LEAST_FINDINGS)}
        raise Refused([Fault(code=Code.TQ_RSK_044, path="findings", value=_found(error), values=values)]) from error
    except Exception as error:
        _ended(row, FAILED, at, error=repr(error))
        raise
    version = made.made.model.version
    _ended(row, DONE, at, version=version, report=_report(made))
    if fresh and _is_better(made):
        payload = {"version": version, "offices": offices_known()}
        announce(kind="risk.model_better", subject=subject_of(version), payload=payload, at=at)
    return version


def _found(error: ModelError) -> str:
    """The number of findings that a model error tells."""
    return next((word for word in str(error).split() if word.isdecimal()), "0")


def _begun(run: int | None, actor: Actor, at: datetime) -> ModelRun:
    if run is None:
        return ModelRun.objects.create(state=RUNNING, asked_by=actor.reference, asked_at=at)
    if not ModelRun.objects.filter(pk=run, state=QUEUED).update(state=RUNNING):
        raise NotFound(str(run))
    return ModelRun.objects.get(pk=run)


def _ended(row: ModelRun, state: str, at: datetime, **told: Any) -> None:
    if "error" in told:
        told["error"] = told["error"][:200]
    ModelRun.objects.filter(pk=row.pk).update(state=state, finished_at=at, **told)


def known_until(at: datetime) -> Known:
    """Everything of the own records that was known before a moment, with its features."""
    trade = own_trade(at)
    held: list[OwnFindings] = []

    def find(potential: Any) -> Any:
        held.append(own_findings(trade, potential, at))
        return held[0].findings

    return Known(trade, learned_from(trade, find), held[0].counted)


def _contest(at: datetime, progress: Progress) -> tuple[Contest, Known]:
    known = known_until(at)
    if not len(known.trade):
        raise ModelError("0 findings of fraud are too few to learn from")
    return contest(known.learned, _others(), until=int(at.timestamp()), progress=progress), known


def _others() -> dict[str, Scorer]:
    """The champion, the challenger before and shadows, as far as their files are whole."""
    found = {}
    for version in ModelVersion.objects.exclude(role=Role.RETIRED).values_list("version", flat=True):
        try:
            found[version] = scorer_of(version)
        except ModelError:
            continue
    return found


def _is_better(made: Contest) -> bool:
    """Whether it is worth a person's look: better than the champion beyond doubt, or there is none."""
    champion = ModelVersion.objects.filter(role=Role.CHAMPION).values_list("version", flat=True).first()
    return champion is None or (champion in made.duels and made.duels[champion].is_better)


def _card(made: Contest, known: Known) -> Card:
    at = known.learned.labels.at
    return Card(
        source=OWN,
        since=_moment(int(at.min())),
        until=_moment(int(at.max())),
        counts={
            **known.counted._asdict(),
            "by_chance": int(known.learned.findings.by_chance.sum()),
            "declared": len(known.trade),
        },
        settings=made.made.settings._asdict(),
        measures=_report(made),
    )


def _report(made: Contest) -> dict[str, Any]:
    return {
        "judged_since": made.since,
        "own": told_of(made.challenger),
        "others": {version: told_of(one) for version, one in made.others.items()},
        "duels": {version: one._asdict() for version, one in made.duels.items()},
        "curve": [one._asdict() for one in made.curve],
        "worth": list(made.made.worth),
    }


def told_of(one: Measured) -> dict[str, Any]:
    """A measure as JSON keeps it."""
    return {**one._asdict(), "top": one.top._asdict()}


def watch_champion(*, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Measure how far the trade moved from the champion, keep the week, fall back when it no longer holds.

    Gives the grounds for falling back, or `foreign` for a champion that was made for other features and scores nothing;
    () while it holds or when there is no champion. Raises `NotAllowed`.
    """
    check_may(actor, "risk.fall_back")
    row = ModelVersion.objects.filter(role=Role.CHAMPION).first()
    scorer = _scorer(row.version) if row else None
    if row is None or scorer is None:
        return ()
    known, until = known_until(at), int(at.timestamp())
    if scorer.model.names != known.learned.features.names:
        raise_alarm(model=row.pk, trouble=Trouble.FOREIGN, instead="", at=at)
        return (Trouble.FOREIGN,)
    week = watched(known.learned, scorer, until=until)
    told = _told(week, known, until)
    with transaction.atomic():
        before = DriftWeek.objects.filter(model=row, on__lt=timezone.localdate(at)).order_by("-on").first()
        DriftWeek.objects.update_or_create(model=row, on=timezone.localdate(at), defaults={"at": at, "told": told})
        moved = set(told["alarms"]) - set(before.told["alarms"] if before else ())
        if moved:
            payload = {"version": row.version, "features": sorted(moved), "offices": offices_known()}
            announce(kind="risk.model_drift", subject=subject_of(row.version), payload=payload, at=at)
    if not week.grounds:
        end_alarms(model=row.pk, at=at, troubles=OF_WATCH)
    else:
        fall_back(actor=actor, told={"grounds": list(week.grounds)}, good=_good(row, known, until), at=at)
    return week.grounds


def _scorer(version: str) -> Scorer | None:
    try:
        return scorer_of(version)
    except ModelError:
        return None


def _told(week: Watched, known: Known, until: int) -> dict[str, Any]:
    return {
        "measured": told_of(week.measured),
        "psi": [list(pair) for pair in week.drift.features[:SHOWN]],
        "alarms": list(week.drift.alarms),
        "calibration": week.drift.calibration,
        "random_lane": week.drift.random_lane._asdict(),
        "new": new_shares(known.trade, until=until),
        "grounds": list(week.grounds),
    }


def _good(champion: ModelVersion, known: Known, until: int) -> frozenset[str]:
    """Former champions that hold on the same lines."""
    former = ModelVersion.objects.exclude(seated_at=None).filter(failed_at=None).exclude(pk=champion.pk)
    found = set()
    for version in former.values_list("version", flat=True):
        scorer = _scorer(version)
        if scorer is not None and holds(known.learned, scorer, until=until):
            found.add(version)
    return frozenset(found)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
