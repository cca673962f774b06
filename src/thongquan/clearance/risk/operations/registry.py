"""The registry of models of risk: a version comes in, one person proposes a step, another decides, and back in one.

Legal basis: Customs Law 54/2014/QH13 Art. 17; Circular 81/2019/TT-BTC Art. 5-7. Each step writes the story of the
version, a row of the ledger and a message.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.risk.model_alarms import offices_known, subject_of
from thongquan.clearance.risk.model_states import SEATABLE, Asked, Mode, Role, Step
from thongquan.clearance.risk.models import ModelEvent, ModelProposal, ModelVersion
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.queries.champions import folder_of, forget_champion, trouble_of
from thongquan.learning.risk import Model, save
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_WORDS = 2_000
OWN, WORLD = "own", "world"


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a model was made from and what it was worth; the fields are those of `models.ModelVersion`."""

    source: str
    since: datetime
    until: datetime
    world: str = ""
    counts: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    measures: dict[str, Any] = {}


def register_model(*, actor: Actor, model: Model, card: Card, at: datetime) -> bool:
    """Keep a version as a challenger: its files first, then its row. The same version again changes nothing; whether it
    was new. Raises `NotAllowed`.
    """
    check_may(actor, "risk.train")
    _write(model)
    with transaction.atomic():
        row, fresh = ModelVersion.objects.get_or_create(
            version=model.version,
            defaults={
                **msgspec.structs.asdict(card),
                "role": Role.CHALLENGER,
                "lines": model.lines,
                "found": model.found,
                "registered_at": at,
                "registered_by": actor.reference,
            },
        )
        if fresh:
            ModelVersion.objects.filter(role=Role.CHALLENGER).exclude(pk=row.pk).update(role=Role.RETIRED)
            data = {"source": card.source, "lines": model.lines, "found": model.found}
            happened(row, Step.REGISTER, actor.reference, at, data=data)
    return fresh


def _write(model: Model) -> None:
    """The files are whole before anybody can find them."""
    folder = folder_of(model.version)
    draft = folder.with_name(f"{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    save(model, draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.replace(folder)


def watch_model(*, actor: Actor, version: str, words: str, at: datetime) -> None:
    """Keep a version as a shadow: it is compared with the champion every week, with no effect on anything.

    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-RSK-009, -040, all at once.
    """
    _move(actor, version, Step.WATCH, Role.SHADOW, words, at)


def retire_model(*, actor: Actor, version: str, words: str, at: datetime) -> None:
    """Leave a version aside; its files are kept. Raises as `watch_model`."""
    _move(actor, version, Step.RETIRE, Role.RETIRED, words, at)


def _move(actor: Actor, version: str, step: Step, role: Role, words: str, at: datetime) -> None:
    check_may(actor, "risk.propose_model")
    with transaction.atomic():
        row = locked(version)
        faults = worded(words)
        if row.role not in SEATABLE or row.role == role or _open(row):
            faults.append(not_now(row))
        if faults:
            raise Refused(faults)
        row.role = role
        row.save(update_fields=["role"])
        happened(row, step, actor.reference, at, words=words)


def retreat(*, actor: Actor, words: str, at: datetime, version: str = "") -> str:
    """Let the champion in one mode less at once: the cautious step needs no second person; gives the mode it has now.

    With `version`, only when that one is the champion still. Raises `NotAllowed`, `NotFound` without a champion;
    `Refused` with TQ-RSK-009, -040.
    """
    check_may(actor, "risk.propose_model")
    with transaction.atomic():
        row = champion_locked()
        faults = worded(words)
        if row.mode == Mode.SHADOW or version not in ("", row.version):
            faults.append(not_now(row))
        if faults:
            raise Refused(faults)
        lower(row, Step.RETREAT, actor.reference, at, words=words)
    return str(row.mode)


def lower(row: ModelVersion, step: Step, by: str, at: datetime, *, words: str = "") -> None:
    """Take one mode from the champion; a waiting proposal for a further one is overtaken."""
    before = Mode(row.mode)
    row.mode = Mode.INFORMED if before is Mode.ACTIVE else Mode.SHADOW
    row.save(update_fields=["mode"])
    overtake(row, by, at)
    happened(row, step, by, at, words=words, data={"from": str(before), "mode": str(row.mode)})
    transaction.on_commit(forget_champion)


def overtake(row: ModelVersion, by: str, at: datetime) -> None:
    """Close the proposal of a version that is no longer what it was when somebody proposed."""
    row.proposals.filter(outcome="").update(outcome="overtaken", decided_by=by, decided_at=at)


def happened(
    row: ModelVersion, step: Step, by: str, at: datetime, *, words: str = "", data: Mapping[str, Any] | None = None
) -> None:
    """The story with its words; ledger row and message without them."""
    given = dict(data or {})
    ModelEvent.objects.create(
        model=row, step=step, at=at, actor=by, words=storable(words)[:MOST_WORDS].strip(), data=given
    )
    kind, subject = f"risk.model_{step}", subject_of(row.version)
    told = {"version": row.version, "role": str(row.role), "mode": str(row.mode), **given}
    record(action=kind, subject=subject, actor=by, at=at, details=told)
    announce(kind=kind, subject=subject, payload={**told, "offices": offices_known()}, at=at)


def locked(version: str) -> ModelVersion:
    """A version, locked until the transaction ends; the champion's row first, so that two switches never cross.

    Raises `NotFound`.
    """
    list(ModelVersion.objects.select_for_update().filter(role=Role.CHAMPION).values_list("pk"))
    row = ModelVersion.objects.select_for_update().filter(version=version).first()
    if row is None:
        raise NotFound(version)
    return row


def champion_locked() -> ModelVersion:
    """The champion, locked. Raises `NotFound`."""
    row = ModelVersion.objects.select_for_update().filter(role=Role.CHAMPION).first()
    if row is None:
        raise NotFound("champion")
    return row


def worded(words: str) -> list[Fault]:
    """TQ-RSK-009 for words that say nothing."""
    return [] if words.strip() else [Fault(code=Code.TQ_RSK_009, path="words")]


def not_now(row: ModelVersion) -> Fault:
    """That the version does not allow a step."""
    return Fault(code=Code.TQ_RSK_040, path="version", value=row.version[:8])


def whole(row: ModelVersion) -> list[Fault]:
    """TQ-RSK-042 for a version whose files are not what was written."""
    if trouble_of(row.version) is None:
        return []
    return [Fault(code=Code.TQ_RSK_042, path="version", value=row.version[:8])]


def _open(row: ModelVersion) -> bool:
    return ModelProposal.objects.filter(model=row, outcome="").exists()


__all__ = ["OWN", "WORLD", "Asked", "Card", "register_model", "retire_model", "retreat", "watch_model"]
