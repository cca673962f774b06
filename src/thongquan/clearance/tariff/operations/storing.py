"""Storing rows of law: only what differs is written, and every change makes a new law version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.formats.directory import KEYS
from thongquan.clearance.tariff.formats.reading import Reading, Row
from thongquan.clearance.tariff.operations.conflicts import RELEASED, Clash, conflicts_among, released_versions
from thongquan.clearance.tariff.operations.report import LoadConflict, LoadReport, TableChange
from thongquan.clearance.tariff.queries import forget_law

BATCH = 500
TABLES: dict[str, type[models.Dated]] = {name: getattr(models, name) for name in KEYS}
LOCK = 0x7A5C


class Differences(NamedTuple):
    """New and corrected rows of a table, the ids of rows that corrected ones replace, the counts, and the conflicts."""

    new: list[Row]
    replaced: list[int]
    change: TableChange
    conflicts: list[LoadConflict]


def store(
    reading: Reading, *, actor: str, origin: str, at: datetime, files: str = "", released: bool = False
) -> LoadReport:
    """Store what is new or corrected, in one transaction, one load at a time.

    A row that differs from the live row of its key and day takes its place; the old one is kept, marked as withdrawn.
    Rows that the files do not name are left alone: law ends by a row that repeals it, never by silence. What people
    `released` is replaced by another release alone; for any other load it is a conflict, told with both values.
    """
    with transaction.atomic():
        _wait_for_turn()
        standing = frozenset() if released else released_versions()
        found = {name: _differences(TABLES[name], rows, standing) for name, rows in reading.tables.items()}
        latest = models.LawVersion.objects.order_by("-id").first()
        if not any(one.new for one in found.values()) and latest is not None:
            if files and latest.files != files:
                models.LawVersion.objects.filter(id=latest.id).update(files=_digest_unless(found, files))
            return _report(latest, found, reading, changed=False)
        version = models.LawVersion.objects.create(
            loaded_at=at, origin=origin[:200], files=_digest_unless(found, files)
        )
        for name, one in found.items():
            _write(TABLES[name], one.new, one.replaced, version)
        version.digest = digest_of_law()
        version.changes = {**_told(found, reading), **({RELEASED: True} if released else {})}
        version.save()
        _tell(version, actor=actor, at=at)
    forget_law()
    return _report(version, found, reading, changed=True)


def _digest_unless(found: Mapping[str, Differences], files: str) -> str:
    """The digest of files that were loaded whole; with a conflict they are read again, to tell it again."""
    return "" if any(one.conflicts for one in found.values()) else files


def _wait_for_turn() -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def content_of(row: Mapping[str, Any]) -> str:
    """Digest of everything a row says."""
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _differences(model: type[models.Dated], rows: Iterable[Row], released: frozenset[int]) -> Differences:
    """What rows bring to a table whose live rows of `released` versions stand against them."""
    key = (*model.KEY, "valid_from")
    live = {tuple(row[3:]): row[:3] for row in model.objects.live().values_list("pk", "content", "version_id", *key)}
    new: list[Row] = []
    replaced: list[int] = []
    clashes: list[Clash] = []
    unchanged = unverified = repealed = 0
    for row in rows:
        content = content_of(row)
        unverified += not row["verified"]
        pk, held, version = live.get(tuple(row[name] for name in key), (0, "", 0))
        if held == content:
            unchanged += 1
        elif version in released:
            clashes.append(Clash(row, content, pk))
        else:
            replaced += [pk] if pk else []
            repealed += row["repealed"]
            new.append({**row, "content": content})
    changed = len(replaced)
    change = TableChange(len(new) - changed, changed, repealed, unchanged, unverified)
    return Differences(new, replaced, change, conflicts_among(model, clashes) if clashes else [])


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


def _told(found: Mapping[str, Differences], reading: Reading) -> dict[str, Any]:
    """The report as it is kept with the version."""
    tables = {
        name: {"added": change.added, "changed": change.changed, "repealed": change.repealed}
        for name, (_new, _replaced, change, _conflicts) in found.items()
        if change.added or change.changed
    }
    return {"tables": tables, "unread": [list(cell) for cell in reading.unread]}


def _tell(version: models.LawVersion, *, actor: str, at: datetime) -> None:
    details = {"version": version.id, "digest": version.digest, "origin": version.origin}
    subject = f"law:{version.id}"
    record(action="law.changed", subject=subject, actor=actor, at=at, details=details)
    announce(kind="law.changed", subject=subject, payload=details, at=at)


def _report(
    version: models.LawVersion, found: Mapping[str, Differences], reading: Reading, *, changed: bool
) -> LoadReport:
    return LoadReport(
        version=version.id,
        digest=version.digest,
        changed=changed,
        tables={name: one.change for name, one in found.items()},
        unread=tuple(reading.unread),
        unverified=sum(one.change.unverified for one in found.values()),
        conflicts=tuple(conflict for one in found.values() for conflict in one.conflicts),
    )
