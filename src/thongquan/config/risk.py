"""What the room of risk copies of the rooms above it: declarations with what became of them, as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.outbox import Message
from thongquan.clearance.control.queries.bulk import GOODS, CheckRow, check_rows
from thongquan.clearance.declarations.handlers import WORDED
from thongquan.clearance.declarations.numbers import key_of_number, number_of
from thongquan.clearance.declarations.queries.bulk import LineRow, VersionRow, line_rows, version_rows
from thongquan.clearance.declarations.queries.filed import filed_between
from thongquan.clearance.risk.operations.approving import hold_caps
from thongquan.clearance.risk.operations.copying import Copied, CopiedLine, keep_copies
from thongquan.clearance.risk.past import Past
from thongquan.clearance.risk.queries.live import live_profiles
from thongquan.config.risk_ties import ties_of
from thongquan.rules.codes import Code
from thongquan.rules.encoding import decoded_decision, decoded_document
from thongquan.rules.facts import ProfileHit

KINDS = WORDED | {
    "declaration.cancel",
    "declaration.expire",
    "declaration.documents_checked",
    "declaration.goods_inspected",
}
MOST_MINUTES = timedelta(hours=8) // timedelta(minutes=1)
"""A check that lay open over nights did not take all that time: at most a working day counts."""


class _Met(msgspec.Struct):
    """The one part of stored facts that is wanted here: the rest is not even read."""

    profiles: tuple[ProfileHit, ...] = ()


_MET = msgspec.msgpack.Decoder(_Met)


def past_between(since: datetime, until: datetime) -> Iterator[list[Past]]:
    """Past declarations as a dry run of a profile reads them."""
    for batch in filed_between(since=since, until=until):
        yield [Past(one.number, one.facts, one.decision) for one in batch]


def follow(messages: Sequence[Message]) -> None:
    """Copy the declarations that these messages are about."""
    copy_declarations({key_of_number(message.subject.partition(":")[2]) for message in messages} - {0})
    if live_profiles().profiles:
        hold_caps(actor=system_actor("risk"), at=messages[-1].at)


def copy_declarations(keys: Collection[int]) -> None:
    """Copy these declarations as they stand now."""
    versions: dict[int, list[VersionRow]] = defaultdict(list)
    for version in version_rows(keys):
        versions[version.declaration].append(version)
    lines: dict[int, list[LineRow]] = defaultdict(list)
    for line in line_rows(keys):
        if line.version == 0:
            lines[line.declaration].append(line)
    checks: dict[int, list[CheckRow]] = defaultdict(list)
    for check in check_rows(keys):
        checks[check.declaration].append(check)
    keep_copies([_copied(rows, lines[key], checks[key]) for key, rows in sorted(versions.items())])


def _copied(versions: list[VersionRow], lines: list[LineRow], checks: list[CheckRow]) -> Copied:
    """The declaration as it was first decided, and what the checks found since."""
    first = min(versions, key=lambda one: one.version)
    in_force = next((one for one in versions if one.in_force), None)
    decision, document = decoded_decision(first.decision), decoded_document(first.document)
    trader, codes = document.trader, {reason.code for reason in decision.reasons}
    return Copied(
        number=number_of(first.declaration),
        registered_at=first.registered_at,
        office=first.office,
        gate=document.gate or "",
        flow=first.flow,
        regime=first.regime,
        tax_code=first.tax_code,
        trader_name=(trader and trader.name) or "",
        lodged_by=first.actor,
        origin=next((line.origin for line in document.lines if line.origin), ""),
        value_vnd=sum((line.value_vnd for line in decision.lines), Decimal(0)),
        due_vnd=decision.due_vnd,
        channel=decision.channel or 1,
        drawn=Code.TQ_CHN_010 in codes,
        profiles=sorted({hit.profile for hit in _MET.decode(first.facts).profiles}),
        ended=in_force is None,
        lines=tuple(map(_line, lines)),
        ties=ties_of(document, first.actor),
        recovered_vnd=_recovered(in_force, decision.due_vnd),
        **_outcome(checks),
    )


def _recovered(in_force: VersionRow | None, first_due_vnd: Decimal) -> Decimal:
    """Dong that are due now above what was declared due at first."""
    due = decoded_decision(in_force.decision).due_vnd if in_force else first_due_vnd
    return max(due - first_due_vnd, Decimal(0))


def _outcome(checks: list[CheckRow]) -> dict[str, Any]:
    minutes = [(one.concluded_at - one.opened_at) // timedelta(minutes=1) for one in checks]
    kinds = sorted({kind for one in checks for kind in one.found})
    return {
        "checked": ("goods" if any(one.kind == GOODS for one in checks) else "documents") if checks else "",
        "found": any(one.outcome == "differs" or one.found for one in checks) if checks else None,
        "found_kinds": kinds,
        "check_minutes": sum(min(one, MOST_MINUTES) for one in minutes),
        "concluded_at": max((one.concluded_at for one in checks), default=None),
    }


def _line(line: LineRow) -> CopiedLine:
    return CopiedLine(
        number=line.number,
        hs=line.hs,
        origin=line.origin,
        unit=line.unit,
        quantity=line.quantity,
        net_weight_kg=line.net_weight_kg,
        value_vnd=line.value_vnd,
    )
