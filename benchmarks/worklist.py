"""An officer's queue page over 10,000 and over 1,000,000 declarations: the real page over HTTP, signed in.

Rows are filled in by the database itself, in two mixes: a realistic one (the latest twentieth open, five offices), and
the worst case (every declaration open, all at this officer's office).
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from benchmarks.office import copy_of, office, say
from benchmarks.pages import Browser, serving

SMALL, LARGE = 10_000, 1_000_000
WARM, ROUNDS, EACH = 10, 12, 5
OPEN_SHARE = 0.05
OFFICES = ("15BB", "20BB", "02CI", "03CC", "43NB")
PAGES = {
    "team": "queue=team",
    "mine": "queue=mine",
    "declarant": "queue=declarant",
    "soon": "queue=soon",
    "all": "queue=all",
    "by_due": "queue=all&sort=due",
    "filtered": "queue=team&channel=3&assigned=none",
    "late": "queue=team&late=1",
}
"""Pages that are measured; the number told is that of the slowest."""
OFFICER = "clearance.officer@demo.thongquan.example"

# Spread over a year, a fifth at this office; the latest are open, half of them for customs, a tenth this officer's.
_FILL = """
    INSERT INTO declarations_declaration (id, number, flow, regime, office, tax_code, trader_name, lodged_by, source,
        state, channel, version, registered_at, due_vnd, fingerprint, assigned_to, waiting_for, due_at, due_clock,
        is_perishable, rank)
    SELECT key, key || '0', 'import', 'A11', office, tax_code, 'Công ty TNHH ' || key %% 5000, 'user:1', 'api',
        CASE WHEN waiting = '' THEN 'cleared' ELSE 'channeled' END, channel, 0, registered_at, 12345678,
        sha256(key::text::bytea), CASE WHEN waiting = '' OR key %% 10 > 0 THEN '' ELSE %(officer)s END, waiting, due_at,
        CASE waiting WHEN 'customs' THEN 'document_check' WHEN 'declarant' THEN 'expiry_not_arrived' ELSE '' END,
        key %% 20 = 0, CASE WHEN waiting = '' THEN 0 ELSE floor(extract(epoch FROM due_at))::bigint
            - CASE WHEN key %% 20 = 0 AND channel = 3 AND waiting = 'customs' THEN 1000000000000 ELSE 0 END END
    FROM (
        SELECT key, channel, registered_at, waiting,
            (%(offices)s::text[])[CASE WHEN n %% 5 < 1 OR %(open)s >= 1 THEN 1 ELSE 2 + n %% 4 END] AS office,
            lpad((n %% 5000)::text, 10, '0') AS tax_code,
            CASE waiting WHEN '' THEN NULL
                WHEN 'customs' THEN %(at)s::timestamptz + (n %% 480 - 60) * interval '1 minute'
                ELSE registered_at + interval '15 days' END AS due_at
        FROM (
            SELECT n, 10000000000 + n AS key, 1 + (n / 7 %% 10 > 6)::int + (n / 7 %% 10 > 8)::int AS channel,
                %(at)s::timestamptz - interval '365 days' * (n::double precision / %(count)s) AS registered_at,
                CASE WHEN n > %(open)s * %(count)s THEN ''
                    WHEN n %% 2 = 0 THEN 'customs' ELSE 'declarant' END AS waiting
            FROM generate_series(1, %(count)s) AS n
        ) AS numbered
    ) AS placed
"""
_EVENTS = """
    INSERT INTO declarations_event (declaration_id, kind, state, at, actor, reason, data)
    SELECT id, 'file_documents', 'channeled', registered_at + interval '1 hour', 'user:1', '', '{}'
    FROM declarations_declaration WHERE waiting_for = 'customs'
"""
CASES = {
    "small": (SMALL, OPEN_SHARE),
    "large": (LARGE, OPEN_SHARE),
    "small_open": (SMALL, 1.0),
    "large_open": (LARGE, 1.0),
}


def run() -> dict[str, Any]:
    """`growth`: the slowest page over a million rows against the same page over ten thousand, medians in one run.

    `growth_all_open` is the same where every declaration is open; `*_ms` are medians of the team's queue.
    """
    with office() as url:
        urls = {name: copy_of(url, f"worklist_{name}") for name in CASES}
        for name, (count, share) in CASES.items():
            say(f"filling {name}: {count:,} declarations ...")
            fill(urls[name], count, share)
        found = {pair: _compared(urls[small], urls[large]) for pair, small, large in _pairs()}
    return {**_told("", found["realistic"]), **_told("_all_open", found["all_open"])}


def _pairs() -> Iterator[tuple[str, str, str]]:
    yield "realistic", "small", "large"
    yield "all_open", "small_open", "large_open"


def fill(url: str, count: int, share: float) -> None:
    """Fill a database with declarations, a share of them open, and bring its statistics up to date."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT id FROM accounts_user WHERE email = %s", [OFFICER]).fetchone()
        if found is None:
            raise RuntimeError("no demo officer")
        values = {"at": datetime.now().astimezone(), "count": count, "open": share, "offices": list(OFFICES)}
        connection.execute(_FILL, {**values, "officer": f"user:{found[0]}"})
        connection.execute(_EVENTS)
        connection.execute("VACUUM (ANALYZE) declarations_declaration")
        connection.execute("VACUUM (ANALYZE) declarations_event")


def _compared(small: str, large: str) -> dict[str, tuple[float, float]]:
    """Median milliseconds of each page over the small and over the large database, measured in turns."""
    with serving(small) as first, serving(large) as second:
        browsers = [Browser(port, "clearance_officer") for port in (first, second)]
        queries = {**PAGES, "deep": ""}
        addresses = [{**PAGES, "deep": _deep(browser)} for browser in browsers]
        times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in queries}
        for place in range(WARM + ROUNDS):
            for name in queries:
                for side, browser in enumerate(browsers):
                    taken = [_taken(browser, addresses[side][name]) for _again in range(EACH)]
                    if place >= WARM:
                        times[name][side].append(statistics.median(taken))
    found = {name: (statistics.median(a), statistics.median(b)) for name, (a, b) in times.items()}
    for name, (a, b) in found.items():
        say(f"{name}: {a:.1f} ms over {SMALL:,}, {b:.1f} ms over {LARGE:,}: {b / a:.2f}")
    return found


def _taken(browser: Browser, query: str) -> float:
    started = time.perf_counter()
    browser.get(f"/declarations/?{query}")
    return (time.perf_counter() - started) * 1000


def _deep(browser: Browser) -> str:
    """The address of the tenth page of everything."""
    query = "queue=all"
    for _page in range(9):
        query = browser.next_page(f"/declarations/?{query}")
    return query


def _told(suffix: str, found: dict[str, tuple[float, float]]) -> dict[str, Any]:
    slowest = max(found, key=lambda name: found[name][1] / found[name][0])
    small, large = found["team"]
    return {
        f"growth{suffix}": round(found[slowest][1] / found[slowest][0], 3),
        f"slowest{suffix}": slowest,
        f"team_small_ms{suffix}": round(small, 1),
        f"team_large_ms{suffix}": round(large, 1),
        f"worst_ms{suffix}": round(max(large for _small, large in found.values()), 1),
    }
