"""Declarations per second of processor time on one core that a dry run tries, read from the database and summed up.

Three proposals are tried on the same declarations: rates of two chapters (`declarations_per_second`, the key that the
goal is held against); controls on two chapters with much of the trade; and parameters that every declaration is decided
by, so that each is decided twice, once to see that it replays and once under the proposed law.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

from benchmarks.office import office, say

COUNT, ROUNDS, GOAL = 2_000, 3, 2_000
PROPOSALS = {
    "declarations": b"hs8,tax,schedule,rate,source\n84,import_duty,B01,7,benchmark\n85,import_duty,B01,7,benchmark\n",
    "controls": b"hs_prefix,flow,kind,code,channel,source\n08,,control,TRY,3,benchmark\n85,,control,TRY,2,benchmark\n",
    "parameters": b"name,value,source\nrandom_share,0.35,benchmark\nfee_import_vnd,25000,benchmark\n",
}
FILES = {"declarations": "cells.csv", "controls": "conditions.csv", "parameters": "parameters.csv"}


def run() -> dict[str, float]:
    """Keys `declarations_per_second`, `controls_per_second`, `parameters_per_second`, and `lines` per declaration."""
    with office():
        lines = _lodged()
        found = {f"{name}_per_second": _measured(name) for name in PROPOSALS}
        return {**found, "lines": lines}


def _lodged() -> float:
    """The sample trade of some days, lodged through the operation; gives lines per declaration."""
    from thongquan.academy.operations import lodge_sample_day
    from thongquan.base.core.clock import now

    say("lodging the sample day ...")
    day = lodge_sample_day(at=now(), progress=lambda done, total: None)
    say(f"  {day}")
    return _copied()


def _copied() -> float:
    """As many declarations as are measured: copies of the sample day with their facts, under other numbers."""
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("SELECT count(*) FROM declarations_declaration")
        (held,) = sql.fetchone()
        for copy in range(1, -(-COUNT // held)):
            sql.execute(_COPY_DECLARATIONS, {"copy": copy})
            sql.execute(_COPY_VERSIONS, {"copy": copy})
        sql.execute("SELECT avg(n) FROM (SELECT count(*) AS n FROM declarations_line GROUP BY declaration_id) AS one")
        return round(float(sql.fetchone()[0]), 2)


_COPY_DECLARATIONS = """
    INSERT INTO declarations_declaration
        (id, number, flow, regime, office, tax_code, trader_name, lodged_by, source, state, channel, version,
         registered_at, due_vnd, fingerprint)
    SELECT id + 90000000 * %(copy)s, (id + 90000000 * %(copy)s)::text || '0', flow, regime,
           office, tax_code, trader_name, lodged_by, source, state, channel, version, registered_at, due_vnd,
           sha256(fingerprint || %(copy)s::text::bytea)
    FROM declarations_declaration d WHERE EXISTS (SELECT FROM declarations_line l WHERE l.declaration_id = d.id)
"""
_COPY_VERSIONS = """
    INSERT INTO declarations_version
        (declaration_id, version, at, actor, document, facts, decision, law_version, rules_release)
    SELECT declaration_id + 90000000 * %(copy)s, version, at, actor, document, facts, decision, law_version,
           rules_release
    FROM declarations_version v
    WHERE EXISTS (SELECT FROM declarations_line l WHERE l.declaration_id = v.declaration_id)
"""


def _measured(name: str) -> float:
    from django.utils.timezone import localdate

    from thongquan.base.core.clock import now
    from thongquan.base.core.memory import settle
    from thongquan.clearance.lawdesk.operations import try_changes
    from thongquan.clearance.tariff.operations.changes import read_changes

    at = now()
    told = read_changes(content=PROPOSALS[name], file=FILES[name], effective_on=localdate(at))
    settle()
    rates = []
    for _ in range(ROUNDS):
        started = time.process_time()
        outcome, _tally = try_changes(
            told.rows, since=at - timedelta(days=30), until=at + timedelta(days=1), progress=lambda done: None
        )
        rates.append(outcome.declarations / (time.process_time() - started))
    if outcome.differing or not outcome.touched:
        message = f"the samples do not replay: {outcome.differing} of {outcome.declarations}; touched {outcome.touched}"
        raise RuntimeError(message)
    say(
        f"dry run, {name}: {', '.join(f'{rate:,.0f}' for rate in rates)} per second (goal {GOAL:,}); "
        f"{outcome.touched:,} of {outcome.declarations:,} touched, {outcome.changed:,} change"
    )
    return round(statistics.median(rates), 1)
