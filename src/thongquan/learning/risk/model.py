"""A model of risk: how likely a line is fraud, and how much duty it would bring to open it.

Two forests of LightGBM: one tells fraud from what is none, one how large a part of the duty at stake is kept back when
there is fraud. Probabilities are straightened on lines that came after those of the training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from thongquan.learning.curves import isotonic
from thongquan.learning.risk.arrays import Flags, Floats, Matrix
from thongquan.learning.risk.features import Features, Meaning

try:
    import lightgbm
except (ImportError, OSError):  # the OpenMP runtime of the system is missing: callers fall back to rules
    lightgbm: Any = None  # type: ignore[no-redef]  # told apart by None alone

MOST_RATIO = 3.0
USUAL_PART = 0.3
"""Of the duty at stake, kept back by fraud: stands in while no finding told its own."""


class ModelError(Exception):
    """A model that cannot be used. The caller falls back to rules and raises an alarm; it never lets all through."""


class ModelMissingError(ModelError):
    """There is no model, or no library to run it."""


class ModelDamagedError(ModelError):
    """The files of a model are not what they were when they were written."""


class Settings(NamedTuple):
    """How a forest is grown."""

    rounds: int = 200
    leaves: int = 8
    rate: float = 0.05
    least: int = 40
    columns: float = 0.4
    rows: float = 0.8
    pull: float = 10.0
    bins: int = 63
    threads: int = 1
    seed: int = 1


class Curve(NamedTuple):
    """From what a forest says to how often it is so."""

    said: tuple[float, ...] = ()
    right: tuple[float, ...] = ()

    def straight(self, said: Floats) -> Floats:
        """Probabilities from what the forest says; as they are when nothing was fitted."""
        return np.asarray(np.interp(said, self.said, self.right)) if self.said else said


class Reason(NamedTuple):
    """A business meaning and its part in the logarithm of the odds."""

    meaning: Meaning
    weight: float


class Model(NamedTuple):
    """`forest` and `parts` are text of LightGBM; `parts` is empty where too few findings were known, and `part` then
    stands for all."""

    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    forest: str
    parts: str
    part: float
    curve: Curve
    version: str
    trained_until: int
    lines: int
    found: int

    def opened(self) -> Scorer:
        """Ready to score. Raises ModelDamagedError, ModelMissingError."""
        return Scorer(self)


class Scorer:
    """A model with its forests in memory."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._forest = forest_of(model.forest)
        self._parts = forest_of(model.parts) if model.parts else None
        if self._forest.num_feature() != len(model.names):
            raise ModelDamagedError("the forest asks for other features than the model names")

    def probability(self, values: Matrix) -> Floats:
        """Calibrated probability of fraud of each row."""
        return self.model.curve.straight(np.asarray(self._forest.predict(values, num_threads=1)))

    def expected_duty(self, values: Matrix, potential: Floats) -> Floats:
        """Duty and tax to be recovered if the line is fraud, dong; `potential` is what it would owe at full rates."""
        part = self.model.part if self._parts is None else self._parts.predict(values, num_threads=1)
        return np.asarray(np.clip(part, 0.0, MOST_RATIO) * np.nan_to_num(potential))

    def reasons(self, values: Matrix, *, least: int = 3, most: int = 5) -> list[tuple[Reason, ...]]:
        """For each row the meanings that raised it most, by TreeSHAP: three to five, those above nothing first."""
        told = np.asarray(self._forest.predict(values, pred_contrib=True, num_threads=1))[:, :-1]
        meanings = list(dict.fromkeys(self.model.meanings))
        grouped = np.stack(
            [told[:, [one is meaning for one in self.model.meanings]].sum(axis=1) for meaning in meanings], axis=1
        )
        found = []
        for row in grouped:
            order = np.argsort(-row, kind="stable")[:most].tolist()
            found.append(
                tuple(
                    Reason(meanings[one], float(row[one]))
                    for place, one in enumerate(order)
                    if place < least or row[one] > 0
                )
            )
        return found


def forest_of(text: str) -> Any:
    """A forest from its text. Raises ModelDamagedError, ModelMissingError."""
    if lightgbm is None:
        raise ModelMissingError("LightGBM or the OpenMP runtime is not there")
    try:
        return lightgbm.Booster(model_str=text)
    except lightgbm.basic.LightGBMError as error:
        raise ModelDamagedError(str(error)) from error


def grown(values: Matrix, target: Floats, settings: Settings, *, objective: str, weight: Floats | None = None) -> str:
    """Grow a forest and give its text. The same rows give the same forest. Raises ModelMissingError."""
    if lightgbm is None:
        raise ModelMissingError("LightGBM or the OpenMP runtime is not there")
    wanted = {
        "objective": objective,
        "num_leaves": settings.leaves,
        "learning_rate": settings.rate,
        "min_data_in_leaf": settings.least,
        "feature_fraction": settings.columns,
        "bagging_fraction": settings.rows,
        "bagging_freq": 1,
        "lambda_l2": settings.pull,
        "max_bin": settings.bins,
        "num_threads": settings.threads,
        "seed": settings.seed,
        "deterministic": True,
        "force_row_wise": True,
        "verbose": -1,
    }
    data = lightgbm.Dataset(values, target, weight=weight, free_raw_data=True)
    return str(lightgbm.train(wanted, data, settings.rounds).model_to_string())


def digest_of(parts: Sequence[str]) -> str:
    """A version: the digest of what makes a model."""
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\x1f")
    return digest.hexdigest()


def curve_of(said: Floats, fraud: Flags) -> Curve:
    """Fit a curve by isotonic regression; the ends reach to 0 and 1."""
    if len(said) < 200 or not fraud.any():
        return Curve()
    low, right = isotonic(said, fraud.astype(np.float64))
    return Curve((0.0, *low.tolist(), 1.0), (float(right[0]), *right.tolist(), float(right[-1])))


def describes(model: Model, features: Features) -> bool:
    """Whether a model was made for such features."""
    return model.names == features.names
