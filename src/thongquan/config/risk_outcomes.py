"""What the model of risk learns from, handed to its room: lines as they were lodged, findings of checks and audits,
judged two-code findings. Verified certificates come to the room by themselves (`origin.verification.closed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

import msgspec

from thongquan.base.core.outbox import Message
from thongquan.clearance.control.queries.bulk import finding_rows
from thongquan.clearance.declarations.numbers import key_of_number, number_of
from thongquan.clearance.declarations.queries.bulk import VersionRow, keys_after, version_rows
from thongquan.clearance.risk.operations import outcomes as kept
from thongquan.clearance.risk.queries.trade import numbers_kept
from thongquan.learning.risk.declared import declared_lines
from thongquan.learning.risk.trade import CODED
from thongquan.rules.decision import Decision, LineDuties
from thongquan.rules.encoding import decoded_decision, decoded_document
from thongquan.rules.law import ExchangeRate
from thongquan.rules.origin.presented import Presented

LODGED, AUDITED = "declaration.lodged", "declaration.audit"
JUDGED, TAKEN_BACK = "classification.judged", "classification.outcome_taken_back"
CODES = frozenset({JUDGED, TAKEN_BACK})
CHECKED = frozenset({"declaration.documents_checked", "declaration.goods_inspected"})
REASSESSED = frozenset({"declaration.amend", "declaration.amend_after", "declaration.confirm_correction"})
KINDS = CHECKED | REASSESSED | CODES | {LODGED, AUDITED}
_PAGE = 500


class _Law(msgspec.Struct, frozen=True):
    rates: dict[str, ExchangeRate] = {}


class _Met(msgspec.Struct, frozen=True):
    """The parts of stored facts that are wanted here: the rest is not even read."""

    law: _Law = _Law()
    certificates: tuple[Presented, ...] = ()


class _Other(msgspec.Struct, frozen=True):
    declaration: str
    line: int


class _Judged(msgspec.Struct, frozen=True):
    """A two-code finding that a person judged: a line, the other one, and whose code was right (docs/events.md)."""

    declaration: str
    line: int
    verdict: str
    partner: _Other


_MET = msgspec.msgpack.Decoder(_Met)
_WRONG: dict[str, tuple[bool, bool]] = {
    "first": (False, True),
    "second": (True, False),
    "neither": (True, True),
    "different": (False, False),
}
"""Whether the code of the line, and of the other one, was wrong. What went to analysis is no label yet."""


def follow(messages: Sequence[Message]) -> None:
    """Keep the lines that were lodged and the outcomes that became known."""
    of: dict[str, set[int]] = defaultdict(set)
    for message in messages:
        if message.kind not in CODES:
            of[message.kind].add(key_of_number(message.subject.partition(":")[2]))
    keep_lodged(of[LODGED] - {0})
    keep_checked(set().union(*(of[kind] for kind in CHECKED | REASSESSED)) - {0})
    _keep_audited([one for one in messages if one.kind == AUDITED])
    for message in messages:
        if message.kind in CODES:
            _keep_judged(message)


def keep_lodged(keys: Collection[int]) -> None:
    """Keep the lines of these declarations as they were first lodged."""
    if keys:
        kept.keep_lines([line for row in _first(version_rows(keys)).values() for line in _lines(row)])


def catch_up() -> int:
    """Keep lines of declarations that were never handed over, as after loading; gives how many declarations."""
    key, added = 0, 0
    while keys := keys_after(key, limit=_PAGE):
        held = numbers_kept([number_of(one) for one in keys])
        missing = {one for one in keys if number_of(one) not in held}
        keep_lodged(missing)
        keep_checked(missing)
        key, added = keys[-1], added + len(missing)
    return added


def _first(versions: Collection[VersionRow]) -> dict[int, VersionRow]:
    found: dict[int, VersionRow] = {}
    for one in sorted(versions, key=lambda row: row.version):
        found.setdefault(one.declaration, one)
    return found


def _lines(row: VersionRow) -> Iterator[kept.KeptLine]:
    document, decision = decoded_document(row.document), decoded_decision(row.decision)
    met = _MET.decode(row.facts)
    dollar = met.law.rates.get("USD")
    told = declared_lines(document, decision.lines, met.certificates, dollar.vnd if dollar else None)
    words = dict(told.coded)
    count = len(told.numbers)
    words["office"] = words["office"] if any(words["office"]) else [row.office] * count
    words["firm"] = words["firm"] if any(words["firm"]) else [row.tax_code or None] * count
    for place, line in enumerate(told.numbers):
        yield kept.KeptLine(
            number=number_of(row.declaration),
            line=line,
            at=row.registered_at,
            imports=told.imports,
            coded=[words[name][place] for name in CODED],
            amounts=list(told.amounts[place]),
        )


def keep_checked(keys: Collection[int]) -> None:
    """Keep what concluded checks found, line by line. Lines of a checked declaration that no finding names are clean;
    a finding that names no line speaks of all of them.
    """
    if not keys:
        return
    versions = version_rows(keys)
    first, latest = _first(versions), {one.declaration: one for one in sorted(versions, key=lambda row: row.version)}
    outcomes = []
    rows = finding_rows(keys)
    for key, checked in rows.items():
        before, after = decoded_decision(first[key].decision), decoded_decision(latest[key].decision)
        more = more_owed(before, after)
        for one in before.lines:
            kinds = sorted(checked.kinds.get(one.number, frozenset()) | checked.kinds.get(None, frozenset()))
            outcomes.append(
                kept.KeptOutcome(
                    number=number_of(key),
                    line=one.number,
                    source=kept.INSPECTION,
                    known_at=checked.known_at,
                    found=bool(kinds),
                    kinds=kinds,
                    evaded_vnd=more.get(one.number, Decimal(0)) if kinds else Decimal(0),
                )
            )
    kept.keep_outcomes(kept.INSPECTION, [number_of(key) for key in keys], outcomes)


def more_owed(before: Decision, after: Decision) -> dict[int, Decimal]:
    """Dong that each line owes now above what was first declared."""
    owed = {one.number: _owed(one) for one in before.lines}
    return {one.number: max(_owed(one) - owed.get(one.number, Decimal(0)), Decimal(0)) for one in after.lines}


def _owed(line: LineDuties) -> Decimal:
    return line.due_vnd + line.secured_vnd


def _keep_audited(messages: Sequence[Message]) -> None:
    """Keep what audits after clearance came to: the lines that owe more since, the others clean."""
    at = {key_of_number(one.subject.partition(":")[2]): one.at for one in messages}
    keys = at.keys() - {0}
    if not keys:
        return
    versions = version_rows(keys)
    first, latest = _first(versions), {one.declaration: one for one in sorted(versions, key=lambda row: row.version)}
    outcomes = [
        kept.KeptOutcome(
            number=number_of(key),
            line=line,
            source=kept.AUDIT,
            known_at=at[key],
            found=owed > 0,
            kinds=["duty"] if owed > 0 else [],
            evaded_vnd=owed,
        )
        for key, row in first.items()
        for line, owed in more_owed(decoded_decision(row.decision), decoded_decision(latest[key].decision)).items()
    ]
    kept.keep_outcomes(kept.AUDIT, [number_of(key) for key in keys], outcomes)


def _keep_judged(message: Message) -> None:
    """What a person judged of two codes; a judgment that is taken back takes its labels with it."""
    one = msgspec.json.decode(message.payload, type=_Judged)
    pairs = [
        (one.declaration.partition(":")[2], one.line),
        (one.partner.declaration.partition(":")[2], one.partner.line),
    ]
    if message.kind == TAKEN_BACK:
        kept.drop_judged(pairs)
        return
    kept.keep_judged(
        [
            kept.KeptOutcome(
                number=number,
                line=line,
                source=kept.CODES,
                known_at=message.at,
                found=wrong,
                kinds=["code"] if wrong else [],
            )
            for (number, line), wrong in zip(pairs, _WRONG.get(one.verdict, ()), strict=False)
        ]
    )
