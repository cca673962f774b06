"""A peak day over HTTP in open loop, the highest rate that two cores hold, and what three million stored rows cost.

Web server, both workers and the database on one machine, with the generator beside them. Arrivals come by a schedule,
whether or not earlier answers are there, and latency counts from the scheduled moment; whatever fails or is refused
counts as ten seconds. Settable: seconds of a rung, of the day, of a round of growth; rows stored; the first rate.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.lanes import START_SECONDS
from benchmarks.office import copy_of, office, say
from benchmarks.serving import drained, serving
from benchmarks.traffic import schedule
from benchmarks.traffic.plot import Panel, Series, drawn
from benchmarks.traffic.replay import Outcome, percentile, replayed
from benchmarks.traffic.watch import Watch

RUNG_SECONDS = float(os.environ.get("TQ_BENCH_RUNG_SECONDS", "20"))
DAY_SECONDS = float(os.environ.get("TQ_BENCH_DAY_SECONDS", "140"))
GROWTH_SECONDS = float(os.environ.get("TQ_BENCH_GROWTH_SECONDS", "15"))
GROWTH_ROUNDS = int(os.environ.get("TQ_BENCH_GROWTH_ROUNDS", "3"))
SMALL, LARGE = (int(one) for one in os.environ.get("TQ_BENCH_STORED", "10000,3000000").split(","))
FIRST_RATE = float(os.environ.get("TQ_BENCH_RATE", "15"))
PLOT = Path(os.environ.get("TQ_BENCH_PLOT", str(Path(__file__).with_name("load.svg"))))

GOAL_SECONDS, MOST_ERRORS, MOST_WARM_ERRORS = 1.0, 0.01, 0.5
STEP, CLOSE_ENOUGH, MOST_RUNGS, LEAST_RATE = 1.4, 1.08, 12, 0.5
DAY_OF_HIGHEST, GROWTH_OF_HIGHEST, OVERLOAD = 0.8, 0.6, 1.5
WARM_SECONDS, WARM_RATE = 6.0, 10.0
DRAFTS, TEMPLATES, SPARE_CHECKS = 60, 32, 0.02
VNACCS_2021, FLOOD_2023, CDS_2024 = 25_000, 700_000, round(84_600_000 / 366)
"""Declarations a day: VNACCS in 2021, the low-value flood that stopped it in November 2023, UK CDS in 2024."""


class Prepared(NamedTuple):
    """Tokens of a trader and an officer, bodies to lodge, and drafts with what is typed into them."""

    trader: str
    officer: str
    bodies: list[bytes]
    drafts: list[tuple[int, bytes]]


class Rung(NamedTuple):
    """A rate that was tried: declarations per second offered, and what became of it."""

    rate: float
    outcome: Outcome

    @property
    def holds(self) -> bool:
        """Whether p95 of every kind stays under a second, with hardly an error."""
        slowest = max(self.outcome.quantile(95, kind) for kind in self.outcome.by_kind())
        return slowest < GOAL_SECONDS * 1000 and self.outcome.error_share() <= MOST_ERRORS


def run() -> dict[str, Any]:
    """Keys `highest_rate`, `declarations_per_day`, `day`, `growth_*` and those of `docs/benchmarks.md`; plots too."""
    with office() as url:
        prepared = _prepared()
        small, large = _filled(url, prepared)
        with serving(small) as (port, children):
            side = Side(small, port, children, prepared, "A")
            rungs = side.climbed()
            highest = max((rung.rate for rung in rungs if rung.holds), default=0.0)
            say(f"highest rate: {highest:.1f} declarations/s")
            day = side.day(highest or FIRST_RATE)
            told = {**_told(highest, rungs), **_day_told(day, side), "relay_drain_s": round(drained(small), 1)}
            PLOT.write_text(_picture(rungs, day, side.watch), encoding="utf-8")
        growth = _growth(small, large, prepared, highest or FIRST_RATE)
        return {**told, **growth}


class Side:
    """One database being served, and the office that works on it."""

    def __init__(
        self, url: str, port: int, children: list[subprocess.Popen[bytes]], prepared: Prepared, series: str
    ) -> None:
        from benchmarks.client import wait_for_server
        from benchmarks.pages import Browser
        from benchmarks.traffic.desk import Desk, Door

        wait_for_server(port, seconds=START_SECONDS)
        trader = Door(prepared.trader, Browser(port, "declarant").cookies)
        officer = Door(prepared.officer, Browser(port, "clearance_officer").cookies)
        self.url, self.seed, self.watch = url, 0, Watch(url, children)
        self.desk = Desk(
            port=port, trader=trader, officer=officer, bodies=prepared.bodies, drafts=prepared.drafts, series=series
        )
        self.warm()

    def warm(self) -> None:
        """Lodge something first: what is amended and checked must be there."""
        lodged = [one._replace(kind="lodge") for one in schedule.arrivals(WARM_RATE, WARM_SECONDS, seed=99)]
        outcome = replayed(self.desk, lodged, WARM_SECONDS)
        if outcome.error_share() > MOST_WARM_ERRORS:
            raise RuntimeError("; ".join(outcome.faults))

    def offered(self, rate: float, seconds: float, shape: Sequence[float] = (1.0,)) -> Outcome:
        """Once so many declarations a second with all the work around them, after earlier work has settled."""
        drained(self.url)
        self.seed += 1
        with self.watch.during():
            outcome = replayed(self.desk, schedule.arrivals(rate, seconds, seed=self.seed, shape=shape), seconds)
        say(
            f"  {rate:6.1f}/s: offered {outcome.offered:.0f} requests/s, done {outcome.done:.0f}, p50 "
            f"{outcome.quantile(50):.0f} p95 {outcome.quantile(95):.0f} p99 {outcome.quantile(99):.0f} ms, "
            f"errors {outcome.errors()} {outcome.faults[:1]}"
        )
        return outcome

    def climbed(self) -> list[Rung]:
        """Rates from low to too high, then closer and closer around the highest that holds."""
        rungs: list[Rung] = []
        low, high, rate = 0.0, math.inf, FIRST_RATE
        while len(rungs) < MOST_RUNGS and high > low * CLOSE_ENOUGH and high > LEAST_RATE:
            rung = Rung(rate, self.offered(rate, RUNG_SECONDS))
            rungs.append(rung)
            low, high = (rate, high) if rung.holds else (low, rate)
            rate = rate * STEP if math.isinf(high) else math.sqrt(max(low, high / 4) * high)
        return rungs

    def day(self, highest: float) -> Outcome:
        """The whole day, its peak hour somewhat under the highest rate."""
        say(f"a day in {DAY_SECONDS:.0f} s")
        return self.offered(highest * DAY_OF_HIGHEST, DAY_SECONDS, schedule.DAY)


def _prepared() -> Prepared:
    from urllib.parse import urlencode

    import msgspec
    from django.utils.timezone import localdate
    from msgspec.structs import replace

    from benchmarks.samples import imports, marked
    from thongquan.base.accounts.models import User
    from thongquan.base.accounts.operations import create_token
    from thongquan.base.accounts.operations.demo import DEMO_OFFICE
    from thongquan.base.accounts.queries import actor_of
    from thongquan.base.accounts.scopes import SCOPES
    from thongquan.base.core.clock import now
    from thongquan.clearance.declarations.formats.content import content_of
    from thongquan.clearance.declarations.operations import start_draft
    from thongquan.clearance.tariff.queries import current_law

    at = now()
    people = {
        role: actor_of(User.objects.get(email=f"{role}@demo.thongquan.example"), at, mfa=True)
        for role in ("declarant", "clearance.officer")
    }
    tokens = [create_token(actor=actor, name="load", scopes=SCOPES, days=1, at=at).secret for actor in people.values()]
    documents = imports(current_law(), localdate(at), lines=5, count=1000)
    mixed = _mixed([one for one in documents if one.office == DEMO_OFFICE], at)  # where the officer checks
    bodies, drafts = [], []
    for place, document in enumerate(mixed):
        with_places = marked(document)
        bodies.append(msgspec.json.encode(with_places))
        if place < DRAFTS:
            content = content_of(replace(with_places, own_reference="TQ-12345"))
            draft = start_draft(actor=people["declarant"], content=content.stored(), at=at)
            drafts.append((draft.pk, urlencode(_posted(content)).encode()))
    say(f"{len(bodies)} documents to lodge, {len(drafts)} drafts")
    return Prepared(tokens[0], tokens[1], bodies, drafts)


def _mixed(documents: list[Any], at: datetime) -> list[Any]:
    """A hundred of them, so many of those that go to a check as the schedule has checks for; they come evenly."""
    from thongquan.clearance.declarations.operations.judging import fingerprint_of, gather_facts
    from thongquan.rules.clearance import decide

    sides: dict[bool, list[Any]] = {True: [], False: []}
    for document in documents:
        channel = decide(gather_facts(document, fingerprint=fingerprint_of(document), at=at)).channel or 1
        sides[channel > 1].append(document)
    say(f"{len(sides[True])} documents go to a check, {len(sides[False])} do not")
    if not all(sides.values()):
        raise RuntimeError("the sample trade has no mix of channels")
    several = {checked: itertools.cycle(one) for checked, one in sides.items()}
    share = schedule.CHECKED + SPARE_CHECKS
    return [next(several[int((place + 1) * share) > int(place * share)]) for place in range(100)]


def _posted(content: Any) -> dict[str, str]:
    """What a browser posts of a form filled in with this content."""
    from thongquan.clearance.declarations.forms.boxes import name_in_form

    rows = {name_in_form(place, key): text for place, line in enumerate(content.lines) for key, text in line.items()}
    return {"language": "en", **content.fields, **rows}


def _filled(url: str, prepared: Prepared) -> tuple[str, str]:
    """Two databases with few and with many declarations stored, copied from some that were really lodged."""
    from benchmarks.traffic.stored import chunks_of, fill
    from thongquan.base.core.clock import now

    with serving(url) as (port, children):
        Side(url, port, children, prepared, "T")
        drained(url)
    chunks = {table: several[:TEMPLATES] for table, several in chunks_of(url).items()}
    urls = []
    for count in (SMALL, LARGE):
        say(f"storing {count:,} declarations ...")
        urls.append(copy_of(url, f"load_{count}"))
        fill(urls[-1], chunks, count, now())
    return urls[0], urls[1]


def _growth(small: str, large: str, prepared: Prepared, highest: float) -> dict[str, float]:
    """The same load on both databases in turns: latency well below the highest rate, throughput well above it."""
    p95: dict[str, list[float]] = {"small": [], "large": []}
    done: dict[str, list[float]] = {"small": [], "large": []}
    with serving(small) as one, serving(large) as other:
        sides = {"small": Side(small, *one, prepared, "G"), "large": Side(large, *other, prepared, "G")}
        for _round in range(GROWTH_ROUNDS):
            for name, side in sides.items():
                p95[name].append(side.offered(highest * GROWTH_OF_HIGHEST, GROWTH_SECONDS).quantile(95))
                done[name].append(side.offered(highest * OVERLOAD, GROWTH_SECONDS).declarations)
    middle = {name: (statistics.median(p95[name]), statistics.median(done[name])) for name in p95}
    return {
        "stored_small": SMALL,
        "stored_large": LARGE,
        "growth_p95_small_ms": round(middle["small"][0], 1),
        "growth_p95_large_ms": round(middle["large"][0], 1),
        "growth_p95_ratio": round(middle["large"][0] / middle["small"][0], 3),
        "growth_rate_small": round(middle["small"][1], 1),
        "growth_rate_large": round(middle["large"][1], 1),
        "growth_throughput_ratio": round(middle["large"][1] / middle["small"][1], 3),
    }


def _told(highest: float, rungs: list[Rung]) -> dict[str, Any]:
    a_day = highest * 3600 / schedule.PEAK_SHARE
    return {
        "highest_rate": round(highest, 1),
        "highest_requests_per_second": round(highest * schedule.REQUESTS_PER_DECLARATION, 1),
        "declarations_per_day": round(a_day),
        "declarations_per_day_flat": round(highest * 86_400),
        "of_vnaccs_2021": round(a_day / VNACCS_2021, 2),
        "of_flood_2023": round(a_day / FLOOD_2023, 2),
        "of_cds_2024": round(a_day / CDS_2024, 2),
        "rungs": [
            {
                "rate": round(one.rate, 1),
                "p95_ms": round(one.outcome.quantile(95), 1),
                "done": round(one.outcome.declarations, 1),
                "error_share": round(one.outcome.error_share(), 4),
                "holds": one.holds,
            }
            for one in sorted(rungs, key=lambda one: one.rate)
        ],
    }


def _day_told(day: Outcome, side: Side) -> dict[str, Any]:
    return {
        "day": {
            "requests": len(day.samples),
            "offered_per_second": round(day.offered, 1),
            "done_per_second": round(day.done, 1),
            "saturation": round(1 - day.done / day.offered, 4),
            "nothing_to_do": day.idle,
            "errors": day.errors(),
            "kinds": {
                kind: {f"p{percent}_ms": round(day.quantile(percent, kind), 1) for percent in (50, 95, 99)}
                for kind in day.by_kind()
            },
            "processes": side.watch.told(),
        }
    }


def _picture(rungs: list[Rung], day: Outcome, watch: Watch) -> str:
    """Three panels: latency by rate, the day offered and done, the processors during the day."""
    ladder = sorted(rungs, key=lambda one: one.rate)
    kinds = sorted({kind for one in ladder for kind in one.outcome.by_kind()})
    latency = [
        Series(kind, [(one.rate, one.outcome.quantile(95, kind)) for one in ladder if kind in one.outcome.by_kind()])
        for kind in kinds
    ]
    hour = day.seconds / len(schedule.DAY)
    taken = [Series("offered", _by_time(day, hour, due=True)), Series("done", _by_time(day, hour, due=False))]
    names = sorted({name for _at, usage in watch.rows for name in usage})
    cores = [
        Series(name, [(7 + at / hour, usage.get(name, (0.0, 0.0))[0]) for at, usage in watch.rows]) for name in names
    ]
    return drawn(
        [
            Panel(
                "p95 by rate: the line is one second", "declarations offered per second", "ms", latency, 1000, log=True
            ),
            Panel("A day: what was due and what was answered", "hour of the day", "requests per second", taken),
            Panel("p95 in the course of the day", "hour of the day", "ms", _p95_by_time(day, hour), 1000, log=True),
            Panel("Processor time in the course of the day", "hour of the day", "cores", cores),
        ]
    )


def _by_time(day: Outcome, hour: float, *, due: bool) -> list[tuple[float, float]]:
    """Requests per second in each quarter of an hour."""
    quarter = hour / 4
    moments = [one.due if due else one.ended for one in day.samples if due or one.good]
    counts = Counter(int(moment / quarter) for moment in moments if moment < day.seconds)
    return [(7 + place / 4, counts[place] / quarter) for place in range(len(schedule.DAY) * 4)]


def _p95_by_time(day: Outcome, hour: float) -> list[Series]:
    found = []
    for kind in day.by_kind():
        points = []
        for place in range(len(schedule.DAY)):
            times = [one.seconds for one in day.samples if one.kind == kind and place == int(one.due / hour)]
            if times:
                points.append((7.5 + place, percentile(times, 95) * 1000))
        found.append(Series(kind, points))
    return found


if __name__ == "__main__":
    print(json.dumps(run()), file=sys.stdout)
