"""When to raise an alarm: the judge that ships with the program, and what became of the alarms reviewed here."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from django.db.models import Count, Q

from thongquan.clearance.classification.models import Finding
from thongquan.learning.twins.judging import Band, Judge

_SHIPPED = "goods/two_codes_judge.json"
ENOUGH = 30
"""From so many reviewed alarms on, what became of them is told instead of what was measured before."""
WRONG = ("first", "second", "neither")
"""Outcomes by which the alarm was right: the same goods, one code. `different` says it was not; `analysis` is open."""


class Shipped(msgspec.Struct, frozen=True, kw_only=True):
    """The judge as fitted before shipping; `detected` and `doubted` are (how many, of how many) on lines apart from
    those it was fitted on: wrong codes noticed, right codes doubted."""

    name: str
    weights: tuple[float, ...]
    threshold: float
    bands: tuple[tuple[float, int, int], ...]
    detected: tuple[int, int]
    doubted: tuple[int, int]
    fitted_on: int
    source: str


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How often alarms as strong as one were right: `here` among those reviewed, else when the judge was fitted."""

    right: int
    alarms: int
    here: bool


@cache
def shipped() -> Shipped:
    """The judge that ships with the program."""
    return msgspec.json.decode(files("thongquan.reference").joinpath(_SHIPPED).read_bytes(), type=Shipped)


@cache
def judge_in_force() -> Judge:
    """Weights and threshold by which alarms are raised."""
    one = shipped()
    return Judge(one.weights, one.threshold, tuple(Band(*band) for band in one.bands), one.fitted_on)


def precision_of(score: float) -> Measured:
    """How often alarms as strong as this were right. Reviews of this installation count as soon as there are enough."""
    floors = [band.floor for band in judge_in_force().bands]
    floor = next((one for one in floors if score >= one), floors[-1])
    above = min((one for one in floors if one > floor), default=2.0)
    reviewed = Finding.objects.filter(score__gte=floor, score__lt=above, outcome__in=(*WRONG, "different"))
    here = reviewed.aggregate(alarms=Count("id"), right=Count("id", filter=Q(outcome__in=WRONG)))
    if here["alarms"] >= ENOUGH:
        return Measured(right=here["right"], alarms=here["alarms"], here=True)
    band = next(one for one in judge_in_force().bands if one.floor == floor)
    return Measured(right=band.right, alarms=band.alarms, here=False)
