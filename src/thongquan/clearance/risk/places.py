"""Where gates lie: coordinates that place marks on a small map, each with its source. They decide nothing."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

SHIPPED = Path(__file__).parents[2] / "reference" / "gate_places.csv"


class Place(NamedTuple):
    """Degrees north and east; `is_exact` False: no source at hand, a few kilometers either way."""

    latitude: float
    longitude: float
    name: str
    source: str
    is_exact: bool


@cache
def places() -> dict[str, Place]:
    """The place of each gate by its code."""
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        return {
            row["code"]: Place(
                float(row["latitude"]), float(row["longitude"]), row["name"], row["source"], row["exact"] == "yes"
            )
            for row in csv.DictReader(stream)
        }
