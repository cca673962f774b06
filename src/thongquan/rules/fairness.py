"""Whether a group of traders is opened more without finding more: shares with intervals, beside the random lane.

Legal basis: none; the regions promise fair and equal treatment (Customs Law 54/2014/QH13 Art. 17: controls follow the
risk). The random lane chooses without regard to anything, so what it finds is the group's own share of wrong
declarations: it tells a group that is worse from one that is only looked at more.
"""

from __future__ import annotations

from collections.abc import Iterable

from thongquan.rules.origin.shares import Share, share
from thongquan.rules.parts import Frozen

ENOUGH = 30


class Counts(Frozen, frozen=True, kw_only=True):
    """Declarations of a group: lodged, opened for a reason other than the draw, of these checked and with a finding;
    and those that the draw chose, checked and with a finding.
    """

    lodged: int = 0
    opened: int = 0
    checked: int = 0
    found: int = 0
    drawn_checked: int = 0
    drawn_found: int = 0


class Group(Frozen, frozen=True, kw_only=True):
    """A group with its shares; `alarm`: opened more than all without finding more, and no worse by the random lane."""

    key: str
    counts: Counts
    opened: Share
    found: Share
    random: Share
    alarm: bool


def compared(groups: Iterable[tuple[str, Counts]]) -> tuple[Group, ...]:
    """The groups of one kind, each beside all others of it taken together; the most opened first."""
    known = list(groups)
    total = summed(counts for _key, counts in known)
    found = [_group(key, counts, _without(total, counts)) for key, counts in known]
    return tuple(sorted(found, key=lambda one: (-(one.opened.value or 0), one.key)))


def summed(several: Iterable[Counts]) -> Counts:
    """All of them together."""
    rows = list(several)
    return Counts(**{name: sum(getattr(one, name) for one in rows) for name in Counts.__struct_fields__})


def _without(total: Counts, part: Counts) -> Counts:
    return Counts(**{name: getattr(total, name) - getattr(part, name) for name in Counts.__struct_fields__})


def _group(key: str, counts: Counts, others: Counts) -> Group:
    opened, found = share(counts.opened, counts.lodged), share(counts.found, counts.checked)
    random = share(counts.drawn_found, counts.drawn_checked)
    return Group(
        key=key,
        counts=counts,
        opened=opened,
        found=found,
        random=random,
        alarm=_alarm(counts, others, opened, found, random),
    )


def _alarm(counts: Counts, others: Counts, opened: Share, found: Share, random: Share) -> bool:
    """Opened more beyond doubt; finding no more; and the random lane does not show the group to be worse."""
    if min(counts.lodged, others.lodged, counts.checked, others.checked) < ENOUGH:
        return False
    opened_more = opened.low > share(others.opened, others.lodged).high
    finds_more = (found.value or 0) > (share(others.found, others.checked).value or 0)
    is_worse = random.of > 0 and random.low > share(others.drawn_found, others.drawn_checked).high
    return opened_more and not finds_more and not is_worse
