"""The answer to a person: candidates with their evidence, or an abstention, or a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from thongquan.learning.suggest.calibration import SHOWN
from thongquan.learning.suggest.knowledge import Example
from thongquan.learning.suggest.model import Model, judged
from thongquan.learning.suggest.refusals import QUESTIONS, Refusal, Vague, strange, unknown
from thongquan.learning.suggest.scores import Judged, Scored

_TEXTS, _MOST_LOOKED_AT = 3, 500
_NOTHING_VAGUE = Vague(())


def _all(text: Example) -> bool:
    return True


class Candidate(NamedTuple):
    """A code with its chance of being right (0 to 1; None when the model was never calibrated) and its evidence."""

    code: str
    sureness: float | None
    evidence: tuple[Example, ...]


class Suggestion(NamedTuple):
    """Candidates at the digits asked for, best first. When `abstains`, the best one is not sure enough to be proposed,
    or most of what was written was never seen.

    When `refusal` is given, there are no candidates, and `question` is what to ask.
    """

    digits: int
    candidates: tuple[Candidate, ...]
    abstains: bool
    refusal: Refusal | None
    question: str
    version: str


def suggest(
    model: Model,
    description: str,
    *,
    digits: int = 4,
    under: str = "",
    threshold: float = 0.5,
    vague: Vague = _NOTHING_VAGUE,
    visible: Callable[[Example], bool] = _all,
) -> Suggestion:
    """Propose five codes of 2, 4, 6 or 8 digits; `under` keeps to codes that begin so (the drill-down).

    `threshold` is the sureness below which the answer abstains; `visible` says which texts may be shown as evidence.
    Raises ValueError for other digits.
    """
    found = suggested_at(model, description, (digits,), under=under, threshold=threshold, vague=vague, visible=visible)
    return found[digits]


def suggested_at(
    model: Model,
    description: str,
    levels: Sequence[int],
    *,
    under: str = "",
    threshold: float = 0.5,
    vague: Vague = _NOTHING_VAGUE,
    visible: Callable[[Example], bool] = _all,
) -> dict[int, Suggestion]:
    """The same for several numbers of digits at once, the description read once."""
    if not set(levels) <= {2, 4, 6, 8}:
        raise ValueError("digits are 2, 4, 6 or 8")
    refusal = vague.refusal(description)
    if refusal is not None:
        return {digits: _refused(model, digits, refusal) for digits in levels}
    said = judged(model, description)
    return {digits: _answered(model, said, digits, under, threshold, visible) for digits in levels}


def _answered(
    model: Model, said: Judged, digits: int, under: str, threshold: float, visible: Callable[[Example], bool]
) -> Suggestion:
    if unknown(said.known) or not said.levels[digits]:
        return _refused(model, digits, Refusal.UNKNOWN_WORDS)
    said = _under(said, digits, under)
    calibration = model.calibration.get(digits)
    sure = calibration.sureness(said, digits) if calibration else []
    found = tuple(
        Candidate(one.code, sure[place] if sure else None, _evidence(model, said, one, visible))
        for place, one in enumerate(said.levels[digits][:SHOWN])
    )
    abstains = not sure or max(sure) < threshold or strange(said.known)
    return Suggestion(digits, found, abstains, None, "", model.version)


def _refused(model: Model, digits: int, refusal: Refusal) -> Suggestion:
    return Suggestion(digits, (), True, refusal, QUESTIONS[refusal], model.version)


def _under(said: Judged, digits: int, prefix: str) -> Judged:
    if not prefix:
        return said
    kept = [one for one in said.levels[digits] if one.code.startswith(prefix)]
    return said._replace(levels={**said.levels, digits: kept})


def _evidence(model: Model, said: Judged, one: Scored, visible: Callable[[Example], bool]) -> tuple[Example, ...]:
    """The texts under that code which came nearest; when only the mean of the class spoke, its first texts."""
    near = [model.examples[row] for row in said.rows if model.examples[row].code.startswith(one.code)]
    near = [text for text in near if visible(text)]
    if near:
        return tuple(near[:_TEXTS])
    under = (model.examples[row] for row in islice(model.rows_under(one.code), _MOST_LOOKED_AT))
    return tuple(islice(filter(visible, under), _TEXTS))
