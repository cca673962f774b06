"""Attributes that decide between the codes of a heading: shipped rows loaded, and changes by two officers.

Legal basis: Circular 14/2015/TT-BTC Art. 4.1 (one item, one code); the attributes are those of the nomenclature's own
texts (Circular 31/2022/TT-BTC) where a row names them, else the office's experience and marked unverified.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.outbox import announce
from thongquan.base.ledger.operations import record
from thongquan.clearance.classification.models import DecidingAttribute
from thongquan.clearance.classification.permissions import check_anywhere
from thongquan.clearance.classification.queries.attributes import HOLDING, IN_FORCE, LEAVING, PROPOSED
from thongquan.learning.twins import Kind
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import fold, storable

SHIPPED = Path(__file__).parents[3] / "reference" / "goods" / "deciding_attributes.csv"
SYSTEM = "system:reference"
ENDED, REJECTED = "ended", "rejected"
LENGTHS = {"name": 40, "name_vi": 120, "name_en": 120, "name_zh": 120, "name_fr": 120, "unit": 8, "source": 300}
MOST_VALUES, LONGEST_VALUE, MOST_WORDS = 20, 300, 2_000


class AttributeGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An attribute as it is proposed; `values` are answers, the spellings of each separated by `|`."""

    prefix: str
    kind: str
    name: str
    name_vi: str
    source: str
    name_en: str = ""
    name_zh: str = ""
    name_fr: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    limits: tuple[float, ...] = ()
    verified: bool = False


def propose_attribute(*, actor: Actor, given: AttributeGiven, at: datetime) -> int:
    """Propose an attribute for the codes of a chapter, heading or subheading, to be signed by another person.

    Raises `NotAllowed`; `Refused` with every fault: TQ-CLS-040 (prefix), -045 (kind), -046 (missing), -049 (too long),
    -060 (in force already), -062 (values, unit or limits that do not fit).
    """
    check_anywhere(actor, "classification.teach")
    told = _cleaned(given)
    faults = faults_of(told)
    if _holding(told.prefix, told.name) is not None:
        faults.append(Fault(code=Code.TQ_CLS_060, path="name", value=told.prefix))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        row = _row(told, state=PROPOSED, by=actor.reference, at=at)
        row.save()
        _told("classification.attribute_proposed", row, actor.reference, at)
        return row.pk


def propose_attribute_end(*, actor: Actor, attribute: int, words: str, at: datetime) -> None:
    """Propose that an attribute ends, saying why; it holds until another person signs.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-046, -061.
    """
    check_anywhere(actor, "classification.teach")
    said = _needed(words)
    with transaction.atomic():
        row = _locked(attribute, IN_FORCE)
        row.state, row.words = LEAVING, said
        row.proposed_at, row.proposed_by = at, actor.reference
        row.save()
        _told("classification.attribute_end_proposed", row, actor.reference, at)


def sign_attribute(*, actor: Actor, attribute: int, at: datetime) -> None:
    """Sign what another person proposed: from now on the attribute holds, or holds no more.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-051, -060, -061.
    """
    check_anywhere(actor, "classification.teach")
    with transaction.atomic():
        row = _locked(attribute, PROPOSED, LEAVING)
        _check_another(row, actor)
        if row.state == PROPOSED and _holding(row.prefix, row.name) is not None:
            raise Refused([Fault(code=Code.TQ_CLS_060, path="name", value=row.prefix)])
        row.state = IN_FORCE if row.state == PROPOSED else ENDED
        row.signed_at, row.signed_by = at, actor.reference
        row.save()
        _told("classification.attribute_signed", row, actor.reference, at)


def reject_attribute(*, actor: Actor, attribute: int, words: str, at: datetime) -> None:
    """Do not sign what was proposed, saying why: a proposed end is off. The proposer may take it back so too.

    Raises `NotFound`, `NotAllowed`; `Refused` with TQ-CLS-046, -061.
    """
    check_anywhere(actor, "classification.teach")
    said = _needed(words)
    with transaction.atomic():
        row = _locked(attribute, PROPOSED, LEAVING)
        row.state = REJECTED if row.state == PROPOSED else IN_FORCE
        row.words = said
        row.save()
        _told("classification.attribute_rejected", row, actor.reference, at)


def load_attributes(*, at: datetime, file: Path = SHIPPED) -> int:
    """Make the shipped rows equal to the file; gives how many were added or ended. Doing it again changes nothing.

    What officers signed is stronger: their rows stay, and a shipped row that they ended does not come back. `Refused`
    names every fault with its row.
    """
    given = _read(file)
    with transaction.atomic():
        rows = list(DecidingAttribute.objects.filter(shipped=True).order_by("id"))
        live = {(row.prefix, row.name): row for row in rows if row.state in HOLDING}
        ended = [_content(row) for row in rows if row.state == ENDED and row.signed_by != SYSTEM]
        wanted = {(one.prefix, one.name): one for one in given}
        gone = [row for key, row in live.items() if key not in wanted or _content(row) != _given_content(wanted[key])]
        for row in gone:
            row.state, row.signed_at, row.signed_by = ENDED, at, SYSTEM
            row.save()
        added = 0
        for one in given:
            if _holding(one.prefix, one.name) is None and _given_content(one) not in ended:
                made = _row(one, state=IN_FORCE, by=SYSTEM, at=at)
                made.shipped, made.signed_at, made.signed_by = True, at, SYSTEM
                made.save()
                added += 1
        if added or gone:
            details = {"added": added, "ended": len(gone)}
            action = "classification.attributes_loaded"
            record(action=action, subject="law:attributes", actor=SYSTEM, at=at, details=details)
            announce(kind=action, subject="law:attributes", payload=details, at=at)
        return added + len(gone)


def faults_of(given: AttributeGiven) -> list[Fault]:
    """What is wrong with an attribute, all of it."""
    faults = [
        Fault(code=Code.TQ_CLS_046, path=name, values={"field": field})
        for name, field in (("name", "attribute.name"), ("name_vi", "attribute.name"), ("source", "precedent.source"))
        if not getattr(given, name)
    ]
    if not (given.prefix.isascii() and given.prefix.isdigit() and len(given.prefix) in (2, 4, 6, 8)):
        faults.append(Fault(code=Code.TQ_CLS_040, path="prefix", value=given.prefix[:20]))
    for name, most in LENGTHS.items():
        if len(getattr(given, name)) > most:
            values = {"field": "attribute.name", "limit": str(most)}
            faults.append(Fault(code=Code.TQ_CLS_049, path=name, values=values))
    if given.kind not in set(Kind):
        values = {"field": "precedent.kind", "allowed": ", ".join(Kind)}
        return [*faults, Fault(code=Code.TQ_CLS_045, path="kind", value=given.kind[:40], values=values)]
    return faults + _unfit(given)


def _unfit(given: AttributeGiven) -> list[Fault]:
    """TQ-CLS-062: words want at least two answers and nothing else, a limit its unit and figures, material neither."""
    good_words = 2 <= len(given.values) <= MOST_VALUES and all(0 < len(one) <= LONGEST_VALUE for one in given.values)
    good_limits = 1 <= len(given.limits) <= MOST_VALUES and all(isfinite(one) and one > 0 for one in given.limits)
    fits = {
        "values": good_words if given.kind == Kind.WORDS else not given.values,
        "unit": bool(given.unit) if given.kind == Kind.LIMIT else not given.unit,
        "limits": good_limits if given.kind == Kind.LIMIT else not given.limits,
    }
    field = {"values": "attribute.values", "unit": "attribute.unit", "limits": "attribute.unit"}
    return [
        Fault(code=Code.TQ_CLS_062, path=name, values={"field": field[name]}) for name, good in fits.items() if not good
    ]


def _cleaned(given: AttributeGiven) -> AttributeGiven:
    texts = {name: storable(getattr(given, name)) for name in (*LENGTHS, "prefix", "kind")}
    answers = tuple(
        "|".join(filter(None, (fold(storable(word)) for word in one.split("|")))) for one in given.values if one.strip()
    )
    return msgspec.structs.replace(given, **texts, values=answers, limits=tuple(sorted(set(given.limits))))


def _row(given: AttributeGiven, *, state: str, by: str, at: datetime) -> DecidingAttribute:
    known = msgspec.structs.asdict(given) | {"values": list(given.values), "limits": list(given.limits)}
    return DecidingAttribute(**known, state=state, proposed_at=at, proposed_by=by)


def _holding(prefix: str, name: str) -> DecidingAttribute | None:
    return DecidingAttribute.objects.filter(prefix=prefix, name=name, state__in=HOLDING).first()


def _locked(key: int, *states: str) -> DecidingAttribute:
    row = DecidingAttribute.objects.select_for_update().filter(pk=key).first() if 0 < key < 2**63 else None
    if row is None:
        raise NotFound(str(key))
    if row.state not in states:
        raise Refused([Fault(code=Code.TQ_CLS_061, path="state", value=row.prefix)])
    return row


def _check_another(row: DecidingAttribute, actor: Actor) -> None:
    if row.proposed_by == actor.reference:
        raise Refused([Fault(code=Code.TQ_CLS_051, path="actor", value=row.prefix)])


def _needed(words: str) -> str:
    said = storable(words)[:MOST_WORDS]
    if not said:
        raise Refused([Fault(code=Code.TQ_CLS_046, path="words")])
    return said


def _told(action: str, row: DecidingAttribute, by: str, at: datetime) -> None:
    details = {"prefix": row.prefix, "name": row.name, "kind": row.kind, "state": row.state}
    subject = f"attribute:{row.pk}"
    record(action=action, subject=subject, actor=by, at=at, details=details)
    announce(kind=action, subject=subject, payload=details, at=at)


def _content(row: DecidingAttribute) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in AttributeGiven.__struct_fields__ if name not in ("values", "limits")}
    return plain | {"values": tuple(row.values), "limits": tuple(row.limits)}


def _given_content(given: AttributeGiven) -> dict[str, Any]:
    return msgspec.structs.asdict(given)


def _read(file: Path) -> list[AttributeGiven]:
    found: list[AttributeGiven] = []
    faults: list[Fault] = []
    for number, row in _rows(file):
        try:
            limits = tuple(float(one) for one in row["limits"].split(";") if one)
            texts = {name: row[name] for name in (*LENGTHS, "prefix", "kind")}
            values = tuple(one for one in row["values"].split(";") if one)
            one = _cleaned(AttributeGiven(**texts, values=values, limits=limits, verified=row["verified"] == "yes"))
        except (KeyError, ValueError, AttributeError, TypeError):
            place = f"{file.name}:{number}"
            values_told = {"field": place, "file": file.name}
            faults.append(Fault(code=Code.TQ_FMT_018, path=place, line=number, values=values_told))
            continue
        faults += [
            msgspec.structs.replace(fault, path=f"{file.name}:{number}:{fault.path}") for fault in faults_of(one)
        ]
        found.append(one)
    if faults:
        raise Refused(faults)
    return found


def _rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from enumerate(csv.DictReader(stream), start=2)
