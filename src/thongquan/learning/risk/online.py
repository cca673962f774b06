"""Features of a declaration while it is lodged: a night remembers the past of everything, lodging looks it up by key.

No feature is defined here. The night runs the features of training over the whole history and keeps, for everything
that has a past, what was answered at that moment; lodging runs the same features on its own lines and reads the
answers. So all that speaks of earlier lines (counts, sums, means, ages, what is usual, outcomes) is as of that night;
what a line says of itself is of now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Array, Floats, Ints, Joint, Matrix, joined, seen
from thongquan.learning.risk.features import Features, Meaning, features_of, keys_of
from thongquan.learning.risk.outcomes import outcomes_of, profile_keys
from thongquan.learning.risk.past import History, Revealed
from thongquan.learning.risk.pasts import Pasts, Remembered, closings_of, latest_before
from thongquan.learning.risk.peers import Fitted, Usual, chapter_of, fit, logs_of, told, usual_of
from thongquan.learning.risk.trade import AMOUNTS, CODED, NAMED, Trade
from thongquan.learning.risk.words import Guesser, Words, rows_of


@dataclass(frozen=True)
class Asked:
    """The lines of one declaration: `coded` words of each line by column of `CODED`, `amounts` numbers of each line in
    the order of `AMOUNTS` (None: empty); `at` seconds since 1970."""

    at: int
    imports: bool
    coded: Mapping[str, Sequence[str | None]]
    amounts: Sequence[Sequence[float | None]]

    def __len__(self) -> int:
        return len(self.coded["hs"])


class State(NamedTuple):
    """What a night remembers. `names` are those of the features, `at` the moment (seconds since 1970), `usual` the
    share of fraud that shares are drawn towards.

    `tables` hold what each history answered, `outcomes` the features of what was found: a row for each place and a last
    one for what was never seen.
    """

    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    at: int
    lines: int
    usual: float
    places: Mapping[str, Mapping[str, int]]
    regimes: Array
    joints: tuple[Joint, ...]
    tables: tuple[Matrix, ...]
    outcomes: tuple[Matrix, ...]
    fitted: Fitted
    guesser: Guesser | None
    word_places: Mapping[str, int]
    closings: Floats
    begins: Ints


def remembered(trade: Trade, revealed: Revealed, *, at: int, usual: float) -> State:
    """Remember all that features ask of a history as of `at`; `revealed` are the outcomes of its lines."""
    night = _Night(at)
    keys = keys_of(trade, night)
    features = features_of(trade, keys, night)
    profiles = profile_keys(trade, keys, features, night)
    every = {name: _every(key) for name, key in profiles.items()}
    outcomes = _outcomes(profiles, every, revealed, at, usual)
    words = Words(trade)
    return State(
        names=features.names + outcomes.names,
        meanings=features.meanings + outcomes.meanings,
        at=at,
        lines=len(trade),
        usual=usual,
        places={name: _places(trade.words[name]) for name in CODED},
        regimes=trade.words["regime"],
        joints=tuple(night.joints),
        tables=tuple(np.stack(one.columns, axis=1) for one in night.histories),
        outcomes=_by_key(outcomes, every),
        fitted=night.fitted,
        guesser=words.guesser(night.fitted.code[:-1]),
        word_places=words.places,
        closings=night.closings[0],
        begins=night.closings[1],
    )


def told_online(state: State, asked: Asked) -> Features:
    """Features of the lines of a declaration, the same and in the same order as those of training.

    Raises ValueError when the state is of a release that made other features.
    """
    trade, day = _trade(state, asked), _Day(state, asked)
    keys = keys_of(trade, day)
    features = features_of(trade, keys, day)
    if features.names != state.names[: len(features.names)]:
        raise ValueError("the state holds other features")
    profiles = profile_keys(trade, keys, features, day)
    found = [_rows(table, key) for table, key in zip(state.outcomes, profiles.values(), strict=True)]
    values = np.concatenate([features.values, np.concatenate(found).T.astype(np.float32)], axis=1)
    return Features(state.names, state.meanings, values)


def _outcomes(profiles: dict[str, Ints], every: dict[str, Ints], revealed: Revealed, at: int, usual: float) -> Features:
    """The features of what was found, for each place of each key: as of one who comes after all."""
    most, lines = max(map(len, every.values())), len(next(iter(profiles.values())))
    keys = {
        name: np.concatenate([key, every[name], np.full(most - len(every[name]), -1)]) for name, key in profiles.items()
    }
    return outcomes_of(keys, revealed, lines + np.arange(most), np.full(most, at), usual=usual)


def _by_key(outcomes: Features, every: dict[str, Ints]) -> tuple[Matrix, ...]:
    """The columns of each key, as far as it has places."""
    columns = len(outcomes.names) // len(every)
    return tuple(
        np.ascontiguousarray(outcomes.values[: len(places), number * columns : (number + 1) * columns])
        for number, places in enumerate(every.values())
    )


class _Night(Pasts):
    """Answers from the whole history, and keeps for each key what it answers to one who comes after all."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.joints: list[Joint] = []
        self.histories: list[_Kept] = []
        self.fitted: Fitted
        self.closings: tuple[Floats, Ints]

    def joined(self, *columns: Ints) -> Ints:
        joint, places = seen(*columns)
        self.joints.append(joint)
        return places

    def history(self, key: Ints, trade: Trade) -> Remembered:
        kept = _Kept(key, trade, self.at)
        self.histories.append(kept)
        return kept

    def usual(self, trade: Trade) -> Usual:
        pair = joined(trade.coded["text"], trade.coded["hs"])
        self.fitted = fit(trade, logs_of(trade), pair, len(trade))
        return usual_of(trade)

    def closed_before(self, pair: Ints, trade: Trade) -> Floats:
        self.closings = closings_of(pair, trade)
        return latest_before(*self.closings, pair, trade.amounts["born"])


class _Kept:
    """A history that keeps what it answers for each place, and for what has no past (last)."""

    def __init__(self, key: Ints, trade: Trade, at: int) -> None:
        every = _every(key)
        self._lines, self._none = len(key), np.zeros(len(every))
        after = int(trade.head.max(initial=0)) + 1
        self._history = History(
            np.concatenate([key, every]),
            np.concatenate([trade.head, np.full(len(every), after)]),
            np.concatenate([trade.at, np.full(len(every), at)]),
        )
        self.columns: list[Matrix] = []

    def _keep(self, answered: Floats) -> Floats:
        self.columns.append(answered[self._lines :].astype(np.float32))
        return answered[: self._lines]

    def _all(self, values: Floats) -> Floats:
        return np.concatenate([values, self._none])

    def count(self, days: int = 0) -> Floats:
        return self._keep(self._history.count(days))

    def total(self, values: Floats, days: int = 0) -> Floats:
        return self._keep(self._history.total(self._all(values), days))

    def mean(self, values: Floats, days: int = 0, *, towards: float = 0.0, weight: float = 1.0) -> Floats:
        return self._keep(self._history.mean(self._all(values), days, towards=towards, weight=weight))

    def age_days(self) -> Floats:
        return self._keep(self._history.age_days())

    def rest_days(self) -> Floats:
        return self._keep(self._history.rest_days())

    def last(self, values: Floats, otherwise: float = 0.0) -> Floats:
        return self._keep(self._history.last(self._all(values), otherwise))


class _Day(Pasts):
    """Answers from what a night remembers, in the order in which it was asked then."""

    def __init__(self, state: State, asked: Asked) -> None:
        super().__init__()
        self.state, self.asked = state, asked
        self._joints, self._tables = iter(state.joints), iter(state.tables)

    def joined(self, *columns: Ints) -> Ints:
        return next(self._joints).places(*columns)

    def history(self, key: Ints, trade: Trade) -> Remembered:
        return _Looked(_rows(next(self._tables), key))

    def usual(self, trade: Trade) -> Usual:
        fitted = self.state.fitted
        text = np.minimum(trade.coded["text"], len(fitted.code) - 1)
        hs = np.minimum(trade.coded["hs"], len(fitted.rate) - 1)
        code, same_words = fitted.code[text], np.ones(len(text))
        new = np.flatnonzero(code < 0)
        if len(new) and self.state.guesser is not None:
            texts = [self.asked.coded["text"][row] for row in new.tolist()]
            code[new], same_words[new] = self.state.guesser.of(rows_of(texts, self.state.word_places))
        usual = told(fitted, logs_of(trade), text, hs, code, same_words)
        for row in np.flatnonzero((code < 0) & (hs == len(fitted.rate) - 1)).tolist():
            usual.chapter[row] = chapter_of(self.asked.coded["hs"][row])
        return usual

    def closed_before(self, pair: Ints, trade: Trade) -> Floats:
        if not len(self.state.closings):
            return np.full(len(pair), np.nan)
        return latest_before(self.state.closings, self.state.begins, pair, trade.amounts["born"])


class _Looked:
    """What a history answered, question by question."""

    def __init__(self, answers: Floats) -> None:
        self._next: Callable[[], Floats] = iter(answers).__next__

    def count(self, days: int = 0) -> Floats:
        return self._next()

    def total(self, values: Floats, days: int = 0) -> Floats:
        return self._next()

    def mean(self, values: Floats, days: int = 0, *, towards: float = 0.0, weight: float = 1.0) -> Floats:
        return self._next()

    def age_days(self) -> Floats:
        return self._next()

    def rest_days(self) -> Floats:
        return self._next()

    def last(self, values: Floats, otherwise: float = 0.0) -> Floats:
        return self._next()


def _every(key: Ints) -> Ints:
    """Every place of a key, and one that has no past."""
    return np.append(np.arange(int(key.max(initial=-1)) + 1), -1)


def _rows(table: Matrix, key: Ints) -> Floats:
    """The answers for some places, question by question; -1 and what is past the end have no past."""
    return np.asarray(table.take(np.minimum(key, len(table) - 1), axis=0).T, dtype=np.float64)


def _places(words: Array) -> dict[str, int]:
    return {word: place for place, word in enumerate(words.tolist()) if word is not None}


def _trade(state: State, asked: Asked) -> Trade:
    """The lines of a declaration with the places that the night knows; a new word has the place after the last."""
    count = len(asked)
    coded = {}
    for name in CODED:
        known = state.places[name]
        new, none = len(known), known.get("", len(known)) if name in NAMED else -1
        coded[name] = np.array([none if word is None else known.get(word, new) for word in asked.coded[name]])
    places = np.arange(count)
    return Trade(
        declaration=places,
        line=places,
        head=np.zeros(count, np.int64),
        at=np.full(count, asked.at),
        imports=np.full(count, asked.imports),
        coded=coded,
        amounts=dict(zip(AMOUNTS, np.array(asked.amounts, dtype=np.float64).T, strict=True)),
        words={"regime": np.array([*state.regimes, asked.coded["regime"][0]], dtype=object)},
    )
