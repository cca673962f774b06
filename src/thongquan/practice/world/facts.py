"""Published facts that a world is calibrated to, each with its value, its date and its source.

Nothing else of this package is a number of the real world. A fact is `doubtful` when its source does not carry it well;
an assumption is what nobody published and a world cannot do without: it says so in its source.
"""

from __future__ import annotations

from typing import NamedTuple

_REGION_VI = "Region VI, daibieunhandan.vn 10400237"
_ASSUMED = "assumed: not published"


class Fact(NamedTuple):
    """A published number: what it says, in which unit, for which time, where it stands."""

    key: str
    says: str
    value: float
    unit: str
    period: str
    source: str
    doubtful: bool = False


FACTS = {
    fact.key: fact
    for fact in (
        Fact("declared_exports", "Exports declared at the region", 2.49, "bn USD", "2025-01..11", _REGION_VI),
        Fact("declared_imports", "Imports declared at the region", 4.25, "bn USD", "2025-01..11", _REGION_VI),
        Fact("declared", "Trade declared at the region", 6.74, "bn USD", "2025-01..11", _REGION_VI),
        Fact("declared_growth", "Growth of trade declared", 29.64, "%", "2025-01..11", _REGION_VI),
        Fact(
            "all_exports", "Exports through the region, wherever declared", 28.19, "bn USD", "2025-01..11", _REGION_VI
        ),
        Fact(
            "all_imports", "Imports through the region, wherever declared", 57.95, "bn USD", "2025-01..11", _REGION_VI
        ),
        Fact("all_traffic", "All traffic through the region", 86.1, "bn USD", "2025-01..11", _REGION_VI),
        Fact("all_exports_growth", "Growth of exports through the region", 47.27, "%", "2025-01..11", _REGION_VI),
        Fact("all_imports_growth", "Growth of imports through the region", 43.36, "%", "2025-01..11", _REGION_VI),
        Fact("all_growth", "Growth of all traffic", 44.62, "%", "2025-01..11", _REGION_VI),
        Fact("tan_thanh", "Trade at Tân Thanh", 2237.8, "M USD", "2025", _REGION_VI),
        Fact("tan_thanh_growth", "Growth at Tân Thanh", 98.2, "%", "2025", _REGION_VI),
        Fact(
            "revenue",
            "Revenue",
            14_000,
            "bn VND",
            "2025-01..11",
            f"{_REGION_VI}: 'near 14,000', published as +188 %; half-year figures fit a factor of 1.88",
            True,
        ),
        Fact(
            "trucks",
            "Trucks a day",
            1_911,
            "trucks",
            "2025",
            "3,822 trucks on 31 Jan and 1 Feb 2026, eliteshipping.com.vn; taken for the mean of a year",
            True,
        ),
        Fact(
            "truck_imports",
            "Share of trucks that import",
            75.3,
            "%",
            "2025",
            "2,877 of 3,822 trucks on 31 Jan and 1 Feb 2026, eliteshipping.com.vn",
            True,
        ),
    )
}
"""The figure of two winter days as that of a year is marked doubtful, and so is the revenue."""

ASSUMED_DECLARATIONS = Fact(
    "declarations",
    "Declarations a day at the region",
    600,
    "declarations",
    "2025",
    f"{_ASSUMED}; a third of trucks",
    True,
)
ASSUMED_COUNT_GROWTH = Fact("count_growth", "Growth of their number", 15, "%", "2025", _ASSUMED, True)
ASSUMED_LATER_GROWTH = Fact("later_growth", "Growth of every other year", 8, "%", "other years", _ASSUMED, True)
ASSUMED_ERRORS = Fact(
    "errors",
    "Lines with an honest error",
    3.5,
    "%",
    "always",
    _ASSUMED,
    True,
)
EXCHANGE = Fact(
    "exchange", "Dong per US dollar", 25_900, "VND", "2025", f"{_ASSUMED} here; near the rates of 2025", True
)
CLOSING_BEIJING = Fact(
    "closing", "Gates close at peaks", 21, "o'clock in Beijing", "2025", "'opening until 21:00 Beijing time at peaks'"
)
FRUIT_PEAK = Fact(
    "fruit", "Fresh fruit peaks from April to June", 4, "first month", "every year", "issue of the project"
)

REST_OF_GATES = {"LS01": 0.60, "LS03": 0.11, "LS04": 0.19, "LS05": 0.07, "LS06": 0.03}
"""How the trade that is not Tân Thanh's divides among the other gates: assumed, no shares are published."""


def published(key: str) -> float:
    """Value of a fact. Raises KeyError when there is none of that name."""
    return FACTS[key].value
