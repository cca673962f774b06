"""Training: in the order of time, chosen on later lines, never on those that judge it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from thongquan.learning.risk.arrays import Flags, Floats, Ints, Matrix
from thongquan.learning.risk.features import Features
from thongquan.learning.risk.measures import average_precision
from thongquan.learning.risk.model import (
    MOST_RATIO,
    USUAL_PART,
    Curve,
    Model,
    ModelError,
    Settings,
    curve_of,
    digest_of,
    forest_of,
    grown,
)

_VALIDATION = 0.2
_FEW_FINDINGS, LEAST_FINDINGS = 80, 5
_PARTS = Settings(rounds=60, leaves=4, least=20, columns=0.5)
CHOICES: tuple[Settings, ...] = (
    Settings(),
    Settings(rounds=400, leaves=15, rate=0.03, least=60, columns=0.3),
    Settings(rounds=150, leaves=5, columns=0.5),
)


class Labels(NamedTuple):
    """What became known of the rows that a model learns from: whether fraud, what was evaded and at stake (dong)."""

    fraud: Flags
    evaded: Floats
    potential: Floats
    at: Ints


class Chosen(NamedTuple):
    """A model, the settings that were chosen and what each was worth on the validation (average precision)."""

    model: Model
    settings: Settings
    worth: tuple[float, ...]


def chosen(
    features: Features,
    labels: Labels,
    choices: Sequence[Settings] = CHOICES,
    progress: Callable[[int, int], None] | None = None,
) -> Chosen:
    """Try settings on the earlier four fifths of the time, judge them on the last fifth, then learn from all.

    Probabilities are straightened on the last fifth, with the forest that did not see it. Raises ModelError when fewer
    than five findings of fraud are known.
    """
    order = np.argsort(labels.at, kind="stable")
    cut = round(len(order) * (1.0 - _VALIDATION))
    early, late = order[:cut], order[cut:]
    if labels.fraud[early].sum() < LEAST_FINDINGS or labels.fraud[late].sum() < 1:
        message = f"{int(labels.fraud.sum())} findings of fraud are too few to learn from"
        raise ModelError(message)
    worth, said = [], []
    for number, settings in enumerate(choices):
        text = grown(features.values[early], labels.fraud[early].astype(np.float64), settings, objective="binary")
        said.append(np.asarray(forest_of(text).predict(features.values[late], num_threads=1)))
        worth.append(average_precision(said[-1], labels.fraud[late]))
        if progress:
            progress(number + 1, len(choices) + 1)
    best = int(np.argmax(worth))
    model = trained(features, labels, choices[best], curve=curve_of(said[best], labels.fraud[late]))
    if progress:
        progress(len(choices) + 1, len(choices) + 1)
    return Chosen(model, choices[best], tuple(worth))


def trained(features: Features, labels: Labels, settings: Settings, *, curve: Curve | None = None) -> Model:
    """Learn from all rows with given settings. Raises ModelError when fewer than five findings of fraud are known."""
    if labels.fraud.sum() < LEAST_FINDINGS:
        message = f"{int(labels.fraud.sum())} findings of fraud are too few to learn from"
        raise ModelError(message)
    forest = grown(features.values, labels.fraud.astype(np.float64), settings, objective="binary")
    parts, part = _parts(features.values, labels, settings)
    curve = curve or Curve()
    return Model(
        names=features.names,
        meanings=features.meanings,
        forest=forest,
        parts=parts,
        part=part,
        curve=curve,
        version=digest_of([forest, parts, repr(part), repr(curve), *features.names]),
        trained_until=int(labels.at.max(initial=0)),
        lines=len(labels.fraud),
        found=int(labels.fraud.sum()),
    )


def _parts(values: Matrix, labels: Labels, settings: Settings) -> tuple[str, float]:
    """What part of the duty at stake fraud keeps back: a small forest, or the mean of a few findings."""
    rows = np.flatnonzero(labels.fraud & (labels.potential > 0))
    ratio = np.clip(labels.evaded[rows] / np.maximum(labels.potential[rows], 1.0), 0.0, MOST_RATIO)
    if len(rows) < _FEW_FINDINGS:
        return "", float(ratio.mean()) if len(rows) else USUAL_PART
    grow = _PARTS._replace(threads=settings.threads, seed=settings.seed)
    return grown(values[rows], ratio, grow, objective="regression"), float(ratio.mean())
