"""What a lodgement uses of certificates, as parts of the one statement that writes it.

Legal basis: Circular 33/2023/TT-BTC Art. 22 (balance sheet). The same as `using.use_items` writes for a declaration
that used nothing before, and a test holds it so. Certificates and then lines are locked in the order of their identity.
A line that would be overdrawn fails on the constraint of its balance; a certificate that meanwhile left its state
leaves a use without a line, which no row may be: in both cases the whole statement is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from thongquan.base.ledger.encoding import entry_values
from thongquan.clearance.origin.states import Step
from thongquan.rules.origin.presented import Presented, Take

KIND = f"origin.{Step.USE}"
USES = """
), origin_claimed AS (
    SELECT * FROM json_to_recordset(%(claims)s::json)
        AS k(c bigint, state text, subject text, details text, salt text, leaf text, payload text)
), origin_wanted AS (
    SELECT * FROM json_to_recordset(%(takes)s::json) AS t(c bigint, i integer, l integer, q numeric)
), origin_held AS (
    SELECT c.id FROM origin_certificate c JOIN origin_claimed k ON k.c = c.id AND k.state = c.state
    ORDER BY c.id FOR SHARE OF c
), origin_asked AS (
    SELECT w.c, w.i, sum(w.q) AS q FROM origin_wanted w JOIN origin_held h ON h.id = w.c GROUP BY w.c, w.i
), origin_locked AS (
    SELECT i.id, a.c, a.i, a.q FROM origin_item i JOIN origin_asked a ON a.c = i.certificate_id AND a.i = i.number
    WHERE NOT i.is_refused
    ORDER BY i.id FOR UPDATE OF i
), origin_taken AS (
    UPDATE origin_item AS item SET used = item.used + l.q FROM origin_locked l WHERE item.id = l.id
    RETURNING item.id, l.c, l.i
), origin_uses AS (
    INSERT INTO origin_use (item_id, subject, line, quantity, at, actor)
    SELECT t.id, %(subject)s, w.l, w.q, %(at)s::timestamptz, %(actor)s
    FROM origin_wanted w LEFT JOIN origin_taken t ON t.c = w.c AND t.i = w.i
), origin_story AS (
    INSERT INTO origin_event (certificate_id, step, at, actor, words)
    SELECT k.c, 'use', %(at)s::timestamptz, %(actor)s, '' FROM origin_claimed k
), origin_entry AS (
    INSERT INTO ledger_entry (at, actor, action, subject, details, salt, leaf)
    SELECT %(at)s::timestamptz, %(actor)s, 'origin.use', k.subject, decode(k.details, 'hex'), decode(k.salt, 'hex'),
        decode(k.leaf, 'hex')
    FROM origin_claimed k
), origin_message AS (
    INSERT INTO core_outboxmessage (kind, subject, payload, at)
    SELECT 'origin.use', k.subject, decode(k.payload, 'hex'), %(at)s::timestamptz FROM origin_claimed k
"""


def use_parameters(
    certificates: Iterable[Presented], takes: Sequence[Take], *, subject: str, actor: str, at: datetime
) -> dict[str, str]:
    """The parameters of `USES`: certificates with their story and what is taken of their lines; numbers as text."""
    told = [
        _claimed(one, lines, subject, actor, at)
        for one in certificates
        if (lines := sorted(take.line for take in takes if take.certificate == one.id))
    ]
    taken = [{"c": take.certificate, "i": take.item, "l": take.line, "q": f"{take.quantity:f}"} for take in takes]
    return {"claims": _json(told), "takes": _json(taken)}


def _claimed(presented: Presented, lines: list[int], subject: str, actor: str, at: datetime) -> dict[str, Any]:
    about = f"origin:{presented.id}"
    details = {
        "state": presented.state,
        "office": presented.office,
        "agreement": presented.paper.agreement,
        "about": subject,
        "lines": lines,
    }
    entry = entry_values(action=KIND, subject=about, actor=actor, at=at, details=details)
    return {
        "c": presented.id,
        "state": presented.state,
        "subject": about,
        "details": entry.details.hex(),
        "salt": entry.salt.hex(),
        "leaf": entry.leaf.hex(),
        "payload": msgspec.json.encode(details).hex(),
    }


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
