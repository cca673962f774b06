"""Candidates put into a better order by what is known of all of them: a forest over the evidence, learned from answers
to goods that were not shown. Without LightGBM, or where a forest does not win, the order stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from thongquan.learning.suggest.scores import Judged, Scored

try:
    import lightgbm
except (ImportError, OSError):  # the OpenMP runtime of the system is missing: the order of the evidence stays
    lightgbm: Any = None  # type: ignore[no-redef]  # told apart by None alone

MOST = 20
"""So many candidates of a level are put into order; those behind stay where they are."""
LEAST_ANSWERS = 400
_TIMES_CHANCE = 1.64  # gains must exceed losses by more than chance would have it one time in twenty
_ROUNDS = 100
_GROWN: dict[str, Any] = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 5,
    "num_leaves": 15,
    "learning_rate": 0.05,
    "min_data_in_leaf": 50,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_ABOVE = {4: 2, 6: 4, 8: 6}
Matrix = NDArray[np.float64]
Texts = Callable[[str], int]
"""How many texts stand under a code."""


def can_order() -> bool:
    """Whether the library that runs forests is there."""
    return lightgbm is not None


class Answer(NamedTuple):
    """What the evidence said of goods that were not shown, how many texts stood under each code then, the right code,
    and the part of the split the goods were in."""

    judged: Judged
    texts: Mapping[str, int]
    code: str
    part: int


def asked_of(judged: Judged, texts: Texts, code: str, part: int) -> Answer:
    """An answer with the numbers of texts that putting it into order needs."""
    codes = {one.code for level in _ABOVE for one in judged.levels[level][:MOST]}
    return Answer(judged, {one: texts(one) for one in codes}, code, part)


def reordered(forest: str, judged: Judged, level: int, texts: Texts) -> list[Scored]:
    """The candidates of a level in the order of the forest; scores are shares of all that it gave."""
    first, rest = judged.levels[level][:MOST], judged.levels[level][MOST:]
    if not first or lightgbm is None:
        return judged.levels[level]
    raw = np.asarray(forest_of(forest).predict(_rows(judged, level, texts), num_threads=1))
    share = np.exp(raw - raw.max())
    share /= share.sum()
    order = np.argsort(-share, kind="stable").tolist()
    found = [first[place]._replace(score=float(share[place])) for place in order]
    return [*found, *(one._replace(score=0.0) for one in rest)]


@lru_cache(maxsize=16)
def forest_of(text: str) -> Any:
    """A forest from its text. Raises ValueError when it is damaged, or without LightGBM."""
    if lightgbm is None:
        raise ValueError("LightGBM or the OpenMP runtime is not there")
    try:
        return lightgbm.Booster(model_str=text)
    except lightgbm.basic.LightGBMError as error:
        message = f"a forest of the model is damaged: {error}"
        raise ValueError(message) from error


def learned(answers: Sequence[Answer], level: int) -> tuple[str, list[list[Scored]]]:
    """A forest for a level, and the candidates of each answer as a forest orders them that did not see its part.

    The forest is '', and the order as it was, where there are too few answers or it wins nothing on goods apart.
    """
    kept = [one for one in answers if len(one.code) >= level and one.judged.levels[level]]
    as_they_were = [one.judged.levels[level] for one in answers]
    if lightgbm is None or len(kept) < LEAST_ANSWERS:
        return "", as_they_were
    forests = {half: _grown([one for one in kept if one.part % 2 != half], level) for half in (0, 1)}
    if not all(forests.values()):
        return "", as_they_were
    found = [reordered(forests[one.part % 2], one.judged, level, one.texts.__getitem__) for one in answers]
    if not _wins(answers, found, level):
        return "", as_they_were
    return _grown(kept, level), found


def _wins(answers: Sequence[Answer], found: Sequence[list[Scored]], level: int) -> bool:
    """Whether more became right at once than became wrong, and not by chance; and no fewer within three."""
    gained = lost = within = 0
    for one, after in zip(answers, found, strict=True):
        if len(one.code) < level:
            continue
        right = one.code[:level]
        before = [candidate.code for candidate in one.judged.levels[level][:3]]
        now = [candidate.code for candidate in after[:3]]
        gained += right in now[:1] and right not in before[:1]
        lost += right in before[:1] and right not in now[:1]
        within += (right in now) - (right in before)
    return gained - lost > _TIMES_CHANCE * float(np.sqrt(gained + lost)) and within >= 0


def _grown(answers: Sequence[Answer], level: int) -> str:
    """The text of a forest. Answers without the right code among the candidates teach nothing."""
    rows, right, sizes = [], [], []
    for one in answers:
        hits = [candidate.code == one.code[:level] for candidate in one.judged.levels[level][:MOST]]
        if any(hits):
            rows.append(_rows(one.judged, level, one.texts.__getitem__))
            right += hits
            sizes.append(len(hits))
    if len(sizes) < LEAST_ANSWERS // 4:
        return ""
    data = lightgbm.Dataset(np.concatenate(rows), np.array(right, dtype=np.float64), group=sizes, free_raw_data=True)
    return str(lightgbm.train(_GROWN, data, _ROUNDS).model_to_string())


def _rows(judged: Judged, level: int, texts: Texts) -> Matrix:
    """What speaks for each of the candidates, beside the others and the level above."""
    shown = judged.levels[level][:MOST]
    above = {one.code: one for one in judged.levels[_ABOVE[level]]}
    like = max(one.likeness for one in shown) or 1.0
    near = max(one.nearest for one in shown) or 1.0
    best = shown[0].score
    none = Scored("", 0.0, 0.0, 0.0, 0.0)
    rows = []
    for place, one in enumerate(shown):
        up = above.get(one.code[:-2], none)
        rows.append(
            [
                *(float(place), one.score, one.likeness, one.votes, one.nearest),
                *(one.likeness / like, one.nearest / near, best - one.score),
                *(up.score, up.likeness, up.votes),
                *(judged.known, float(judged.words), float(np.log1p(texts(one.code)))),
            ]
        )
    return np.array(rows)
