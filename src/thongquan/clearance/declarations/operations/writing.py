"""The one hot write: everything a lodgement stores, as one prepared statement on Django's own connection.

One statement is one transaction and one round trip. A test holds its rows equal to what the models would write.
Scalars travel as text with a cast, so that the statement is prepared once whatever their size; lines travel as JSON.
"""

from __future__ import annotations

import hashlib

import msgspec

from thongquan.base.core.hot import HotStatement, Value
from thongquan.base.ledger.encoding import EntryValues, entry_values
from thongquan.clearance.declarations.numbers import number_of
from thongquan.clearance.declarations.states import State
from thongquan.clearance.origin.operations.lodged import USES, use_parameters
from thongquan.rules.decision import Decision, LineDuties
from thongquan.rules.document import Line
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Facts

ACTION = "declaration.lodged"

_ROWS = """
WITH declaration AS (
    INSERT INTO declarations_declaration (id, number, flow, regime, office, tax_code, trader_name, lodged_by, source,
        state, channel, version, registered_at, due_vnd, fingerprint)
    VALUES (%(id)s::bigint, %(number)s, %(flow)s, %(regime)s, %(office)s, %(tax_code)s, %(trader_name)s, %(actor)s,
        %(source)s, %(state)s, %(channel)s::smallint, 0, %(at)s::timestamptz, %(due)s::numeric, %(fingerprint)s)
), version AS (
    INSERT INTO declarations_version (declaration_id, version, at, actor, document, facts, decision, law_version,
        rules_release)
    VALUES (%(id)s::bigint, 0, %(at)s::timestamptz, %(actor)s, %(document)s, %(facts)s, %(decision)s,
        %(law_version)s, %(rules_release)s)
), line AS (
    INSERT INTO declarations_line (declaration_id, version, number, hs, origin, schedule, description, quantity, unit,
        net_weight_kg, value_vnd, due_vnd)
    SELECT %(id)s::bigint, 0, l.n, l.hs, l.o, l.s, l.d, l.q, l.u, l.w, l.v, l.t
    FROM json_to_recordset(%(lines)s::json)
        AS l(n smallint, hs text, o text, s text, d text, q numeric, u text, w numeric, v numeric, t numeric)
), liability AS (
    INSERT INTO revenue_liability (subject, tax_code, due_vnd, secured_vnd, fee_vnd, totals_vnd, at)
    VALUES (%(subject)s, %(tax_code)s, %(due)s::numeric, %(secured)s::numeric, %(fee)s::numeric, %(totals)s::jsonb,
        %(at)s::timestamptz)
), entry AS (
    INSERT INTO ledger_entry (at, actor, action, subject, details, salt, leaf)
    VALUES (%(at)s::timestamptz, %(actor)s, %(action)s, %(subject)s, %(details)s, %(salt)s, %(leaf)s)
), message AS (
    INSERT INTO core_outboxmessage (kind, subject, payload, at)
    VALUES (%(action)s, %(subject)s, %(payload)s, %(at)s::timestamptz)
"""
_KEY = """
)
INSERT INTO core_idempotencykey (owner, key, digest, subject, at)
SELECT %(actor)s, %(key)s::text, %(digest)s, %(subject)s, %(at)s::timestamptz WHERE %(key)s::text <> ''
"""
_STATEMENT = _ROWS + _KEY
_STATEMENT_USING = _ROWS + USES + _KEY
"""The same with what the declaration uses of certificates of origin; one without any runs the shorter statement."""
_WRITE, _WRITE_USING = HotStatement(_STATEMENT), HotStatement(_STATEMENT_USING)


class Lodgement(msgspec.Struct, frozen=True, kw_only=True):
    """All that one accepted lodgement writes. `key` is the eleven-digit key; `idempotency` is (key, body digest)."""

    key: int
    facts: Facts
    decision: Decision
    document: bytes
    fingerprint: bytes
    actor: str
    source: str
    idempotency: tuple[str, bytes] | None = None

    @property
    def number(self) -> str:
        """The twelve digits a person is told."""
        return number_of(self.key)

    @property
    def subject(self) -> str:
        """The typed reference under which other rooms know it."""
        return f"declaration:{self.number}"


def write_lodgement(lodgement: Lodgement) -> None:
    """Write it. Raises `IntegrityError` when the same goods or the same idempotency key are already there.

    Also when a certificate has less left, or another state, than when the facts were read.
    """
    if lodgement.decision.takes:
        _WRITE_USING.run({**_parameters(lodgement), **_uses(lodgement)})
    else:
        _WRITE.run(_parameters(lodgement))


def _uses(lodgement: Lodgement) -> dict[str, str]:
    """What it uses of certificates of origin, as parameters."""
    facts = lodgement.facts
    return use_parameters(
        facts.certificates,
        lodgement.decision.takes,
        subject=lodgement.subject,
        actor=lodgement.actor,
        at=facts.at,
    )


def _parameters(lodgement: Lodgement) -> dict[str, Value]:
    facts, decision = lodgement.facts, lodgement.decision
    encoded_facts, encoded_decision = encoded(facts), encoded(decision)
    key, digest = lodgement.idempotency or ("", b"")
    entry = ledger_entry(lodgement, encoded_facts, encoded_decision)
    return {
        **_header(lodgement),
        "document": lodgement.document,
        "facts": encoded_facts,
        "decision": encoded_decision,
        "law_version": facts.law.version,
        "rules_release": facts.rules_release,
        "lines": line_rows(facts.document.lines, decision.lines),
        "secured": str(decision.secured_vnd),
        "fee": str(decision.fee_vnd),
        "totals": _json({tax: str(amount) for tax, amount in decision.totals_vnd.items()}),
        "action": ACTION,
        "details": entry.details,
        "salt": entry.salt,
        "leaf": entry.leaf,
        "payload": outbox_payload(lodgement),
        "key": key,
        "digest": digest,
    }


def _header(lodgement: Lodgement) -> dict[str, Value]:
    document, decision = lodgement.facts.document, lodgement.decision
    trader = document.trader
    return {
        "id": str(lodgement.key),
        "number": lodgement.number,
        "subject": lodgement.subject,
        "flow": document.flow,
        "regime": document.regime or "",
        "office": document.office or "",
        "tax_code": (trader and trader.tax_code) or "",
        "trader_name": (trader and trader.name) or "",
        "actor": lodgement.actor,
        "source": lodgement.source,
        "state": str(State.CHANNELED),
        "channel": str(decision.channel),
        "at": lodgement.facts.at,
        "due": str(decision.due_vnd),
        "fingerprint": lodgement.fingerprint,
    }


def ledger_entry(lodgement: Lodgement, facts: bytes, decision: bytes) -> EntryValues:
    """What the ledger says of it: hashes and law, nothing personal."""
    return entry_values(
        action=ACTION,
        subject=lodgement.subject,
        actor=lodgement.actor,
        at=lodgement.facts.at,
        details={
            "channel": lodgement.decision.channel,
            "decision": hashlib.sha256(decision).hexdigest(),
            "document": hashlib.sha256(lodgement.document).hexdigest(),
            "due_vnd": str(lodgement.decision.due_vnd),
            "facts": hashlib.sha256(facts).hexdigest(),
            "law": lodgement.facts.law.version,
            "source": lodgement.source,
        },
    )


def outbox_payload(lodgement: Lodgement) -> bytes:
    """What other rooms are told; they read more by query if they need it."""
    document = lodgement.facts.document
    return msgspec.json.encode(
        {"number": lodgement.number, "flow": document.flow, "office": document.office, "regime": document.regime}
    )


def line_rows(lines: tuple[Line, ...], duties: tuple[LineDuties, ...]) -> str:
    """The lines as JSON rows of the statement; numbers as text, so that nothing is rounded on the way."""
    return _json([_line_row(line, due) for line, due in zip(lines, duties, strict=True)])


def _line_row(line: Line, due: LineDuties) -> dict[str, object]:
    return {
        "n": line.number,
        "hs": line.hs or "",
        "o": line.origin or "",
        "s": line.schedule or "",
        "d": line.description or "",
        "q": str(line.quantity or 0),
        "u": line.unit or "",
        "w": None if line.net_weight_kg is None else str(line.net_weight_kg),
        "v": str(due.value_vnd),
        "t": str(due.due_vnd),
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
