"""What a database must hold after it was lodged into, whatever was killed meanwhile."""

from __future__ import annotations

from typing import Any

from django.db import connection

# Everything that one lodgement writes or causes, counted by declaration; each must be there exactly once.
_ONCE = """
    SELECT d.number, d.version,
        (SELECT count(*) FROM declarations_version v WHERE v.declaration_id = d.id) - 1 - d.version,
        (SELECT count(*) FROM revenue_liability l WHERE l.subject = 'declaration:' || d.id || '0') - 1,
        (SELECT count(*) FROM ledger_entry e WHERE e.subject = 'declaration:' || d.id || '0'
            AND e.action = 'declaration.lodged') - 1,
        (SELECT count(*) FROM core_outboxmessage m WHERE m.subject = 'declaration:' || d.id || '0'
            AND m.kind = 'declaration.lodged') - 1,
        (SELECT count(*) FROM revenue_journalentry j WHERE j.source = 'lodged:declaration:' || d.id || '0') - 1,
        (SELECT count(*) FROM declarations_searchcopy s WHERE s.declaration_id = d.id) - 1,
        (SELECT count(*) FROM declarations_event e WHERE e.declaration_id = d.id AND e.kind = 'amend') - d.version
    FROM declarations_declaration d
"""
_PARTS = ("versions", "liability", "ledger row", "message", "journal entry", "search copy", "amendment events")
_STATE = (
    "SELECT count(*), coalesce(sum(amount_vnd), 0) FROM revenue_posting",
    "SELECT count(*) FROM revenue_journalentry",
    "SELECT state, count(*) FROM declarations_declaration GROUP BY state ORDER BY state",
    "SELECT kind, count(*) FROM declarations_event GROUP BY kind ORDER BY kind",
    "SELECT count(*) FROM declarations_searchcopy",
)


def differences(answers: dict[str, dict[str, Any]]) -> list[str]:
    """Everything that is not as it must be, in words."""
    return [*_against_answers(answers), *_not_once(), *_relay_trouble(), *_ledger_trouble(), *_twice()]


def is_drained() -> bool:
    """Whether no consumer and no sealer has anything left to do."""
    waiting = _rows(
        "SELECT count(*) FROM core_outboxcursor c JOIN core_outboxmessage m ON (m.xid, m.id) > (c.xid, c.message)"
    )
    unsealed = _rows("SELECT (SELECT count(*) FROM ledger_entry) - (SELECT count(*) FROM ledger_leaf)")
    return not waiting[0][0] and not unsealed[0][0]


def _against_answers(answers: dict[str, dict[str, Any]]) -> list[str]:
    stored = dict(_rows("SELECT left(number, 11), version FROM declarations_declaration"))
    told = {one["number"][:11]: int(one["amended"]) for one in answers.values()}
    found = [f"{len(stored)} stored, {len(told)} answered"] if len(stored) != len(told) else []
    if len(told) != len(answers):
        found.append("two requests got one number")
    found += [f"{key} was answered and is not stored" for key in told.keys() - stored.keys()]
    found += [f"{key} is stored and nobody was told" for key in stored.keys() - told.keys()]
    return found + [f"{key}: version {stored[key]}" for key in told.keys() & stored if told[key] != stored[key]]


def _not_once() -> list[str]:
    return [
        f"{number}: {part} {extra:+d}"
        for number, _version, *extras in _rows(_ONCE)
        for part, extra in zip(_PARTS, extras, strict=True)
        if extra
    ]


def _relay_trouble() -> list[str]:
    found = [
        f"put aside: {consumer} {error}" for consumer, error in _rows("SELECT consumer, error FROM core_deadletter")
    ]
    return found if is_drained() else [*found, "messages or entries are left over"]


def _ledger_trouble() -> list[str]:
    from thongquan.base.ledger.queries import export_lines
    from thongquan.base.ledger.verification import verify_export

    report = verify_export(export_lines(progress=lambda done, total: None))
    entries = _rows("SELECT count(*) FROM ledger_entry")[0][0]
    found = [str(finding) for finding in report.findings]
    return found if report.entries == entries else [*found, f"{report.entries} of {entries} entries sealed"]


def _twice() -> list[str]:
    """Hand every message over once more: handlers that are idempotent change nothing."""
    from thongquan.base.core.clock import now
    from thongquan.base.core.outbox import relay
    from thongquan.config.subscriptions import SUBSCRIPTIONS

    before = [_rows(statement) for statement in _STATE]
    last = _rows("SELECT max(id) FROM core_outboxmessage")[0][0]
    _rows("UPDATE core_outboxcursor SET xid = '0', message = 0 RETURNING 1")
    while any(relay(one, at=now()) for one in SUBSCRIPTIONS):
        pass
    after = [_rows(statement) for statement in _STATE]
    found = [
        f"a second delivery changed {one} into {other}"
        for one, other in zip(before, after, strict=True)
        if one != other
    ]
    more = _rows(f"SELECT kind, count(*) FROM core_outboxmessage WHERE id > {int(last)} GROUP BY kind")
    return [*found, *(f"a second delivery announced {count} × {kind}" for kind, count in more)]


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
