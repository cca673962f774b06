"""Being there: the heartbeat of an open page. It leaves no trace in the ledger, since nothing changes."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.casework.permissions import check_is_colleague
from thongquan.clearance.casework.queries.presence import EXPIRES, Watcher, others_at
from thongquan.clearance.casework.words import WORKS
from thongquan.clearance.declarations.queries import stand_of

# One statement: the own row is made or moved on, and what this officer left behind elsewhere is swept up.
_BEAT = """
    WITH swept AS (
        DELETE FROM casework_presence WHERE officer = %(officer)s AND seen_at < %(expired)s AND key <> %(key)s
    )
    INSERT INTO casework_presence (key, officer, work, seen_at) VALUES (%(key)s, %(officer)s, %(work)s, %(at)s)
    ON CONFLICT (key, officer) DO UPDATE SET work = excluded.work, seen_at = excluded.seen_at
"""


def beat(*, actor: Actor, number: str, work: str, at: datetime) -> list[Watcher]:
    """Say that this officer looks at a declaration now, and hear who else does.

    The table holds one row for each open page and a few stale ones: every heartbeat sweeps its officer's.
    Raises `NotFound` for everyone but customs of the office.
    """
    stand = stand_of(actor=actor, number=number)
    check_is_colleague(actor, stand.office)
    values: dict[str, int | str | datetime] = {
        "key": stand.key,
        "officer": actor.reference,
        "work": work if work in WORKS else "",
        "at": at,
        "expired": at - EXPIRES,
    }
    with connection.cursor() as sql:
        sql.execute(_BEAT, values)
    return others_at(stand.key, actor.reference, at)
