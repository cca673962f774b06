"""Lodging with a model of risk that opens goods in earnest, beside lodging without any.

First in one process, by processor time, which a busy machine disturbs little: `cpu_ratio`. Then over HTTP in turns, by
rate: `risk_ratio`; `TQ_BENCH_RISK_LODGING_ROUNDS=0` leaves that out. The same five-line declarations each time. The
model is one of the real size over all features of the past of declarations lodged before; the hour opens about a tenth.
"""

from __future__ import annotations

import os
import statistics
import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.office import office, say
from benchmarks.serving import drained, serving
from benchmarks.spent import Spent

ROUNDS, SECONDS, WARM_SECONDS, BEFORE, TURNS = 3, 5.0, 3.0, 300, 4
ROUNDS_ASKED = "TQ_BENCH_RISK_LODGING_ROUNDS"
OPENED = 0.9


def run() -> dict[str, float]:
    """Keys `cpu_ratio`, `plain_us`, `risk_us` (processor time of one lodgement in process), `score_us` (of its score
    alone); and `risk_ratio`, `plain_rate`, `risk_rate` (per second), `plain_cpu_ms`, `risk_cpu_ms` (web server)."""
    with office() as url:
        from benchmarks.lodge import _prepared

        token, bodies = _prepared()
        _lodged(BEFORE, run=1)
        version = _seat()
        score_us = _scored()
        told = {**_in_process(version), "score_us": round(score_us, 1)}
        say(str(told))
        rounds = int(os.environ.get(ROUNDS_ASKED, ROUNDS))
        return told | _over_http(url, version, token, bodies, rounds) if rounds else told


def _in_process(version: str) -> dict[str, float]:
    """Processor time of a lodgement, in turns."""
    taken: dict[str, list[float]] = {"plain": [], "risk": []}
    for number in range(1, TURNS + 1):
        for place, name in enumerate(taken):
            _let_in(version, active=name == "risk")
            _lodged(10, run=1000 + number * 2 + place)
            taken[name].append(_lodged(BEFORE // 2, run=number * 2 + place))
    plain, risk = (statistics.median(taken[name]) for name in ("plain", "risk"))
    return {"cpu_ratio": round(plain / risk, 3), "plain_us": round(plain, 1), "risk_us": round(risk, 1)}


def _lodged(count: int, *, run: int) -> float:
    """Lodge so many declarations; gives microseconds of processor time for one."""
    from django.utils.timezone import localdate
    from msgspec.structs import replace

    from benchmarks.samples import imports
    from thongquan.base.accounts.queries import actor_of_email
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.operations.lodging import lodge_declaration
    from thongquan.clearance.tariff.queries import current_law

    at = now()
    actor = actor_of_email("declarant@demo.thongquan.example", at)
    documents = imports(current_law(), localdate(at), lines=5, count=32)
    fresh = []
    for number in range(count):
        document = documents[number % len(documents)]
        invoice = document.invoice and replace(document.invoice, number=f"R{run}-{number}")
        fresh.append(replace(document, invoice=invoice))
    began = time.process_time()
    for document in fresh:
        lodge_declaration(actor=actor, document=document, at=now(), source="api")
    return (time.process_time() - began) / count * 1e6


def _over_http(url: str, version: str, token: str, bodies: list[bytes], rounds: int) -> dict[str, float]:
    rates: dict[str, list[float]] = {"plain": [], "risk": []}
    spent: dict[str, list[float]] = {"plain": [], "risk": []}
    for number in range(1, rounds + 1):
        for place, name in enumerate(rates):
            _let_in(version, active=name == "risk")
            rate, milliseconds = _measured(url, token, bodies, run=number * 2 + place)
            rates[name].append(rate)
            spent[name].append(milliseconds)
        say(f"round {number}: " + ", ".join(f"{name} {several[-1]:,.0f}/s" for name, several in rates.items()))
    plain, risk = (statistics.median(rates[name]) for name in ("plain", "risk"))
    return {
        "risk_ratio": round(risk / plain, 3),
        "plain_rate": round(plain, 1),
        "risk_rate": round(risk, 1),
        "plain_cpu_ms": round(statistics.median(spent["plain"]), 3),
        "risk_cpu_ms": round(statistics.median(spent["risk"]), 3),
    }


def _measured(url: str, token: str, bodies: list[bytes], *, run: int) -> tuple[float, float]:
    """Rate, and processor time of the web server for one lodgement (ms)."""
    from benchmarks.client import Load, lodge_for, wait_for_server

    with serving(url, workers=1) as (port, children):
        wait_for_server(port)
        load = Load(bodies, port=port, token=token)
        lodge_for(load, WARM_SECONDS, run=100 + run)
        drained(url)
        spent = Spent(url, children)
        with spent.during():
            rate, times = lodge_for(load, SECONDS, run=run)
        drained(url)
        return rate, spent.told(len(times))["cpu_ms_web"]


def _seat() -> str:
    """Remember the past, make a model of its features and register it; gives its version."""
    from thongquan.base.accounts.queries import system_actor
    from thongquan.base.core.clock import now
    from thongquan.clearance.risk.operations.registry import Card, register_model
    from thongquan.clearance.risk.operations.remembering import remember_past
    from thongquan.clearance.risk.scoring.memory import held
    from thongquan.config.risk_outcomes import catch_up

    at, actor = now(), system_actor("risk")
    catch_up()
    remember_past(actor=actor, at=at)
    past = held(at).past
    if past is None:
        raise RuntimeError("no past was remembered")
    say(f"remembered {past.state.lines:,} lines, {len(past.state.names)} features")
    model = _model(past.state.names, past.state.meanings)
    card = Card(source="own", since=at - timedelta(days=1), until=at)
    register_model(actor=actor, model=model, card=card, at=at)
    return str(model.version)


def _model(names: tuple[str, ...], meanings: tuple[Any, ...]) -> Any:
    """As large as the settings of training make it; what it learns is noise."""
    import numpy as np

    from thongquan.learning.risk import Features, Labels, Settings, trained

    rng = np.random.default_rng(3)
    values = rng.normal(size=(8_000, len(names))).astype(np.float32)
    fraud = values[:, :6].sum(axis=1) + rng.normal(scale=2.0, size=len(values)) > 4.5
    labels = Labels(
        fraud, np.where(fraud, rng.random(len(values)) * 1e6, 0.0), np.full(len(values), 1e6), np.arange(len(values))
    )
    return trained(Features(names, meanings, values), labels, Settings())


def _let_in(version: str, *, active: bool) -> None:
    """Seat the model in earnest, with the hours of the office; or leave the seat empty."""
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.models import Declaration
    from thongquan.clearance.risk.models import ModelVersion, OfficeHour
    from thongquan.clearance.risk.queries.champions import forget_champion
    from thongquan.clearance.risk.scoring.memory import forget_held

    at = now()
    role, mode = ("champion", "active") if active else ("retired", "shadow")
    ModelVersion.objects.filter(version=version).update(role=role, mode=mode, seated_at=at if active else None)
    for office_code in Declaration.objects.values_list("office", flat=True).distinct():
        for hours in range(3):
            begins_at = (at + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
            OfficeHour.objects.update_or_create(
                office=office_code,
                begins_at=begins_at,
                defaults={
                    "minutes": 120,
                    "mandatory_minutes": 0,
                    "minutes_each": 60,
                    "expected": 20,
                    "ranks": 100,
                    "exploration": Decimal("0.1"),
                    "trade_off": Decimal("0.05"),
                    "threshold": _threshold(),
                    "share": Decimal("0.06"),
                    "model": version,
                    "at": at,
                },
            )
    forget_champion()
    forget_held()


_ranks: list[Decimal] = []


def _threshold() -> Decimal | None:
    """The rank from which about a tenth would be opened."""
    return sorted(_ranks)[int(OPENED * len(_ranks))] if _ranks else None


def _scored() -> float:
    """Microseconds of processor time for the score of one declaration; keeps the ranks."""
    from django.utils.timezone import localdate

    from benchmarks.samples import imports
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
    from thongquan.clearance.risk.models import ModelVersion
    from thongquan.clearance.risk.queries.champions import scorer_of
    from thongquan.clearance.risk.scoring.memory import held
    from thongquan.clearance.risk.scoring.scores import score_of
    from thongquan.clearance.tariff.queries import current_law
    from thongquan.rules.clearance import decide

    at = now()
    made = []
    for document in imports(current_law(), localdate(at), lines=5, count=32):
        facts = gather_facts(document, fingerprint=fingerprint_of(document), at=at, look_for_duplicates=False)
        made.append((facts, decide(facts)))
    past, scorer = held(at).past, scorer_of(ModelVersion.objects.values_list("version", flat=True)[0])
    assert past is not None
    for facts, decision in made:
        _ranks.append(score_of(facts, decision, past, scorer, trade_off=0.05).rank)
    began = time.process_time()
    for _turn in range(10):
        for facts, decision in made:
            score_of(facts, decision, past, scorer, trade_off=0.05)
    return (time.process_time() - began) / (10 * len(made)) * 1e6
