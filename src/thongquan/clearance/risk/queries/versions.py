"""Versions of the model of risk as people read them: where each stands, what it is worth, its weeks and its story."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.risk.models import DriftWeek, ModelAlarm, ModelProposal, ModelRun, ModelVersion
from thongquan.clearance.risk.permissions import check_may, may
from thongquan.clearance.risk.queries.champions import champion

MOST, WEEKS = 60, 12


class ModelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A version as a line of the list. `counts` and `measures` as they are stored."""

    version: str
    role: str
    mode: str
    source: str
    world: str
    since: datetime
    until: datetime
    lines: int
    found: int
    counts: dict[str, Any]
    settings: dict[str, Any]
    measures: dict[str, Any]
    registered_at: datetime
    registered_by: str
    seated_at: datetime | None
    seated_by: str
    failure: str


class ModelProposed(msgspec.Struct, frozen=True, kw_only=True):
    """A step that waits for another person."""

    version: str
    asked: str
    mode: str
    why: str
    proposed_by: str
    proposed_at: datetime


class ModelAlarmRaised(msgspec.Struct, frozen=True, kw_only=True):
    """An alarm that is open. `instead` is the version that stands in, '' when rules and chance select alone."""

    version: str
    trouble: str
    instead: str
    at: datetime


class ModelWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A week of drift, as it was measured."""

    on: date
    told: dict[str, Any]


class ModelStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the story."""

    step: str
    at: datetime
    actor: str
    words: str


class ModelTraining(msgspec.Struct, frozen=True, kw_only=True):
    """The newest training: how far it is, or what came of it."""

    state: str
    asked_at: datetime
    done: int
    total: int
    version: str
    error: str


class ModelRegistry(msgspec.Struct, frozen=True, kw_only=True):
    """All versions, the newest first, with what is open. `scores` is the version that scores now, '' for none."""

    versions: tuple[ModelRow, ...]
    proposals: tuple[ModelProposed, ...]
    alarms: tuple[ModelAlarmRaised, ...]
    run: ModelTraining | None
    scores: str


class ModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """One version with its weeks of drift, the newest first, what waits, and its story."""

    row: ModelRow
    weeks: tuple[ModelWeek, ...]
    proposal: ModelProposed | None
    alarms: tuple[ModelAlarmRaised, ...]
    events: tuple[ModelStep, ...]


def registry(*, actor: Actor, at: datetime) -> ModelRegistry:
    """The registry of models. Raises `NotAllowed`."""
    check_may(actor, "risk.see")
    held = champion(at)
    run = ModelRun.objects.order_by("-pk").first()
    return ModelRegistry(
        versions=tuple(_row(one) for one in ModelVersion.objects.order_by("-registered_at", "-pk")[:MOST]),
        proposals=tuple(_proposed(one) for one in _waiting()),
        alarms=tuple(_raised(one) for one in _open_alarms()),
        run=_run(run) if run else None,
        scores=held.version if held else "",
    )


def model_file(*, actor: Actor, version: str) -> ModelFile:
    """One version. Raises `NotAllowed`, `NotFound`."""
    check_may(actor, "risk.see")
    row = ModelVersion.objects.filter(version=version).first()
    if row is None:
        raise NotFound(version)
    proposal = _waiting().filter(model=row).first()
    weeks = DriftWeek.objects.filter(model=row).order_by("-on")[:WEEKS]
    return ModelFile(
        row=_row(row),
        weeks=tuple(ModelWeek(on=one.on, told=one.told) for one in weeks),
        proposal=_proposed(proposal) if proposal else None,
        alarms=tuple(_raised(one) for one in _open_alarms().filter(model=row)),
        events=tuple(
            ModelStep(step=one.step, at=one.at, actor=one.actor, words=one.words) for one in row.events.order_by("-pk")
        ),
    )


def count_models_waiting(actor: Actor) -> int | None:
    """How many steps of models wait for a decision, and alarms; None for those who decide none."""
    if not may(actor, "risk.approve_model"):
        return None
    return int(_waiting().count()) + int(_open_alarms().count())


def may_see_model(actor: Actor, subject: str) -> bool:
    """Whether this person may read the version that a typed reference (`riskmodel:…`) names."""
    return may(actor, "risk.see") and ModelVersion.objects.filter(version=subject.partition(":")[2]).exists()


def _waiting() -> Any:
    return ModelProposal.objects.filter(outcome="").select_related("model").order_by("pk")


def _open_alarms() -> Any:
    return ModelAlarm.objects.filter(ended_at=None).select_related("model").order_by("-pk")


def _row(row: ModelVersion) -> ModelRow:
    return ModelRow(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(ModelRow)})


def _proposed(row: ModelProposal) -> ModelProposed:
    names = ("asked", "mode", "why", "proposed_by", "proposed_at")
    return ModelProposed(version=row.model.version, **{name: getattr(row, name) for name in names})


def _raised(row: ModelAlarm) -> ModelAlarmRaised:
    return ModelAlarmRaised(version=row.model.version, trouble=row.trouble, instead=row.instead, at=row.at)


def _run(row: ModelRun) -> ModelTraining:
    return ModelTraining(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(ModelTraining)})
