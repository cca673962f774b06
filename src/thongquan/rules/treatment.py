"""What may be published of how groups of traders are treated: aggregates alone, nothing from which one can be told.

Legal basis: none; the regions promise fair and equal treatment. A group of few declarations or few enterprises is
folded into all others; a share of few checks is left out, and then a second one with it, so that no subtraction brings
it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thongquan.rules.fairness import Counts, Group, summed
from thongquan.rules.origin.shares import Share, share
from thongquan.rules.parts import Frozen

LEAST_LODGED, LEAST_TRADERS, LEAST_CHECKED = 50, 5, 10
OTHERS = "*"
"""The key of all folded groups together."""


class Shown(Frozen, frozen=True, kw_only=True):
    """A group as published; `found` and `random` are None where too few were checked. `key` may be `OTHERS`."""

    key: str
    lodged: int
    opened: Share
    found: Share | None
    random: Share | None
    alarm: bool


def published(groups: Iterable[Group], traders: Mapping[str, int]) -> tuple[Shown, ...]:
    """The groups of one kind as they may be shown; () where even all of them together are too few.

    `traders` counts the enterprises of each group by its key.
    """
    known = sorted(groups, key=lambda one: (one.counts.lodged, one.key))
    kept = [one for one in known if _is_large(one.counts.lodged, traders.get(one.key, 0))]
    folded = [one for one in known if one not in kept]
    while folded and kept and not _is_large(*_size(folded, traders)):
        folded.append(kept.pop(0))
    if folded and not _is_large(*_size(folded, traders)):
        return ()
    rows = [(one.key, one.counts, one.alarm) for one in reversed(kept)]
    if folded:
        rows.append((OTHERS, summed(one.counts for one in folded), False))
    found = _hidden({key: counts.checked for key, counts, _alarm in rows})
    random = _hidden({key: counts.drawn_checked for key, counts, _alarm in rows})
    return tuple(_shown(key, counts, alarm, key in found, key in random) for key, counts, alarm in rows)


def _size(groups: list[Group], traders: Mapping[str, int]) -> tuple[int, int]:
    """An enterprise may stand in several groups of a kind; the largest group is what is sure."""
    return sum(one.counts.lodged for one in groups), max(traders.get(one.key, 0) for one in groups)


def _is_large(lodged: int, traders: int) -> bool:
    return lodged >= LEAST_LODGED and traders >= LEAST_TRADERS


def _hidden(checked: Mapping[str, int]) -> frozenset[str]:
    """Groups whose share is left out: too few were checked, and never one group alone."""
    few = {key for key, count in checked.items() if count < LEAST_CHECKED}
    others = sorted((count, key) for key, count in checked.items() if key not in few)
    return frozenset(few | {others[0][1]}) if len(few) == 1 and others else frozenset(few)


def _shown(key: str, counts: Counts, alarm: bool, no_found: bool, no_random: bool) -> Shown:
    return Shown(
        key=key,
        lodged=counts.lodged,
        opened=share(counts.opened, counts.lodged),
        found=None if no_found else share(counts.found, counts.checked),
        random=None if no_random else share(counts.drawn_found, counts.drawn_checked),
        alarm=alarm,
    )
