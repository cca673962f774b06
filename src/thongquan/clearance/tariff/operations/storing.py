"""Storing rows of law: only what differs is written, and every change makes a new law version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.directory import KEYS
from thongquan.clearance.tariff.formats.reading import Reading, Row
from thongquan.clearance.tariff.operations.report import LoadReport, TableChange
from thongquan.clearance.tariff.queries import forget_law

BATCH = 500
TABLES: dict[str, type[models.Dated]] = {name: getattr(models, name) for name in KEYS}
LOCK = 0x7A5C
_Differences = tuple[list[Row], list[int], TableChange]


def store(reading: Reading, *, actor: str, origin: str, at: datetime, files: str = "") -> LoadReport:
    """Store what is new or corrected, in one transaction, one load at a time.

    A row that differs from the live row of its key and day takes its place; the old one is kept, marked as withdrawn.
    Rows that the files do not name are left alone: law ends by a row that repeals it, never by silence.
    """
    with transaction.atomic():
        _wait_for_turn()
        found = {name: _differences(TABLES[name], rows) for name, rows in reading.tables.items()}
        changes = {name: change for name, (_, _, change) in found.items()}
        latest = models.LawVersion.objects.order_by("-id").first()
        if not any(new for new, _, _ in found.values()) and latest is not None:
            if files and latest.files != files:
                models.LawVersion.objects.filter(id=latest.id).update(files=files)
            return _report(latest, changes, reading, changed=False)
        version = models.LawVersion.objects.create(loaded_at=at, origin=origin[:200], files=files)
        for name, (new, replaced, _) in found.items():
            _write(TABLES[name], new, replaced, version)
        version.digest = digest_of_law()
        version.changes = _told(changes, reading)
        version.save()
        _tell(version, actor=actor, at=at)
    forget_law()
    return _report(version, changes, reading, changed=True)


def _wait_for_turn() -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def content_of(row: Mapping[str, Any]) -> str:
    """Digest of everything a row says."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _differences(model: type[models.Dated], rows: Iterable[Row]) -> _Differences:
    """New and corrected rows, the ids of the rows that corrected ones replace, and the counts."""
    key = (*model.KEY, "valid_from")
    live = {tuple(row[2:]): row[:2] for row in model.objects.live().values_list("pk", "content", *key)}
    new: list[Row] = []
    replaced: list[int] = []
    unchanged = unverified = repealed = 0
    for row in rows:
        content = content_of(row)
        unverified += not row["verified"]
        known = live.get(tuple(row[name] for name in key))
        if known and known[1] == content:
            unchanged += 1
            continue
        if known:
            replaced.append(known[0])
        repealed += row["repealed"]
        new.append({**row, "content": content})
    changed = len(replaced)
    return new, replaced, TableChange(len(new) - changed, changed, repealed, unchanged, unverified)


def _write(model: type[models.Dated], new: list[Row], replaced: list[int], version: models.LawVersion) -> None:
    for start in range(0, len(replaced), BATCH):
        model.objects.filter(pk__in=replaced[start : start + BATCH]).update(withdrawn=version)
    model.objects.bulk_create([model(**row, version=version) for row in new], batch_size=BATCH)


def digest_of_law() -> str:
    """Digest of all live rows: equal in two installations that hold the same law."""
    total = hashlib.sha256()
    for name in sorted(TABLES):
        rows = TABLES[name].objects.live().order_by("content").values_list("content", flat=True)
        total.update(f"{name}\n".encode())
        total.update("\n".join(rows.iterator(chunk_size=10_000)).encode())
    return total.hexdigest()


def _told(changes: dict[str, TableChange], reading: Reading) -> dict[str, Any]:
    """The report as it is kept with the version."""
    tables = {
        name: {"added": one.added, "changed": one.changed, "repealed": one.repealed}
        for name, one in changes.items()
        if one.added or one.changed
    }
    return {"tables": tables, "unread": [list(cell) for cell in reading.unread]}


def _tell(version: models.LawVersion, *, actor: str, at: datetime) -> None:
    details = {"version": version.id, "digest": version.digest, "origin": version.origin}
    subject = f"law:{version.id}"
    record(action="law.changed", subject=subject, actor=actor, at=at, details=details)
    announce(kind="law.changed", subject=subject, payload=details, at=at)


def _report(
    version: models.LawVersion, changes: dict[str, TableChange], reading: Reading, *, changed: bool
) -> LoadReport:
    return LoadReport(
        version=version.id,
        digest=version.digest,
        changed=changed,
        tables=changes,
        unread=tuple(reading.unread),
        unverified=sum(one.unverified for one in changes.values()),
    )
