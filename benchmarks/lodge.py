"""Lodging over HTTP against the same rows written to a bare database.

The full path: web server, token, rate limit, validation, duties, channel, ledger and outbox, with the worker relaying
and sealing. Rounds alternate, so that a slow minute of the machine is everybody's; the ratio is that of the medians.
A second series lodges the same goods with all five lines claiming preference under registered certificates, and
without any claim: `preference_ratio` is the one rate over the other.
"""

from __future__ import annotations

import statistics
import subprocess
from typing import Any

from benchmarks.office import copy_of, office, say
from benchmarks.serving import drained, serving
from benchmarks.spent import Spent

ROUNDS, SECONDS, WARM_SECONDS = 5, 5.0, 3.0
PREFERENCE_ROUNDS, PREFERENCE_RUN = 3, 20


def run() -> dict[str, float]:
    """Keys `ratio`, `rate`, `bare_rate`, `bare_best_rate` (per second), `p50_ms`, `p95_ms`, `p99_ms`, and more."""
    with office() as url:
        from benchmarks.preference import prepared as with_and_without

        token, bodies = _prepared()
        claims = dict(zip(("plain", "preference"), with_and_without(), strict=True))
        bare_url = copy_of(url, "bare")
        with serving(url, workers=1) as (port, children):
            told = _measured(url, bare_url, port, children, token, bodies)
            return told | _preference(url, port, token, claims)


def _preference(url: str, port: int, token: str, claims: dict[str, list[bytes]]) -> dict[str, float]:
    """Rates with and without preference, in turns."""
    from benchmarks.client import Load, lodge_for

    rates: dict[str, list[float]] = {name: [] for name in claims}
    for number in range(PREFERENCE_ROUNDS + 1):
        for place, (name, bodies) in enumerate(claims.items()):
            drained(url)
            run = PREFERENCE_RUN + number * len(claims) + place
            rate, _times = lodge_for(Load(bodies, port=port, token=token), SECONDS, run=run)
            if number:  # the first round warms up
                rates[name].append(rate)
        say(f"preference round {number}: " + ", ".join(f"{name} {several[-1:]}" for name, several in rates.items()))
    plain, preference = (statistics.median(rates[name]) for name in ("plain", "preference"))
    return {
        "plain_rate": round(plain, 1),
        "preference_rate": round(preference, 1),
        "preference_ratio": round(preference / plain, 3),
    }


def _prepared() -> tuple[str, list[bytes]]:
    """A token of the demo declarant, and bodies with places for invoice and plate."""
    import msgspec
    from django.utils.timezone import localdate

    from benchmarks.samples import imports, marked
    from thongquan.base.accounts.operations import create_token
    from thongquan.base.accounts.queries import actor_of_email
    from thongquan.base.core.clock import now
    from thongquan.clearance.tariff.queries import current_law

    at = now()
    actor = actor_of_email("declarant@demo.thongquan.example", at)
    token = create_token(actor=actor, name="benchmark", scopes=["declarations:lodge"], days=1, at=at)
    documents = imports(current_law(), localdate(at), lines=5, count=32)
    return token.secret, [msgspec.json.encode(marked(document)) for document in documents]


def _measured(
    url: str, bare_url: str, port: int, children: list[subprocess.Popen[bytes]], token: str, bodies: list[bytes]
) -> dict[str, float]:
    from benchmarks import bare
    from benchmarks.client import Load, lodge_for, wait_for_server
    from benchmarks.rows import rows_of

    load = Load(bodies, port=port, token=token)
    wait_for_server(port)
    lodge_for(load, WARM_SECONDS, run=0)
    rows = rows_of(url)
    writers = {"bare": bare.row_by_row(rows), "best": bare.one_statement(*_own_statement())}
    rates: dict[str, list[float]] = {"bare": [], "best": [], "lodge": []}
    times: list[float] = []
    drains: list[float] = []
    spent = Spent(url, children)
    for number in range(1, ROUNDS + 1):
        drains.append(drained(url))
        for place, (name, writer) in enumerate(writers.items()):
            rates[name].append(bare.rate(bare_url, writer, SECONDS, run=number * 2 + place))
        with spent.during():
            rate, taken = lodge_for(load, SECONDS, run=number)
        rates["lodge"].append(rate)
        times += taken
        say(f"round {number}: " + ", ".join(f"{name} {several[-1]:,.0f}/s" for name, several in rates.items()))
    drain = {"relay_drain_s": round(statistics.median(drains), 2)}
    return {**_told(rates, times), **drain, **spent.told(len(times)), **_memory(children[0])}


def _own_statement() -> tuple[str, dict[str, Any]]:
    """Our statement with the parameters of one declaration."""
    from django.utils.timezone import localdate

    from benchmarks.samples import imports
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.operations import writing
    from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
    from thongquan.clearance.tariff.queries import current_law
    from thongquan.rules.clearance import decide
    from thongquan.rules.document import Document
    from thongquan.rules.encoding import encoded

    at = now()
    document: Document = imports(current_law(), localdate(at), lines=5, count=1)[0]
    mark = fingerprint_of(document)
    facts = gather_facts(document, fingerprint=mark, at=at)
    lodgement = writing.Lodgement(
        key=19_999_999_999,
        facts=facts,
        decision=decide(facts),
        document=encoded(document),
        fingerprint=mark,
        actor="user:1",
        source="api",
    )
    return writing._STATEMENT, writing._parameters(lodgement)


def _told(rates: dict[str, list[float]], times: list[float]) -> dict[str, float]:
    middle = {name: statistics.median(several) for name, several in rates.items()}
    parts = statistics.quantiles(times, n=100)
    return {
        "ratio": round(middle["lodge"] / middle["bare"], 3),
        "rate": round(middle["lodge"], 1),
        "bare_rate": round(middle["bare"], 1),
        "bare_best_rate": round(middle["best"], 1),
        "p50_ms": round(parts[49] * 1000, 2),
        "p95_ms": round(parts[94] * 1000, 2),
        "p99_ms": round(parts[98] * 1000, 2),
    }


def _memory(web: subprocess.Popen[bytes]) -> dict[str, float]:
    """Resident memory of the largest web process, in MB."""
    import psutil

    family = [psutil.Process(web.pid), *psutil.Process(web.pid).children(recursive=True)]
    return {"worker_memory_mb": round(max(one.memory_info().rss for one in family) / 2**20, 1)}
