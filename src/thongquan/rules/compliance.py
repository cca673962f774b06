"""Compliance of an enterprise on a day: five levels, nine ranks, why, and what would raise it.

Legal basis: Circular 81/2019/TT-BTC as amended by Circular 06/2024/TT-BTC: Art. 10 (levels, a window of 365 days),
Art. 12 (reckoned at 00:00 every day), Art. 14 (ranks), Annex VI (acts that make a level); Customs Law 54/2014/QH13
Art. 42-43 (priority enterprises). In force from 01-01-2020 and, as amended, 2024. Numbers that the texts at hand do not
give come in as `Criterion` with `verified` False, dated data like all law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from thongquan.rules.parts import Frozen

PRIORITY, VERY_HIGH, HIGH, MEDIUM, NON_COMPLIANT = 1, 2, 3, 4, 5
RANK_PRIORITY, RANK_HIGH, RANK_VERY_HIGH = 1, 5, 6
IDLE_CLEAN, IDLE_OTHER, IDLE_GRAVE = 7, 8, 9
GRAVE, SERIOUS = "I", "II"


class Criterion(Frozen, frozen=True, kw_only=True):
    """A number that the law of the day asks for, with its source."""

    value: Decimal
    source: str
    verified: bool


class Tier(Frozen, frozen=True, kw_only=True):
    """What a level asks of an enterprise that trades: declarations in the window, and acts at most."""

    level: int
    declarations: Criterion
    acts: Criterion


class Criteria(Frozen, frozen=True, kw_only=True):
    """The criteria of a day. `tiers` stand from the best level down; whoever meets none is at `MEDIUM`."""

    window_days: Criterion
    recovery_days: Criterion
    tiers: tuple[Tier, ...]
    medium_rank_acts: Criterion
    priority_clean_days: Criterion
    priority_turnover_vnd: Criterion


class Act(Frozen, frozen=True, kw_only=True):
    """A decided violation: the day of the decision and its group of Annex VI, '' for any other."""

    on: date
    group: str = ""


class Record(Frozen, frozen=True, kw_only=True):
    """What is known of an enterprise on a day.

    `declarations` and `turnover_vnd` count what was lodged within the window; `before` is the level held until now and
    `before_since` the first day of it; `overdue_vnd` is duty past its day, in dong.
    """

    on: date
    declarations: int = 0
    turnover_vnd: Decimal = Decimal(0)
    known_since: date | None = None
    acts: tuple[Act, ...] = ()
    overdue_vnd: Decimal = Decimal(0)
    priority: bool = False
    before: int | None = None
    before_since: date | None = None


class Ground(Frozen, frozen=True, kw_only=True):
    """One thing that speaks for the level, or that would raise it: a key, its values, its source."""

    key: str
    values: dict[str, str] = {}
    source: str = ""
    verified: bool = True


class Assessed(Frozen, frozen=True, kw_only=True):
    """Level (None: no trade in the window, so none is reckoned), rank, why, and what would raise the level."""

    level: int | None
    rank: int
    grounds: tuple[Ground, ...]
    raises: tuple[Ground, ...] = ()


class Condition(Frozen, frozen=True, kw_only=True):
    """A condition for the regime of priority enterprises: asked, had, and whether it is met."""

    key: str
    asked: str
    had: str
    met: bool
    source: str
    verified: bool


_LEVELS = "Circular 81/2019/TT-BTC Art. 10"
_PRIORITY = "Customs Law 54/2014/QH13 Art. 42-43"


def assess(record: Record, criteria: Criteria) -> Assessed:
    """Give level and rank of the day with their grounds. Pure: the same record and criteria give the same result."""
    acts = _in_window(record, criteria)
    level, grounds = _level(record, criteria, acts)
    return Assessed(
        level=level,
        rank=_rank(record, criteria, level, acts),
        grounds=tuple(grounds),
        raises=tuple(_raises(record, criteria, level, acts)),
    )


def _in_window(record: Record, criteria: Criteria) -> list[Act]:
    first = record.on - timedelta(days=int(criteria.window_days.value))
    return [act for act in record.acts if first < act.on <= record.on]


def _level(record: Record, criteria: Criteria, acts: list[Act]) -> tuple[int | None, list[Ground]]:
    grave = [act for act in acts if act.group == GRAVE]
    if record.priority:
        return PRIORITY, [Ground(key="priority", source=_PRIORITY)]
    if grave:
        return NON_COMPLIANT, [_ground("grave", criteria.window_days, acts=len(grave))]
    if until := _recovering_until(record, criteria):
        return NON_COMPLIANT, [_ground("recovering", criteria.recovery_days, until=until.isoformat())]
    if not record.declarations:
        return None, [_ground("no_trade", criteria.window_days)]
    tier = next((tier for tier in criteria.tiers if not list(_gaps(record, tier, acts))), None)
    level = tier.level if tier else MEDIUM
    grounds = [*_tier_grounds(record, tier, acts)] if tier else [*_why_medium(record, criteria, acts)]
    if record.before == NON_COMPLIANT and level < MEDIUM:
        return MEDIUM, [_ground("one_step", criteria.recovery_days), *grounds]
    return level, grounds


def _recovering_until(record: Record, criteria: Criteria) -> date | None:
    """Leaving level 5 takes so many clean days: the day it may be left, None when it may be left already."""
    if record.before != NON_COMPLIANT or record.before_since is None:
        return None
    until = record.before_since + timedelta(days=int(criteria.recovery_days.value))
    return until if until > record.on else None


def _tier_grounds(record: Record, tier: Tier, acts: list[Act]) -> Iterator[Ground]:
    yield _ground("declarations", tier.declarations, had=record.declarations, asked=tier.declarations.value)
    yield _ground("acts", tier.acts, had=len(acts), asked=tier.acts.value)
    yield Ground(key="nothing_overdue", source=_LEVELS, verified=False)


def _why_medium(record: Record, criteria: Criteria, acts: list[Act]) -> Iterator[Ground]:
    """Why the next better level is not reached."""
    yield from _gaps(record, criteria.tiers[-1], acts) if criteria.tiers else ()


def _gaps(record: Record, tier: Tier, acts: list[Act]) -> Iterator[Ground]:
    """What a record misses of a tier."""
    if record.declarations < tier.declarations.value:
        yield _ground("few_declarations", tier.declarations, had=record.declarations, asked=tier.declarations.value)
    if len(acts) > tier.acts.value:
        yield _ground("many_acts", tier.acts, had=len(acts), asked=tier.acts.value)
    if record.overdue_vnd > 0:
        yield Ground(key="overdue", values={"amount": str(record.overdue_vnd)}, source=_LEVELS, verified=False)


def _rank(record: Record, criteria: Criteria, level: int | None, acts: list[Act]) -> int:
    if level == PRIORITY:
        return RANK_PRIORITY
    groups = {act.group for act in acts}
    if not record.declarations:
        if groups & {GRAVE, SERIOUS}:
            return IDLE_GRAVE
        return IDLE_OTHER if acts else IDLE_CLEAN
    if level == NON_COMPLIANT:
        return RANK_VERY_HIGH
    if SERIOUS in groups or len(acts) > criteria.medium_rank_acts.value:
        return RANK_HIGH
    return level or MEDIUM


def _raises(record: Record, criteria: Criteria, level: int | None, acts: list[Act]) -> Iterator[Ground]:
    """What would lead to the next better level, with the day where time alone does it."""
    if level == NON_COMPLIANT:
        yield _clean_until(record, criteria, [act for act in acts if act.group == GRAVE])
        return
    if level is None:
        yield _ground("trade_again", criteria.window_days)
        return
    better = [tier for tier in criteria.tiers if tier.level < level]
    if not better:
        return
    gaps = list(_gaps(record, better[-1], acts))
    if not gaps:  # held back by the rule of one step: the next reckoning starts from this level
        yield _ground("next_reckoning", criteria.recovery_days, on=(record.on + timedelta(days=1)).isoformat())
    for gap in gaps:
        yield _act_ages_out(criteria, acts, better[-1]) if gap.key == "many_acts" else _needed(record, better[-1], gap)


def _clean_until(record: Record, criteria: Criteria, grave: list[Act]) -> Ground:
    days = timedelta(days=int(criteria.recovery_days.value))
    window = timedelta(days=int(criteria.window_days.value))
    ends = [act.on + window for act in grave]
    if record.before == NON_COMPLIANT and record.before_since:
        ends.append(record.before_since + days)
    on = max(ends, default=record.on + days)
    return _ground("stay_clean", criteria.recovery_days, on=on.isoformat(), level=MEDIUM)


def _needed(record: Record, tier: Tier, gap: Ground) -> Ground:
    if gap.key == "few_declarations":
        more = int(tier.declarations.value) - record.declarations
        return _ground("declare_more", tier.declarations, more=more, level=tier.level)
    return Ground(key="pay_overdue", values={**gap.values, "level": str(tier.level)}, source=_LEVELS, verified=False)


def _act_ages_out(criteria: Criteria, acts: list[Act], tier: Tier) -> Ground:
    """The day on which so many acts have left the window that the rest is allowed."""
    days = sorted(act.on for act in acts)
    last = days[len(days) - int(tier.acts.value) - 1]
    on = last + timedelta(days=int(criteria.window_days.value))
    return _ground("acts_leave", tier.acts, on=on.isoformat(), level=tier.level)


def priority_conditions(record: Record, criteria: Criteria) -> tuple[Condition, ...]:
    """What the regime of priority enterprises asks and what this enterprise has; whether to grant it, people decide."""
    clean = criteria.priority_clean_days
    first = record.on - timedelta(days=int(clean.value))
    faults = sum(act.on > first for act in record.acts)
    turnover = criteria.priority_turnover_vnd
    days = (record.on - record.known_since).days if record.known_since else 0
    overdue = Criterion(value=Decimal(0), source=_PRIORITY, verified=False)
    return (
        _condition("known_days", clean, days, met=days >= clean.value),
        _condition("acts_in_days", replace_value(clean, Decimal(0)), faults, met=faults == 0),
        _condition("turnover", turnover, record.turnover_vnd, met=record.turnover_vnd >= turnover.value),
        _condition("overdue", overdue, record.overdue_vnd, met=record.overdue_vnd == 0),
    )


def replace_value(criterion: Criterion, value: Decimal) -> Criterion:
    """The same source with another number."""
    return Criterion(value=value, source=criterion.source, verified=criterion.verified)


def _condition(key: str, asked: Criterion, had: object, *, met: bool) -> Condition:
    return Condition(
        key=key, asked=str(asked.value), had=str(had), met=met, source=asked.source, verified=asked.verified
    )


def _ground(key: str, criterion: Criterion, **values: object) -> Ground:
    told = {"n": str(int(criterion.value)), **{name: str(value) for name, value in values.items()}}
    return Ground(key=key, values=told, source=criterion.source, verified=criterion.verified)
