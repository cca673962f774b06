"""Deriving the clocks of a story.

Legal basis: that of each clock (`table`); Circular 38/2015/TT-BTC as amended by 39/2018, Art. 22.1a for the grounds on
which a declaration turns void after 15 days.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from thongquan.rules.clocks.table import (
    ARRIVED,
    DOCUMENT_CHECK,
    ENDS,
    GOODS_CHECK,
    HERE,
    PASSED,
    RULES,
    Rule,
    kinds,
    reply_rule,
)
from thongquan.rules.clocks.values import DECLARANT, Clock, Side, Story
from thongquan.rules.terms import Term
from thongquan.rules.worktime import HANOI


def clocks_of(story: Story) -> tuple[Clock, ...]:
    """Every clock of the story, the one that is due first at the head. `events` open with `lodged`."""
    if not story.events:
        return ()
    story, end = _up_to_end(story)
    found = [*_checks(story), *_expiry(story), *_particular(story)]
    for rule in RULES:
        found += _spells(story, rule)
    clocks = [clock if clock.stopped_at else replace(clock, stopped_at=end) for clock in found]
    return tuple(sorted(clocks, key=lambda clock: (clock.due_at, clock.name)))


def _up_to_end(story: Story) -> tuple[Story, datetime | None]:
    """The story up to its end, if it has one, which stops whatever still runs."""
    for place, event in enumerate(story.events):
        if event.kind in ENDS:
            return dataclasses.replace(story, events=story.events[:place]), event.at
    return story, None


def clock_that_matters(clocks: Iterable[Clock], *, side: Side, at: datetime) -> Clock | None:
    """The running clock that is due first: a duty of this side, else of the other, else a right."""
    running = [clock for clock in clocks if clock.runs(at)]
    return min(running, key=lambda clock: (not clock.obliges, clock.for_whom != side, clock.due_at), default=None)


def _checks(story: Story) -> Iterator[Clock]:
    if story.channel >= 2:
        yield from _spells(story, DOCUMENT_CHECK)
    if story.channel >= 3:
        yield from _spells(story, GOODS_CHECK)


def _spells(story: Story, rule: Rule) -> Iterator[Clock]:
    """The clocks of a rule, one after another."""
    seen: set[str] = set()
    waiting, opened = False, None
    for event in story.events:
        kind = event.kind
        seen.add(kind)
        waiting = bool(rule.awaits) and (kind in rule.pauses or (waiting and kind != rule.awaits))
        if kind in rule.closes:
            seen -= rule.needs
        begins = kind in rule.opens and rule.needs <= seen and not waiting
        if opened and kind in rule.closes | rule.pauses:
            yield from _clock(story, rule, opened, event.at)
            opened = None
        elif begins and (not opened or kind in rule.restarts):
            opened = event.at
    if opened:
        yield from _clock(story, rule, opened, None)


def _clock(story: Story, rule: Rule, starts_at: datetime, stopped_at: datetime | None) -> Iterator[Clock]:
    term = story.terms.begin(rule.parameter, starts_at)
    if term is not None:
        extended = _extension(story, starts_at, stopped_at) if rule.lengthened else None
        if extended is not None:
            term = story.terms.extend(term, rule.lengthened, extended)
        yield _told(rule.name, rule.for_whom, starts_at, stopped_at, term, obliges=rule.obliges)


def _extension(story: Story, starts_at: datetime, stopped_at: datetime | None) -> datetime | None:
    """When somebody who may approve it made a check longer; once is all the law allows (Customs Law Art. 23.2)."""
    for event in story.events:
        in_time = starts_at <= event.at and (stopped_at is None or event.at <= stopped_at)
        if event.kind == "extend_check" and in_time and event.data.get("approver"):
            return event.at
    return None


def _expiry(story: Story) -> Iterator[Clock]:
    """Circular 38/2015/TT-BTC Art. 22.1a: 15 days from registration, on each ground that may void the declaration."""
    registered = story.events[0].at
    term = story.terms.begin("void_after_days", registered)
    if term is None:
        return
    if story.flow == "import":
        yield _told("expiry_not_arrived", DECLARANT, registered, _first(story, ARRIVED), term)
    elif story.channel < 3:
        yield _told("expiry_not_in_area", DECLARANT, registered, _first(story, HERE), term)
    yield from _controlled(story, registered, term)


def _controlled(story: Story, registered: datetime, term: Term) -> Iterator[Clock]:
    """The grounds of channels 2 and 3. That they apply to exports is sure; the parameter says whether to imports."""
    flows = story.terms.parameter("void_control_flows", registered.astimezone(HANOI).date())
    if flows is None or story.flow not in flows.value.split():
        return
    term = term._replace(verified=term.verified and (story.flow == "export" or flows.verified))
    if story.channel == 2:
        filed = _first(story, PASSED | {"file_documents"})
        yield _told("expiry_documents", DECLARANT, registered, filed, term)
    elif story.channel == 3:
        presented = _first(story, PASSED | {"present_goods"})
        yield _told("expiry_not_presented", DECLARANT, registered, presented, term)


def _particular(story: Story) -> Iterator[Clock]:
    """Clocks of particular declarations: guaranteed, incomplete, preserved."""
    lodged = story.events[0]
    if (story.standing.priority or story.standing.level == 1) and lodged.data.get("incomplete"):
        completed = _first(story, kinds("complete", "amend", "amend_after"))
        yield from _plain(story, "incomplete_declaration", "incomplete_declaration_days", lodged.at, completed)
    settled = [event for event in story.events if event.kind in ("settle", "unsettle")]
    guarantees = [place for place, event in enumerate(settled) if event.data.get("guaranteed")]
    if guarantees:
        after = settled[guarantees[-1] + 1 :]
        yield from _plain(story, "guarantee", "guarantee_max_days", lodged.at, after[0].at if after else None)
    for event in story.events:
        if event.kind == "request_preservation":
            yield from _spells(story, reply_rule(str(event.data.get("place"))))
            return


def _plain(story: Story, name: str, parameter: str, start: datetime, stop: datetime | None) -> Iterator[Clock]:
    term = story.terms.begin(parameter, start)
    if term is not None:
        yield _told(name, DECLARANT, start, stop, term)


def _told(
    name: str, side: Side, starts_at: datetime, stopped_at: datetime | None, term: Term, *, obliges: bool = True
) -> Clock:
    return Clock(
        name=name,
        starts_at=starts_at,
        due_at=term.due_at,
        stopped_at=stopped_at,
        for_whom=side,
        source=term.source,
        verified=term.verified,
        working=term.working,
        obliges=obliges,
    )


def _first(story: Story, names: frozenset[str]) -> datetime | None:
    return next((event.at for event in story.events if event.kind in names), None)
