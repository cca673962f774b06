"""The card of a model and of its data, as the page and the paper tell it: facts, labels, measures, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongquan.clearance.risk.model_labels import FROM_A_WORLD, LABELS, MODES, NOT_GOOD_AT, ROLES, SOURCES
from thongquan.clearance.risk.plots import Plot, plot
from thongquan.clearance.risk.queries.versions import ModelRow, ModelWeek
from thongquan.rules.origin.shares import Share, share

_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class LabelRow:
    """Where labels came from: lines that were looked at, and how many of them differed."""

    name: Promise | str
    lines: int
    found: int


@dataclass(frozen=True)
class Worth:
    """A version on the judged lines: the share found among the tenth it ranks highest, and other measures."""

    version: str
    name: str
    top: Share
    auc: Decimal
    average_precision: Decimal
    calibration: Decimal
    lines: int
    found: int
    is_unseen: bool


@dataclass(frozen=True)
class Against:
    """The model against another on the same lines: difference of average precision with its interval."""

    version: str
    difference: Decimal
    low: Decimal
    high: Decimal
    is_better: bool


@dataclass(frozen=True)
class Card:
    """All of it."""

    labels: list[LabelRow]
    by_chance: int
    declared: int
    worths: list[Worth]
    duels: list[Against]
    judged_since: datetime | None
    curve: list[tuple[int, Decimal]]
    settings: list[tuple[str, str]]
    limits: list[str]


def card_of(row: ModelRow) -> Card:
    """The card of a version."""
    measures = row.measures
    told = [(row.version, measures["own"])] if "own" in measures else []
    worths = [_worth(version, one) for version, one in [*told, *measures.get("others", {}).items()]]
    since = measures.get("judged_since")
    return Card(
        labels=_labels(row.counts),
        by_chance=int(row.counts.get("by_chance", 0)),
        declared=int(row.counts.get("declared", 0)),
        worths=worths,
        duels=[_against(version, one) for version, one in measures.get("duels", {}).items()],
        judged_since=datetime.fromtimestamp(since, timezone.get_default_timezone()) if since else None,
        curve=[(int(one["lines"]), _decimal(one["average_precision"])) for one in measures.get("curve", [])],
        settings=[(name, str(value)) for name, value in row.settings.items()],
        limits=[*map(str, NOT_GOOD_AT), *([str(FROM_A_WORLD)] if row.source == "world" else [])],
    )


def _labels(counts: Mapping[str, Any]) -> list[LabelRow]:
    lines, found = counts.get("lines", {}), counts.get("found", {})
    return [LabelRow(LABELS.get(name, name), int(many), int(found.get(name, 0))) for name, many in lines.items()]


def _worth(version: str, one: Mapping[str, Any]) -> Worth:
    top = one["top"]
    return Worth(
        version=version,
        name=version[:8],
        top=share_of(top),
        auc=_decimal(one["auc"]),
        average_precision=_decimal(one["average_precision"]),
        calibration=_decimal(one["calibration"]),
        lines=int(one["lines"]),
        found=int(one["found"]),
        is_unseen=bool(one["unseen"]),
    )


def _against(version: str, one: Mapping[str, Any]) -> Against:
    return Against(
        version=version,
        difference=_decimal(one["difference"]),
        low=_decimal(one["low"]),
        high=_decimal(one["high"]),
        is_better=one["low"] > 0,
    )


def share_of(rate: Mapping[str, Any]) -> Share:
    """A measured rate as a share with its interval."""
    lines = int(rate["lines"])
    return share(min(round(rate["share"] * lines), lines), lines)


def _decimal(value: float) -> Decimal:
    return Decimal(value).quantize(_PLACES)


def worths_plot(card: Card, lane: Share | None) -> Plot:
    """What each version found among the tenth it ranks highest, beside the random lane."""
    return plot([(one.name, one.top) for one in card.worths], lane)


def curve_plot(card: Card) -> Plot:
    """The learning curve: average precision by how many opened lines were learned from; no interval is reckoned."""
    return plot(
        [
            (
                _("%(lines)s lines") % {"lines": number_format(lines, force_grouping=True)},
                Share(part=0, of=lines, value=worth, low=worth, high=worth),
            )
            for lines, worth in card.curve
        ]
    )


def lane_plot(weeks: tuple[ModelWeek, ...]) -> Plot:
    """What the random lane found in the four weeks before each day, the oldest first."""
    return plot(
        [(date_format(one.on, "SHORT_DATE_FORMAT"), share_of(one.told["random_lane"])) for one in reversed(weeks)]
    )


def facts_of(row: ModelRow, card: Card) -> list[tuple[str, str]]:
    """The facts of a version in words, for the page and the paper."""
    learned = SOURCES[row.source]
    return [
        (_("Version"), row.version),
        (_("Where it stands"), str(ROLES[row.role])),
        (_("How far it is let in"), str(MODES[row.mode]) if row.role == "champion" else "–"),
        (_("Learned from"), f"{learned} {row.world}".strip()),
        (_("Lines of goods from"), _day(row.since)),
        (_("Lines of goods to"), _day(row.until)),
        (_("Lines declared"), _number(card.declared)),
        (_("Lines opened"), _number(row.lines)),
        (_("Something found"), _number(row.found)),
        (_("Opened by chance alone"), _number(card.by_chance)),
        (_("Brought in"), _day(row.registered_at)),
    ]


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATE_FORMAT")


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
