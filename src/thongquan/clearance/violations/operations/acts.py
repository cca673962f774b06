"""Bringing the acts of the law into the database from the shipped reference file; doing it again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from django.db import transaction

from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.violations.models import Act
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.penalties import FineRule, Kind

SHIPPED = Path(__file__).parents[3] / "reference" / "violations_acts.csv"
SYSTEM = "system:reference"
_TEXTS = ("code", "article", "source", "name_vi", "name_en", "name_zh", "name_fr")
_YES = {"yes": True, "no": False}
_GOOD_VALUES = ("", "I", "II")


def load_acts(*, at: datetime, file: Path = SHIPPED, actor: str = SYSTEM) -> int:
    """Make the live acts equal to the file; gives how many rows were added or withdrawn.

    Everything is read first: `Refused` (TQ-FMT-005, TQ-FMT-018) names every wrong value and nothing is stored.
    """
    rows = _read(file)
    with transaction.atomic():
        live = {(act.code, act.valid_from): act for act in Act.objects.filter(withdrawn_at=None)}
        gone = [act for key, act in live.items() if rows.get(key) != _content(act)]
        kept = {(act.code, act.valid_from) for act in live.values()} - {(act.code, act.valid_from) for act in gone}
        fresh = [Act(**row, loaded_at=at) for key, row in rows.items() if key not in kept]
        if not gone and not fresh:
            return 0
        Act.objects.filter(id__in=[act.id for act in gone]).update(withdrawn_at=at)
        Act.objects.bulk_create(fresh)
        told = {"file": file.name, "added": len(fresh), "withdrawn": len(gone)}
        record(action="violation.acts_loaded", subject="law:violations", actor=actor, at=at, details=told)
        announce(kind="violation.acts_loaded", subject="law:violations", payload=told, at=at)
        return len(gone) + len(fresh)


def _content(act: Act) -> dict[str, Any]:
    names = ("kind", "fine_rule", "fine_share", "annex_group", "annex_verified", "valid_from", "verified", *_TEXTS)
    return {name: getattr(act, name) for name in names}


def _read(file: Path) -> dict[tuple[str, date], dict[str, Any]]:
    faults: list[Fault] = []
    found: dict[tuple[str, date], dict[str, Any]] = {}
    for number, values in _rows(file):
        row = _row(values, f"{file.name}:{number}", faults)
        if row is not None:
            found[(row["code"], row["valid_from"])] = row
    if faults:
        raise Refused(faults)
    return found


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from enumerate(csv.DictReader(stream), start=2)


def _row(values: dict[str, str], place: str, faults: list[Fault]) -> dict[str, Any] | None:
    """One act; every value that cannot be read is a fault with its place."""
    before = len(faults)
    row: dict[str, Any] = {name: values.get(name, "") for name in _TEXTS}
    faults += [_fault(place, name, "", Code.TQ_FMT_005) for name in _TEXTS if not row[name]]
    for name, allowed in _WORDS.items():
        row[name] = values.get(name, "")
        if row[name] not in allowed:
            faults.append(_fault(place, name, row[name]))
    for name in ("verified", "annex_verified"):
        row[name] = _YES.get(values.get(name, ""), False)
        if values.get(name) not in _YES:
            faults.append(_fault(place, name, values.get(name, "")))
    row["fine_share"] = _share(values, place, faults)
    row["valid_from"] = _day(values, place, faults)
    return row if len(faults) == before else None


_WORDS = {"kind": get_args(Kind), "fine_rule": get_args(FineRule), "annex_group": _GOOD_VALUES}


def _share(values: dict[str, str], place: str, faults: list[Fault]) -> Decimal | None:
    """The share of the duty declared short; there under the rule `share` and nowhere else."""
    text = values.get("fine_share", "")
    try:
        share = Decimal(text) if text else None
    except InvalidOperation:
        share = Decimal("NaN")
    wanted = values.get("fine_rule") == "share"
    if wanted != (share is not None) or (share is not None and not (share.is_finite() and 0 < share <= 10)):
        faults.append(_fault(place, "fine_share", text))
        return None
    return share.quantize(Decimal("0.00001")) if share is not None else None


def _day(values: dict[str, str], place: str, faults: list[Fault]) -> date | None:
    try:
        return date.fromisoformat(values.get("valid_from", ""))
    except ValueError:
        faults.append(_fault(place, "valid_from", values.get("valid_from", "")))
        return None


def _fault(place: str, name: str, value: str, code: Code = Code.TQ_FMT_018) -> Fault:
    file = place.partition(":")[0]
    return Fault(code=code, path=f"{place}:{name}", value=value[:200], values={"field": name, "file": file})
