"""The steps of a scan in their order. What runs them, on files or on a cluster, is given as a `Flow`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from thongquan.learning.twins.deciding import Attribute
from thongquan.learning.twins.scan.blocking import Counter, Keys, Pairing, held_of, summed
from thongquan.learning.twins.scan.cases import Case, Chosen, Members, cases_of, components
from thongquan.learning.twins.scan.gathering import gatherer, reader
from thongquan.learning.twins.scan.scoring import LEAST_LIKE, Halves, Scoring
from thongquan.learning.twins.scan.tables import COUNTS, EDGES, GROUPS, HALVES, KEYS, PAIRS

Work = Callable[[pa.Table], pa.Table]
WorkOnTwo = Callable[[pa.Table, pa.Table], pa.Table]
STEPS = ("read", "gather", "count", "sum", "look", "pair", "halve", "score", "choose")


class Flow(Protocol):
    """What runs steps. Data is whatever it calls data; rows of the same `bucket` are seen together where it says so.

    A step that was done by an earlier run of the same job is not done again.
    """

    def mapped(self, step: str, data: Any, work: Work, schema: pa.Schema) -> Any:
        """Work on any portions of the rows."""

    def reduced(self, step: str, data: Any, work: Work, schema: pa.Schema) -> Any:
        """Work on all rows of a bucket at once."""

    def joined(self, step: str, one: Any, other: Any, work: WorkOnTwo, schema: pa.Schema) -> Any:
        """Work on all rows of a bucket of two data at once."""

    def shared(self, value: Any) -> Any:
        """Something with this `value` that every part of a step may read."""

    def collected(self, data: Any, schema: pa.Schema) -> pa.Table:
        """All rows."""

    def count(self, data: Any) -> int:
        """How many rows."""


class Outcome(NamedTuple):
    """What a scan found. `groups` and `edges` are those of the cases; `compared` counts pairs that were scored."""

    cases: list[Case]
    groups: pa.Table
    edges: pa.Table
    members: Members
    goods: int
    compared: int


def scanned(
    flow: Flow, lines: Any, *, buckets: int, least: float = LEAST_LIKE, deciding: Sequence[Attribute] = ()
) -> Outcome:
    """Search lines (columns `LINES`) for the same goods under different codes. `least` is the smallest likeness."""
    parts = flow.mapped("read", lines, reader(buckets), GROUPS)
    groups = flow.reduced("gather", parts, gatherer(buckets), GROUPS)
    goods = flow.count(groups)
    counts = flow.reduced("sum", flow.mapped("count", groups, Counter(buckets), COUNTS), summed, COUNTS)
    held = flow.shared(held_of(flow.collected(counts, COUNTS), goods))
    keys = flow.mapped("look", groups, Keys(held, buckets), KEYS)
    pairs = flow.reduced("pair", keys, Pairing(held, buckets), PAIRS)
    halves = flow.joined("halve", pairs, groups, Halves(buckets), HALVES)
    scoring = Scoring(held, least=least, deciding=deciding)
    edges = flow.collected(flow.joined("score", halves, groups, scoring, EDGES), EDGES)
    edges = edges.sort_by([("one", "ascending"), ("other", "ascending")])
    members = components(edges)
    chosen = flow.collected(flow.mapped("choose", groups, Chosen(flow.shared(members)), GROUPS), GROUPS)
    chosen = chosen.sort_by("group")
    return Outcome(cases_of(chosen, edges, members), chosen, edges, members, goods, flow.count(pairs))
