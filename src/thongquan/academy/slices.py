"""A slice of a practice world as the trade of the days before some moment: what a practice realm opens with.

The world is that of the month of the day, so that its goods are in season. Its trade is told over the days in its own
order; that of its last days is one day here, which is full whatever the calendar says: a first start in the quiet of
Tết shows as much as any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from msgspec.structs import replace

from thongquan.academy.filing import Slot, is_filed
from thongquan.academy.worlds import Filing, World
from thongquan.base.accounts.operations.demo import DEMO_BROKER, DEMO_ENTERPRISE, DEMO_NAMES
from thongquan.practice.world import Plan, build

SEED = 7
DECLARATIONS, TODAY, PAST_DAYS = 620, 380, 8
"""Declarations of the month, those of them on the day itself, and the days before over which the rest is told."""
OPENS, CLOSES = 7, 19
"""Local hours of lodging on past days."""
_DEMO_PLACE = 2


def slots_until(opens: datetime, closes: datetime) -> list[Slot]:
    """The trade of the days before `opens` and of the hours until `closes`, in the order of lodging."""
    filings = _of_month(opens)
    past, day = filings[:-TODAY], filings[-TODAY:]
    return [*_of_past(past, opens), *_spread(day, opens, closes)]


def _of_month(at: datetime) -> list[Filing]:
    """A world of the month, its declarations at our gates, some of them those of the demo people."""
    start = timezone.localdate(at).replace(day=1)
    with TemporaryDirectory(prefix="thongquan-world-") as home:
        build(Path(home), Plan(seed=SEED, months=1, declarations=DECLARATIONS, start=start))
        filings = [one for one in World(Path(home)).filings(start, days=31) if is_filed(one)]
    return _with_demo_people(filings)


def _with_demo_people(filings: Sequence[Filing]) -> list[Filing]:
    """The largest broker is that of the demo people, and one of the larger enterprises theirs."""
    traders = Counter(one.head.trader_code for one in filings).most_common(_DEMO_PLACE + 1)
    brokers = Counter(one.head.broker_code for one in filings if one.head.broker_code).most_common(1)
    trader, broker = traders[_DEMO_PLACE][0], brokers[0][0]
    return [_renamed(one, trader, broker) for one in filings]


def _renamed(filing: Filing, trader: str, broker: str | None) -> Filing:
    head = filing.head
    if head.trader_code == trader:
        head = replace(head, trader_code=DEMO_ENTERPRISE, trader_name=DEMO_NAMES[DEMO_ENTERPRISE])
    if head.broker_code == broker or (head.broker_code and head.trader_code == DEMO_ENTERPRISE):
        head = replace(head, broker_code=DEMO_BROKER, broker_name=DEMO_NAMES[DEMO_BROKER])
    return Filing(head, filing.lines, filing.truths)


def _of_past(filings: Sequence[Filing], opens: datetime) -> Iterator[Slot]:
    share = -(-len(filings) // PAST_DAYS)
    for back in range(PAST_DAYS, 0, -1):
        begins = opens.replace(hour=OPENS) - timedelta(days=back)
        first = (PAST_DAYS - back) * share
        yield from _spread(filings[first : first + share], begins, begins.replace(hour=CLOSES))


def _spread(filings: Sequence[Filing], begins: datetime, ends: datetime) -> Iterator[Slot]:
    """Over the hours of one day, each as far moved as its own day is away."""
    for place, filing in enumerate(filings):
        moment = begins + place * (ends - begins) / len(filings)
        moved = timezone.localdate(moment) - timezone.localdate(filing.head.registered_at)
        yield Slot(filing, moment, timedelta(days=moved.days))
