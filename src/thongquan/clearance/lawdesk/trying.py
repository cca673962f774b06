"""Trying proposed law on past declarations: pure, one declaration at a time, summed up as it goes.

A decision is made from its facts alone, so facts that the proposal does not touch are not decided again. Those it
touches are decided under it and compared with the stored decision. Where that differs in anything that counts, the
stored decision is made again from its own facts too: where the bytes differ, the program has changed since and the
declaration is told apart, for then nobody could say what the law would have changed. Where the proposal touches channel
and fee alone, what these rest on is settled once for both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal

import msgspec

from thongquan.rules.decision import Decision
from thongquan.rules.effect import Effect, NewFault, effect_of
from thongquan.rules.encoding import decoded_decision, decoded_facts, encoded
from thongquan.rules.facts import Facts
from thongquan.rules.money import ZERO, exact
from thongquan.rules.replay import RELEASES, STAGES, Stages
from thongquan.rules.whatif import Proposed, patched, settles_alike

EXAMPLES, MOST_TRADERS, MOST_DIFFERING, MOST_ROWS = 5, 20, 50, 5_000
UNTOUCHED, SAME, CHANGED, DIFFERS = "untouched", "same", "changed", "differs"
Progress = Callable[[int], None]
Rules = Callable[[Facts], Decision]


class Past(msgspec.Struct, frozen=True):
    """A past declaration as it is tried: who and where, and the stored bytes."""

    number: str
    office: str
    tax_code: str
    trader_name: str
    facts: bytes
    decision: bytes


class Tried(msgspec.Struct, frozen=True):
    """What trying one declaration says: `fate` is untouched, same, changed, or differs (does not replay)."""

    fate: str
    effect: Effect | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration that changes, for lists and files; dong, `reasons` are codes of the errors it would have."""

    number: str
    office: str
    tax_code: str
    trader_name: str
    stands: bool
    due_before_vnd: Decimal
    due_after_vnd: Decimal
    difference_vnd: Decimal
    channel_before: int
    channel_after: int
    goods: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Chapter(msgspec.Struct, kw_only=True):
    """A chapter of the nomenclature: declarations, and dong more and less."""

    code: str
    declarations: int = 0
    more_vnd: Decimal = ZERO
    less_vnd: Decimal = ZERO


class Trader(msgspec.Struct, kw_only=True):
    """A trader with changed declarations; `difference_vnd` is the balance, `fallen` would no longer stand."""

    tax_code: str
    name: str
    declarations: int = 0
    difference_vnd: Decimal = ZERO
    fallen: int = 0


class Broken(msgspec.Struct, kw_only=True):
    """One way in which filings would fall: a fault at a field, on goods of a code, with examples."""

    fault: NewFault
    declarations: int = 0
    examples: list[str] = []


class Channels(msgspec.Struct, kw_only=True):
    """How many would go from one channel to another."""

    before: int
    after: int
    declarations: int = 0
    examples: list[str] = []


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a dry run found; dong. All that are `changed` replay under the law in hand.

    `differing` would change and do not replay, or cannot be read, and are in no other figure.
    `examples` are the largest differences on either side and some of each turn of channel and each fault.
    """

    since: datetime
    until: datetime
    declarations: int
    differing: int
    touched: int
    changed: int
    more: int
    more_vnd: Decimal
    less: int
    less_vnd: Decimal
    fallen: int
    due_before_vnd: Decimal
    due_after_vnd: Decimal
    taxes: dict[str, Decimal]
    channels: tuple[Channels, ...]
    chapters: tuple[Chapter, ...]
    traders: tuple[Trader, ...]
    traders_changed: int
    breaks: tuple[Broken, ...]
    differing_examples: tuple[str, ...]
    examples: tuple[Row, ...]


def try_one(past: Past, proposed: Proposed) -> Tried:
    """Decide one declaration under the proposed law where that touches it; before a difference is told, the stored
    decision is replayed. Never raises.
    """
    try:
        facts, before = decoded_facts(past.facts), decoded_decision(past.decision)
    except msgspec.DecodeError:
        return Tried(DIFFERS)
    rules = RELEASES.get(facts.rules_release)
    if rules is None or not before.accepted:
        return Tried(DIFFERS)
    changed = patched(facts, proposed)
    if changed is facts:
        return Tried(UNTOUCHED)
    stages = STAGES.get(facts.rules_release)
    if stages is not None and settles_alike(facts.law, changed.law):
        return _concluded_twice(past, before, facts, changed, stages)
    effect = effect_of(before, rules(changed), facts.document)
    if effect is None:
        return Tried(SAME)
    return Tried(CHANGED, effect) if replays(past, facts, rules) else Tried(DIFFERS)


def _concluded_twice(past: Past, before: Decision, facts: Facts, changed: Facts, stages: Stages) -> Tried:
    """The same where both decisions rest on the same: settled once, concluded under either law."""
    with exact():
        settled = stages.settled_by(facts)
        if isinstance(settled, Decision):  # it stood when it was lodged: the program has changed since
            return Tried(DIFFERS)
        effect = effect_of(before, stages.concluded(changed, settled), facts.document)
        if effect is None:
            return Tried(SAME)
        equal = encoded(stages.concluded(facts, settled)) == past.decision
    return Tried(CHANGED, effect) if equal else Tried(DIFFERS)


def replays(past: Past, facts: Facts, rules: Rules) -> bool:
    """Whether the rules give the stored decision again, to the last byte."""
    return encoded(rules(facts)) == past.decision


class Tally:
    """Sums of a dry run while it goes; `rows` are the declarations that change."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys((UNTOUCHED, SAME, CHANGED, DIFFERS), 0)
        self.rows: list[Row] = []
        self.taxes: dict[str, Decimal] = {}
        self.channels: dict[tuple[int, int], Channels] = {}
        self.chapters: dict[str, Chapter] = {}
        self.traders: dict[str, Trader] = {}
        self.breaks: dict[tuple[str, str, str], Broken] = {}
        self.differing: list[str] = []

    def add(self, past: Past, tried: Tried) -> None:
        """Count one declaration."""
        self.counts[tried.fate] += 1
        if tried.fate == DIFFERS and len(self.differing) < MOST_DIFFERING:
            self.differing.append(past.number)
        if tried.effect is not None:
            self._sum(past, tried.effect)

    def _sum(self, past: Past, effect: Effect) -> None:
        self.rows.append(_row(past, effect))
        for tax, amount in effect.taxes.items():
            self.taxes[tax] = self.taxes.get(tax, ZERO) + amount
        trader = self.traders.setdefault(past.tax_code, Trader(tax_code=past.tax_code, name=past.trader_name))
        trader.declarations += 1
        trader.difference_vnd += effect.difference_vnd
        trader.fallen += not effect.stands
        self._sum_chapters(effect)
        if not effect.stands:
            self._sum_breaks(past, effect)
        elif effect.channel_before != effect.channel_after:
            self._sum_channels(past, effect)

    def _sum_chapters(self, effect: Effect) -> None:
        by: dict[str, Decimal] = {}
        for line in effect.lines:
            by[line.hs[:2]] = by.get(line.hs[:2], ZERO) + line.after_vnd - line.before_vnd
        for code, amount in by.items():
            chapter = self.chapters.setdefault(code, Chapter(code=code))
            chapter.declarations += 1
            if amount > 0:
                chapter.more_vnd += amount
            else:
                chapter.less_vnd -= amount

    def _sum_breaks(self, past: Past, effect: Effect) -> None:
        for key, fault in {(fault.code, fault.field, fault.hs): fault for fault in effect.faults}.items():
            broken = self.breaks.setdefault(key, Broken(fault=fault, examples=[]))
            broken.declarations += 1
            if len(broken.examples) < EXAMPLES:
                broken.examples.append(past.number)

    def _sum_channels(self, past: Past, effect: Effect) -> None:
        key = (effect.channel_before, effect.channel_after)
        turn = self.channels.setdefault(key, Channels(before=key[0], after=key[1], examples=[]))
        turn.declarations += 1
        if len(turn.examples) < EXAMPLES:
            turn.examples.append(past.number)

    def outcome(self, *, since: datetime, until: datetime) -> Outcome:
        """Everything in one value; orders `rows` by the size of the difference."""
        self.rows.sort(key=lambda row: (row.stands, -abs(row.difference_vnd), row.number))
        standing = [row for row in self.rows if row.stands]
        more = [row.difference_vnd for row in standing if row.difference_vnd > 0]
        less = [-row.difference_vnd for row in standing if row.difference_vnd < 0]
        traders = sorted(self.traders.values(), key=lambda one: (-one.fallen, -abs(one.difference_vnd), one.tax_code))
        return Outcome(
            since=since,
            until=until,
            declarations=sum(self.counts.values()),
            differing=self.counts[DIFFERS],
            touched=self.counts[SAME] + self.counts[CHANGED],
            changed=self.counts[CHANGED],
            more=len(more),
            more_vnd=sum(more, ZERO),
            less=len(less),
            less_vnd=sum(less, ZERO),
            fallen=len(self.rows) - len(standing),
            due_before_vnd=sum((row.due_before_vnd for row in standing), ZERO),
            due_after_vnd=sum((row.due_after_vnd for row in standing), ZERO),
            taxes=self.taxes,
            channels=tuple(self.channels[key] for key in sorted(self.channels)),
            chapters=tuple(self.chapters[code] for code in sorted(self.chapters)),
            traders=tuple(traders[:MOST_TRADERS]),
            traders_changed=len(traders),
            breaks=tuple(sorted(self.breaks.values(), key=lambda one: (-one.declarations, one.fault.code))),
            differing_examples=tuple(self.differing),
            examples=self._examples(),
        )

    def _examples(self) -> tuple[Row, ...]:
        """Some rows of every kind, each once."""
        more = [row for row in self.rows if row.difference_vnd > 0][: 2 * EXAMPLES]
        less = [row for row in self.rows if row.difference_vnd < 0][: 2 * EXAMPLES]
        named = {one for turn in self.channels.values() for one in turn.examples}
        named |= {one for broken in self.breaks.values() for one in broken.examples}
        others = [row for row in self.rows if row.number in named]
        return tuple({row.number: row for row in (*others, *more, *less)}.values())


def _row(past: Past, effect: Effect) -> Row:
    goods = [line.hs for line in effect.lines] or [fault.hs for fault in effect.faults if fault.hs]
    return Row(
        number=past.number,
        office=past.office,
        tax_code=past.tax_code,
        trader_name=past.trader_name,
        stands=effect.stands,
        due_before_vnd=effect.due_before_vnd,
        due_after_vnd=effect.due_after_vnd,
        difference_vnd=effect.difference_vnd,
        channel_before=effect.channel_before,
        channel_after=effect.channel_after,
        goods=tuple(dict.fromkeys(goods)),
        reasons=tuple(dict.fromkeys(fault.code for fault in effect.faults)),
    )


def try_all(batches: Iterable[Iterable[Past]], proposed: Proposed, progress: Progress) -> Tally:
    """Try every declaration; `progress` hears after each batch how many are done."""
    tally, done = Tally(), 0
    for batch in batches:
        for past in batch:
            tally.add(past, try_one(past, proposed))
            done += 1
        progress(done)
    return tally
