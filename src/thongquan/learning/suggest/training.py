"""Reads examples into a model, and fits how sure it may be on goods that it was not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.postings import Floats, Ints, Places, Postings, build
from thongquan.learning.suggest.calibration import Calibration, fitted
from thongquan.learning.suggest.knowledge import Example, Source, merged, settled
from thongquan.learning.suggest.model import LEVELS, Classes, Model, Settings, by_code, evidence, with_levels
from thongquan.learning.suggest.reranking import Answer, asked_of, learned
from thongquan.learning.suggest.scores import Judged
from thongquan.learning.suggest.splitting import folds
from thongquan.learning.suggest.terms import Terms, terms_of

__all__ = ["Settings", "train", "trained_and_calibrated"]


class Triples(NamedTuple):
    """Row, place of the feature, weight."""

    row: Ints
    place: Ints
    weight: NDArray[np.float64]


_CHOSEN = Settings()
_MOST_SPLIT, _MOST_HELD_OUT = 20_000, 3_000
_FOLDS = 5
_DECLARED = frozenset({Source.HISTORY})
_WORTH_THE_NAME, _REMEMBERED = 400, 60_000
_COMMON_SHARE, _COMMON_LEAST = 0.03, 20_000


def train(
    examples: Iterable[Example],
    settings: Settings = _CHOSEN,
    calibration: dict[int, Calibration] | None = None,
    reader: Callable[[str], Terms] = terms_of,
) -> Model:
    """Read examples into a model. The same examples give the same model on every machine.

    `reader` is what turns a description into features; one that remembers saves time over several models.
    """
    return model_of(merged(examples), settings, calibration, reader)


def model_of(
    kept: list[Example], settings: Settings, calibration: dict[int, Calibration] | None, reader: Callable[[str], Terms]
) -> Model:
    """The same of examples that were merged already; any part of such examples is merged, too."""
    read = [reader(one.description) for one in kept]
    rows = np.concatenate([np.full(len(one.coarse), row, np.int32) for row, one in enumerate(read)] or [_none()])
    coarse = np.concatenate([one.coarse for one in read] or [_none()])
    features, rarity = _rarity(read, len(kept))
    triples = _lengthened(kept, read, features, rarity, settings)
    return Model(
        examples=tuple(kept),
        settings=settings,
        features=features,
        rarity=rarity,
        texts=_texts(read, rows, coarse, features, rarity, settings),
        classes={level: _classes(kept, triples, features, level, settings) for level in LEVELS},
        calibration=calibration or {},
        version=_digest(kept, settings),
        by_code=by_code(kept),
    )


def trained_and_calibrated(
    examples: Sequence[Example],
    settings: Settings = _CHOSEN,
    *,
    seed: int = 0,
    reader: Callable[[str], Terms] | None = None,
) -> Model:
    """A model of all examples, its forests and its sureness fitted on answers of models that were not shown what they
    answer; the sureness on answers whose forests were not shown them either.

    Near-duplicates stay on one side of each split. Of a long history, 20,000 drawn examples are enough for that.
    Where there is a history worth the name, only its lines are asked: sureness holds for goods as they are declared
    here, which are not worded as books word them. Without one there are no forests: learned on short terms of books,
    they made titles of a shop worse.
    """
    kept = merged(examples)
    reader = reader or lru_cache(maxsize=_REMEMBERED)(terms_of)
    asks = _asked_of(kept)
    always = [one for one in kept if one.source not in asks]
    split = [one for one in kept if one.source in asks]
    split = [split[place] for place in np.random.Generator(np.random.PCG64(seed)).permutation(len(split)).tolist()]
    split = split[:_MOST_SPLIT]
    fold = folds([one.description for one in split], count=_FOLDS, seed=seed)
    answers: list[Answer] = []
    for number in range(_FOLDS):
        known = [split[place] for place in np.flatnonzero(fold != number).tolist()]
        judge = model_of([*known, *always], settings, None, reader)
        asked = settled(split[place] for place in np.flatnonzero(fold == number).tolist())[: _MOST_HELD_OUT // _FOLDS]
        answers += [asked_of(evidence(judge, one.description), judge.texts_under, one.code, number) for one in asked]
    forests, ordered = _forests(answers if asks == _DECLARED else [])
    if not forests:
        ordered = [(one.judged, one.code) for one in answers]
    return model_of(kept, settings, fitted(ordered), reader)._replace(forests=forests)


def _forests(answers: Sequence[Answer]) -> tuple[dict[int, str], list[tuple[Judged, str]]]:
    """The forests that win, and the answers in their order."""
    found = {level: learned(answers, level) for level in LEVELS}
    forests = {level: forest for level, (forest, _) in found.items() if forest}
    ordered = [
        (with_levels(one.judged, {level: found[level][1][place] for level in forests}), one.code)
        for place, one in enumerate(answers)
    ]
    return forests, ordered


def _asked_of(kept: Sequence[Example]) -> frozenset[Source]:
    """History alone when it has 400 wordings or more, else every source."""
    declared = sum(one.source is Source.HISTORY for one in kept)
    return _DECLARED if declared >= _WORTH_THE_NAME else frozenset(Source)


def _none() -> Places:
    return np.zeros(0, dtype=np.int32)


def _nothing() -> Floats:
    return np.zeros(0, dtype=np.float32)


def _rarity(read: list[Terms], count: int) -> tuple[Places, Floats]:
    every = np.concatenate([part for one in read for part in (one.coarse, one.fine)] or [_none()])
    features, held = np.unique(every, return_counts=True)
    return features.astype(np.int32), np.log(1 + (count - held + 0.5) / (held + 0.5)).clip(0.01).astype(np.float32)


def _texts(
    read: list[Terms], rows: Places, coarse: Places, features: Places, rarity: Floats, settings: Settings
) -> Postings:
    """BM25 weights of words. In a long history, words of every third line say nothing and are not indexed."""
    counts = np.concatenate([one.coarse_count for one in read] or [_nothing()])
    length = np.array([one.coarse_count.sum() for one in read], dtype=np.float32)
    mean = float(length.mean()) if len(length) else 1.0
    short = settings.saturation * (1 - settings.length_share + settings.length_share * length / (mean or 1.0))
    weights = rarity[np.searchsorted(features, coarse)] * counts * (settings.saturation + 1) / (counts + short[rows])
    unique, held = np.unique(coarse, return_counts=True)
    common = unique[held > max(_COMMON_LEAST, _COMMON_SHARE * len(read))]
    kept = ~np.isin(coarse, common)
    return build(coarse[kept], rows[kept], weights[kept].astype(np.float32), len(read))


def _lengthened(
    kept: list[Example], read: list[Terms], features: Places, rarity: Floats, settings: Settings
) -> Triples:
    """Rows of length 1, words and groups of letters together; what was said often counts a little more."""
    sizes = np.array([[len(one.coarse), len(one.fine)] for one in read], dtype=np.int64).reshape(-1, 2)
    row = np.repeat(np.arange(len(read)), sizes.sum(axis=1))
    every = np.concatenate([part for one in read for part in (one.coarse, one.fine)] or [_none()])
    counts = np.concatenate([part for one in read for part in (one.coarse_count, one.fine_count)] or [_nothing()])
    share = np.repeat(np.tile(np.array([1.0, settings.fine_share], dtype=np.float32), len(read)), sizes.reshape(-1))
    place = np.searchsorted(features, every)
    weight = share * (1 + np.log(counts)) * rarity[place]
    length = np.sqrt(np.bincount(row, weight.astype(np.float64) ** 2, minlength=len(read)))
    often = 1.0 + np.log(np.array([one.times for one in kept], dtype=float))
    return Triples(row, place, weight * (often / np.maximum(length, 1e-9))[row])


def _classes(kept: list[Example], triples: Triples, features: Places, level: int, settings: Settings) -> Classes:
    """The mean of the rows of each class, brought to length 1 and cut to its heaviest features."""
    codes = sorted({one.code[:level] for one in kept if len(one.code) >= level})
    number = {code: place for place, code in enumerate(codes)}
    of_row = np.array([number.get(one.code[:level], -1) if len(one.code) >= level else -1 for one in kept], np.int64)
    of = of_row[triples.row]
    inside = of >= 0
    keys = of[inside] * len(features) + triples.place[inside]
    unique, inverse = np.unique(keys, return_inverse=True)
    summed = np.bincount(inverse, triples.weight[inside], minlength=len(unique))
    of, place = np.divmod(unique, max(len(features), 1))
    length = np.sqrt(np.bincount(of, summed**2, minlength=len(codes)))
    order = np.lexsort((-summed, of))
    starts = np.searchsorted(of, np.arange(len(codes)))
    heavy = order[np.arange(len(order)) - starts[of[order]] < settings.features_per_class]
    weights = (summed[heavy] / length[of[heavy]]).astype(np.float32)
    return Classes(tuple(codes), build(features[place[heavy]], of[heavy].astype(np.int32), weights, len(codes)))


def _digest(kept: list[Example], settings: Settings) -> str:
    digest = hashlib.blake2b(repr(tuple(settings)).encode(), digest_size=16)
    for one in kept:
        digest.update("\x1f".join((one.description, one.code, one.source, str(one.times))).encode("utf-8", "replace"))
    return digest.hexdigest()
