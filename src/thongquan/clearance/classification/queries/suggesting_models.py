"""The model in force, held in memory; and the list of models with what they were worth."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.db import connection

from thongquan.base.core.errors import NotFound
from thongquan.clearance.classification.models import SuggestionModel
from thongquan.clearance.classification.suggesting_states import Stand
from thongquan.learning.suggest import Digests, Model, digests, load

log = logging.getLogger(__name__)
_AGAIN_SECONDS = 60.0
_lock = threading.Lock()
_held: dict[str, InForce] = {}
_bad: dict[tuple[str, str], float] = {}


class InForce(NamedTuple):
    """A model that answers. `instead` says that it stands in for the one in force, whose files are not whole."""

    version: str
    trained_at: datetime
    model: Model
    instead: bool


class ModelRow(msgspec.Struct, frozen=True):
    """A model as lists and pages show it; `counts` and `report` as they are stored."""

    version: str
    state: str
    trained_at: datetime
    seconds: float
    counts: dict[str, int]
    report: dict[str, Any]
    follows: bool
    proposed_by: str
    proposed_at: datetime | None
    why: str
    chosen_by: str
    chosen_at: datetime | None


def folder_of(version: str) -> Path:
    """Where the files of a version lie."""
    return Path(settings.DATA_DIR) / "suggest" / version


def whole(row: SuggestionModel) -> bool:
    """Whether the files of a model are those that were written for it."""
    try:
        return digests(folder_of(row.version)) == Digests(row.arrays, row.words)
    except OSError:
        return False


def model_in_force() -> InForce | None:
    """The champion, or the last one before it whose files are whole, or None: then nothing is suggested.

    Read from the disk once per version and process. What could not be read is tried again after a minute.
    """
    rows = _standing()
    if not rows:
        return None
    key = str(connection.settings_dict["NAME"])
    held = _held.get(key)
    if held is not None and held.version == rows[0].version:
        return held
    with _lock:
        for row in rows:
            held = _held.get(key)
            if held is not None and held.version == row.version:
                return held
            model = _read(key, row)
            if model is not None:
                _held[key] = InForce(row.version, row.trained_at, model, row is not rows[0])
                return _held[key]
    return None


def _standing() -> list[SuggestionModel]:
    """The champion first, then those that were in force before, the latest first; few of them."""
    rows = SuggestionModel.objects.exclude(chosen_at=None).order_by("-chosen_at").defer("report")[:4]
    return sorted(rows, key=lambda row: row.state != Stand.CHAMPION)


def _read(key: str, row: SuggestionModel) -> Model | None:
    if _bad.get((key, row.version), -_AGAIN_SECONDS) + _AGAIN_SECONDS > time.monotonic():
        return None
    try:
        model = load(folder_of(row.version)) if whole(row) else None
    except (OSError, ValueError):
        model = None
    if model is None:
        log.warning("the files of the suggesting model %s are missing, changed or damaged", row.version)
        _bad[key, row.version] = time.monotonic()
    return model


def forget_models() -> None:
    """Drop what is held in memory: after files changed under a running process, and between tests."""
    with _lock:
        _held.clear()
        _bad.clear()


def models_listed(*, most: int = 60) -> list[ModelRow]:
    """Models, the latest first."""
    return [_row(row) for row in SuggestionModel.objects.order_by("-trained_at", "-id")[:most]]


def model_named(version: str) -> ModelRow:
    """One model. Raises `NotFound`."""
    row = SuggestionModel.objects.filter(version=version).first()
    if row is None:
        raise NotFound(version)
    return _row(row)


def newest_measured() -> ModelRow | None:
    """The model in force when it was measured, else the latest one that was; None before the first."""
    rows = SuggestionModel.objects.exclude(report={})
    found = rows.filter(state=Stand.CHAMPION).first() or rows.order_by("-trained_at").first()
    return _row(found) if found else None


def _row(row: SuggestionModel) -> ModelRow:
    names = (field.name for field in msgspec.structs.fields(ModelRow))
    return ModelRow(**{name: getattr(row, name) for name in names})


def stored_versions() -> Iterator[Path]:
    """Folders of models on the disk."""
    home = Path(settings.DATA_DIR) / "suggest"
    return (path for path in home.iterdir() if path.is_dir()) if home.is_dir() else iter(())
