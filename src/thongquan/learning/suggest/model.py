"""The model: what was read, indexed by feature, and the mean of each class."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from thongquan.learning.postings import Floats, Ints, Places, Postings
from thongquan.learning.suggest.calibration import Calibration
from thongquan.learning.suggest.knowledge import Example, Source
from thongquan.learning.suggest.reranking import Texts, reordered
from thongquan.learning.suggest.scores import Judged, Scored
from thongquan.learning.suggest.terms import Terms, terms_of

LEVELS = (4, 6, 8)
"""Digits at which classes have a mean of their own; two digits follow from four."""
_MOST_READ = 300_000
_NO_FORESTS: Mapping[int, str] = MappingProxyType({})


class Settings(NamedTuple):
    """Chosen on held-out references of the United Kingdom and short trade terms, never on HSCodeComp.

    `mean_share` is how much the class mean says beside the nearest texts (a fraction); `nearest` how many texts vote;
    `fine_share` the weight of groups of letters; `parent_share` how much the level above says.
    """

    mean_share: float = 0.4
    nearest: int = 10
    fine_share: float = 0.6
    parent_share: float = 0.5
    saturation: float = 1.2
    length_share: float = 0.5
    features_per_class: int = 2000


class Classes(NamedTuple):
    """Classes of one level, and the index of their means."""

    codes: tuple[str, ...]
    means: Postings


class ByCode(NamedTuple):
    """Rows of the examples in the order of their codes, for each code those of books before those of history."""

    codes: tuple[str, ...]
    rows: tuple[int, ...]


def by_code(examples: Sequence[Example]) -> ByCode:
    """Sort examples by code, so that those under one are found without reading all."""
    rows = sorted(
        range(len(examples)), key=lambda row: (examples[row].code, examples[row].source is Source.HISTORY, row)
    )
    return ByCode(tuple(examples[row].code for row in rows), tuple(rows))


class Model(NamedTuple):
    """A trained model. `version` is a digest of what was read and of the settings. `forests` put the candidates of a
    level into a better order, where that was found to help."""

    examples: tuple[Example, ...]
    settings: Settings
    features: Places
    rarity: Floats
    texts: Postings
    classes: dict[int, Classes]
    calibration: dict[int, Calibration]
    version: str
    by_code: ByCode
    forests: Mapping[int, str] = _NO_FORESTS

    def texts_under(self, code: str) -> int:
        """How many examples stand under a code."""
        codes = self.by_code.codes
        return bisect_right(codes, f"{code}~") - bisect_left(codes, code)

    def rows_under(self, code: str) -> Iterator[int]:
        """Rows of the examples under a code: what books say of it first, then what was declared."""
        place = bisect_left(self.by_code.codes, code)
        while place < len(self.by_code.codes) and self.by_code.codes[place].startswith(code):
            yield self.by_code.rows[place]
            place += 1


def judged(model: Model, description: str, *, most: int = 40) -> Judged:
    """Score codes for a description, `most` at each level."""
    return ordered(model.forests, evidence(model, description, most=most), model.texts_under)


def ordered(forests: Mapping[int, str], said: Judged, texts: Texts) -> Judged:
    """What was said, in the order of the forests of those levels that have one."""
    levels = {level: reordered(forest, said, level, texts) for level, forest in forests.items()}
    return with_levels(said, levels)


def with_levels(said: Judged, levels: Mapping[int, list[Scored]]) -> Judged:
    """The same with other candidates at some levels; two digits follow from four."""
    if not levels:
        return said
    every = {**said.levels, **levels}
    return said._replace(levels={**every, 2: _chapters(every[4])})


def evidence(model: Model, description: str, *, most: int = 40) -> Judged:
    """The same before any forest puts it into order."""
    terms = terms_of(description)
    rows, near, known = _nearest(model, terms)
    query, weights = _mean_query(model, terms)
    levels: dict[int, list[Scored]] = {}
    above: dict[str, float] = {}
    for level in LEVELS:
        classes = model.classes[level]
        likeness = classes.means.scores(query, weights)
        found = _level(model, level, likeness, rows, near, above)
        above = {one.code: one.score for one in found}
        levels[level] = found[:most]
    levels[2] = _chapters(levels[4])
    return Judged(levels, tuple(rows.tolist()), known, len(terms.coarse))


def _level(
    model: Model, level: int, likeness: Floats, rows: Ints, near: Floats, above: dict[str, float]
) -> list[Scored]:
    """Class means and votes of the nearest texts, each brought to 1 at most, and what the level above says."""
    codes, settings = model.classes[level].codes, model.settings
    votes, best = _votes(model, level, rows, near)
    total, top = sum(votes.values()) or 1.0, float(likeness.max(initial=0.0)) or 1.0
    chosen = np.argpartition(-likeness, min(60, len(codes) - 1))[:60] if len(codes) else np.zeros(0, dtype=np.int64)
    means = {codes[place]: float(likeness[place]) for place in chosen.tolist() if likeness[place] > 0}
    found = []
    for code in means.keys() | votes.keys():
        mean, vote = means.get(code, 0.0), votes.get(code, 0.0) / total
        score = settings.mean_share * mean / top + (1.0 - settings.mean_share) * vote
        score += settings.parent_share * above.get(code[: level - 2], 0.0)
        found.append(Scored(code, score, mean, vote, best.get(code, 0.0)))
    return sorted(found, key=lambda one: (-one.score, one.code))


def _votes(model: Model, level: int, rows: Ints, near: Floats) -> tuple[dict[str, float], dict[str, float]]:
    votes: dict[str, float] = {}
    best: dict[str, float] = {}
    for row, score in zip(rows.tolist(), near.tolist(), strict=True):
        example = model.examples[row]
        if len(example.code) >= level:
            code = example.code[:level]
            votes[code] = votes.get(code, 0.0) + score * (1.0 + float(np.log(example.times)))
            best[code] = max(best.get(code, 0.0), score)
    return votes, best


def _chapters(headings: list[Scored]) -> list[Scored]:
    found: dict[str, Scored] = {}
    for one in headings:
        before = found.get(one.code[:2])
        if before is None:
            found[one.code[:2]] = one._replace(code=one.code[:2])
        else:
            found[one.code[:2]] = before._replace(
                score=before.score + one.score / 4,
                votes=before.votes + one.votes,
                likeness=max(before.likeness, one.likeness),
                nearest=max(before.nearest, one.nearest),
            )
    return sorted(found.values(), key=lambda one: (-one.score, one.code))


def _rarity_of(model: Model, features: Places) -> Floats:
    """Inverse document frequency of each feature, 0 when it was never seen."""
    if not len(model.features):
        return np.zeros(len(features), dtype=np.float32)
    at = np.minimum(np.searchsorted(model.features, features), len(model.features) - 1)
    return np.where(model.features[at] == features, model.rarity[at], np.float32(0.0)).astype(np.float32)


def _mean_query(model: Model, terms: Terms) -> tuple[Places, Floats]:
    """The description as a row of length 1."""
    coarse = (1 + np.log(terms.coarse_count)) * _rarity_of(model, terms.coarse)
    fine = model.settings.fine_share * (1 + np.log(terms.fine_count)) * _rarity_of(model, terms.fine)
    weights = np.concatenate([coarse, fine]).astype(np.float32)
    return np.concatenate([terms.coarse, terms.fine]), weights / (float(np.linalg.norm(weights)) or 1.0)


def _nearest(model: Model, terms: Terms) -> tuple[Ints, Floats, float]:
    """Rows of the nearest texts with their likeness, from 0 to 1, and the share of words known.

    Features are read from the rarest on, until enough of the index was read: time stays bounded however long the
    history is.
    """
    index, rarity = model.texts, _rarity_of(model, terms.coarse)
    seen = rarity > 0
    unseen = float(terms.coarse_count[~seen].sum()) * float(model.rarity.max(initial=1.0))
    weight = (1 + np.log(terms.coarse_count)).astype(np.float32)
    most = float((rarity * weight).sum())
    known = float((rarity * terms.coarse_count).sum())
    known = known / (known + unseen) if known else 0.0
    order = np.argsort(-rarity, kind="stable")[: int(seen.sum())]
    at, there = index.place(terms.coarse[order])
    read = np.cumsum(np.where(there, index.starts[at + 1] - index.starts[at], 0)) if len(at) else np.zeros(0)
    order = order[: max(1, int((read <= _MOST_READ).sum()))]
    found = index.scores(terms.coarse[order], weight[order])
    top = float(found.max(initial=0.0))
    if top <= 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), known
    rows = np.flatnonzero(found >= top / 2)
    if len(rows) < model.settings.nearest:
        rows = np.flatnonzero(found > 0)
    rows = rows[np.argsort(-found[rows], kind="stable")[: model.settings.nearest]]
    return rows, found[rows] / max(most * (model.settings.saturation + 1.0), top), known
