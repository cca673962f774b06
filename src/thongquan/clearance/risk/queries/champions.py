"""The model that scores, held in the memory of the process.

On the path of lodging: the database and the disk are asked at most every thirty seconds; with no champion, or between
two looks, nothing is asked. A model whose files are missing or are not what was written never scores: the last good
version stands in, never let in further than the champion is; with none of them rules and chance select alone.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from thongquan.base.core.clock import now
from thongquan.clearance.risk.model_alarms import end_alarms, raise_alarm
from thongquan.clearance.risk.model_states import Mode, Role, Trouble, not_beyond
from thongquan.clearance.risk.models import ModelVersion
from thongquan.learning.risk import Model, ModelDamagedError, ModelError, Scorer, load
from thongquan.learning.risk.files import FILES

log = logging.getLogger(__name__)
FRESH = timedelta(seconds=30)
_FORMER = 4


@dataclass(frozen=True)
class Champion:
    """The model that scores. `instead` says that it stands in for the champion, whose files are not whole."""

    version: str
    mode: Mode
    folder: Path
    model: Model
    scorer: Scorer
    instead: bool = False


class _Held(NamedTuple):
    champion: Champion | None
    looked_at: datetime


class _Files(NamedTuple):
    """A version as it lies on the disk, and what came of reading it."""

    stamp: tuple[tuple[int, int], ...]
    scorer: Scorer | None
    trouble: Trouble | None


_lock = threading.Lock()
_held: _Held | None = None
_read: dict[str, _Files] = {}


def folder_of(version: str) -> Path:
    """Where the files of a version lie."""
    return Path(settings.DATA_DIR) / "risk" / "models" / version


def champion(at: datetime | None = None) -> Champion | None:
    """The model that scores at a moment (this one, unless told), or None: then rules and chance select.

    A champion whose files are missing or damaged raises an alarm, once for as long as that lasts; it is written when
    the transaction under way is committed, so that nothing is locked while somebody lodges.
    """
    moment, held = at or now(), _held
    if held is not None and abs(moment - held.looked_at) < FRESH:
        return held.champion
    with _lock:
        return _looked(moment)


def forget_champion() -> None:
    """Drop what is held: a change in this process shows at once."""
    global _held
    with _lock:
        _held = None
        _read.clear()


def scorer_of(version: str) -> Scorer:
    """A version ready to score, whatever its role. Raises ModelMissingError, ModelDamagedError."""
    return load(folder_of(version)).opened()


def trouble_of(version: str) -> Trouble | None:
    """What is wrong with the files of a version, read anew; None when they are whole."""
    return _opened(version, ()).trouble


def _looked(at: datetime) -> Champion | None:
    global _held
    if _held is None or abs(at - _held.looked_at) >= FRESH:
        _held = _Held(_standing(at), at)
    return _held.champion


def _standing(at: datetime) -> Champion | None:
    """The champion when its files are whole, else the last good version before it."""
    rows = list(
        ModelVersion.objects.exclude(seated_at=None)
        .filter(failed_at=None)
        .order_by("-seated_at")
        .only("version", "role", "mode")[: _FORMER + 1]
    )
    first = next((row for row in rows if row.role == Role.CHAMPION), None)
    if first is None:
        return None
    found, troubles = None, []
    for row in [first, *(row for row in rows if row is not first)]:
        files = _files(row.version)
        if files.scorer is not None:
            mode = not_beyond(Mode(first.mode), Mode(row.mode))
            found = Champion(
                row.version, mode, folder_of(row.version), files.scorer.model, files.scorer, row is not first
            )
            break
        troubles.append((row, files.trouble or Trouble.DAMAGED))
    _tell(first, found, troubles, at)
    return found


def _tell(
    first: ModelVersion, found: Champion | None, troubles: list[tuple[ModelVersion, Trouble]], at: datetime
) -> None:
    """Raise the alarm about what could not be read; end the one about a champion that can be read again."""
    instead = found.version if found else ""
    for row, trouble in troubles:
        log.error("the model of risk %s is %s; %s", row.version, trouble, instead or "rules and chance select alone")
        transaction.on_commit(partial(raise_alarm, model=row.pk, trouble=trouble, instead=instead, at=at))
    if not troubles and _fresh(first.version):
        transaction.on_commit(partial(end_alarms, model=first.pk, at=at))


_seen_whole: set[str] = set()


def _fresh(version: str) -> bool:
    """Whether this process finds the files of a version whole for the first time since they were not."""
    if version in _seen_whole:
        return False
    _seen_whole.add(version)
    return True


def _files(version: str) -> _Files:
    """What came of reading a version; read again only when its files changed."""
    stamp = _stamp(folder_of(version))
    held = _read.get(version)
    if held is None or held.stamp != stamp:
        _read[version] = held = _opened(version, stamp)
    if held.scorer is None:
        _seen_whole.discard(version)
    return held


def _opened(version: str, stamp: tuple[tuple[int, int], ...]) -> _Files:
    try:
        scorer = scorer_of(version)
    except ModelDamagedError:
        return _Files(stamp, None, Trouble.DAMAGED)
    except ModelError:
        return _Files(stamp, None, Trouble.MISSING)
    if scorer.model.version != version:
        return _Files(stamp, None, Trouble.DAMAGED)
    return _Files(stamp, scorer, None)


def _stamp(folder: Path) -> tuple[tuple[int, int], ...]:
    """Time and size of the files: a change of them is seen without reading them."""
    found = []
    for name in FILES:
        try:
            told = (folder / name).stat()
        except OSError:
            found.append((0, 0))
            continue
        found.append((told.st_mtime_ns, told.st_size))
    return tuple(found)
