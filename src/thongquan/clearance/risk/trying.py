"""Trying a profile on past declarations: what it would have chosen, what that would have found, what it would cost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import tzinfo
from decimal import Decimal

import msgspec
from msgspec.structs import replace

from thongquan.clearance.risk.expressions import Compiled, compiled, evaluated, given
from thongquan.clearance.risk.past import Past
from thongquan.clearance.risk.queries.live import Listings, LiveProfile, is_listed
from thongquan.clearance.risk.queries.proofs import Verdicts
from thongquan.rules.encoding import decoded_decision, decoded_facts
from thongquan.rules.facts import Facts
from thongquan.rules.replay import RELEASES

EXAMPLES = 20
NEARLY_ALL = Decimal("0.5")
"""An expression that alone chooses at least this share says nothing, so that a list beside it would be the ground."""


class Shift(msgspec.Struct, frozen=True):
    """How many declarations would go from one channel to another."""

    before: int
    after: int
    declarations: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a dry run found. `checked` of the `hits` were checked, and `found` counts those where something was found;
    the same of the random lane beside them. `alone` counts what the expression chooses without its lists. `unread`
    could not be decided again. `minutes` is officers' time for the checks that would be added.
    """

    declarations: int
    hits: int
    alone: int
    checked: int
    found: int
    recovered_vnd: Decimal
    random_checked: int
    random_found: int
    shifts: tuple[Shift, ...]
    minutes: int
    unread: int
    examples: tuple[str, ...]

    @property
    def list_is_sole_ground(self) -> bool:
        """Whether a list of risk goods would decide nearly alone."""
        return self.declarations > 0 and Decimal(self.alone) / self.declarations >= NEARLY_ALL


class Known(msgspec.Struct, frozen=True):
    """What became of a past declaration: whether a check found something (None: not checked), dong recovered, drawn."""

    found: bool | None
    recovered_vnd: Decimal
    drawn: bool


def try_profile(
    profile: LiveProfile,
    batches: Iterable[Collection[Past]],
    *,
    known: Mapping[str, Known],
    listings: Listings,
    minutes: Mapping[int, int],
    zone: tzinfo,
    verdicts: Verdicts,
) -> Outcome:
    """Try a profile on past declarations; stores nothing. `minutes` are those of a check by channel; of `verdicts` each
    declaration is told what was known at its moment.
    """
    trial, tally = Trial(profile, compiled([profile.expression]), listings, zone, verdicts), Tally()
    for batch in batches:
        for past in batch:
            tally.add(past, trial, known.get(past.number))
    return tally.outcome(minutes)


class Trial(msgspec.Struct, frozen=True):
    """A profile ready to be asked of facts."""

    profile: LiveProfile
    programs: Compiled
    listings: Listings
    zone: tzinfo
    verdicts: Verdicts

    def says(self, facts: Facts) -> bool:
        """Whether the expression alone says yes."""
        proofs = self.verdicts.facts(facts.certificates, facts.at)
        asked = given(facts.document, facts.standing, facts.law, facts.at, self.zone, proofs)
        return evaluated(self.programs, asked)[0]

    def names(self, facts: Facts) -> bool:
        """Whether a list that is asked for names a line; true where none is asked for."""
        lists, day = self.profile.lists, facts.at.astimezone(self.zone).date()
        return not lists or is_listed(facts.document, lists, self.listings, day)


class Tally:
    """Sums of a dry run while it goes."""

    def __init__(self) -> None:
        self.declarations = self.hits = self.alone = self.unread = 0
        self.checked = self.found = self.random_checked = self.random_found = 0
        self.recovered_vnd = Decimal(0)
        self.shifts: dict[tuple[int, int], int] = {}
        self.examples: list[str] = []

    def add(self, past: Past, trial: Trial, known: Known | None) -> None:
        """Count one declaration; one that cannot be decided again is told apart."""
        try:
            facts, decision = decoded_facts(past.facts), decoded_decision(past.decision)
        except msgspec.DecodeError:
            self.unread += 1
            return
        rules = RELEASES.get(facts.rules_release)
        if rules is None or not decision.accepted:
            self.unread += 1
            return
        self.declarations += 1
        if known is not None and known.drawn and known.found is not None:
            self.random_checked += 1
            self.random_found += known.found
        if not trial.says(facts):
            return
        self.alone += 1
        if trial.names(facts):
            after = rules(replace(facts, profiles=(trial.profile.hit,))).channel or 0
            self._hit(past, decision.channel or 0, after, known)

    def _hit(self, past: Past, before: int, after: int, known: Known | None) -> None:
        self.hits += 1
        if after > before:
            self.shifts[before, after] = self.shifts.get((before, after), 0) + 1
        if known is not None and known.found is not None:
            self.checked += 1
            self.found += known.found
            self.recovered_vnd += known.recovered_vnd
        if len(self.examples) < EXAMPLES:
            self.examples.append(past.number)

    def outcome(self, minutes: Mapping[int, int]) -> Outcome:
        """Everything in one value."""
        cost = {key: minutes.get(key[1], 0) - minutes.get(key[0], 0) for key in self.shifts}
        return Outcome(
            declarations=self.declarations,
            hits=self.hits,
            alone=self.alone,
            checked=self.checked,
            found=self.found,
            recovered_vnd=self.recovered_vnd,
            random_checked=self.random_checked,
            random_found=self.random_found,
            shifts=tuple(Shift(*key, count) for key, count in sorted(self.shifts.items())),
            minutes=sum(count * cost[key] for key, count in self.shifts.items()),
            unread=self.unread,
            examples=tuple(self.examples),
        )
