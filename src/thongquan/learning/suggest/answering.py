"""The answer to a person: candidates with their evidence, or an abstention, or a question."""

from __future__ import annotations

from typing import NamedTuple

from thongquan.learning.suggest.calibration import SHOWN
from thongquan.learning.suggest.knowledge import Example
from thongquan.learning.suggest.model import Model, judged
from thongquan.learning.suggest.refusals import QUESTIONS, Refusal, Vague, strange, unknown
from thongquan.learning.suggest.scores import Judged, Scored

_TEXTS = 3
_NOTHING_VAGUE = Vague(())


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
) -> Suggestion:
    """Propose five codes of 2, 4, 6 or 8 digits; `under` keeps to codes that begin so (the drill-down).

    `threshold` is the sureness below which the answer abstains. Raises ValueError for other digits.
    """
    if digits not in (2, 4, 6, 8):
        raise ValueError("digits are 2, 4, 6 or 8")
    refusal = vague.refusal(description)
    if refusal is not None:
        return _refused(model, digits, refusal)
    said = judged(model, description)
    if unknown(said.known) or not said.levels[digits]:
        return _refused(model, digits, Refusal.UNKNOWN_WORDS)
    said = _under(said, digits, under)
    calibration = model.calibration.get(digits)
    sure = calibration.sureness(said, digits) if calibration else []
    found = tuple(
        Candidate(one.code, sure[place] if sure else None, _evidence(model, said, one))
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


def _evidence(model: Model, said: Judged, one: Scored) -> tuple[Example, ...]:
    """The texts under that code which came nearest; when only the mean of the class spoke, its first texts."""
    near = [model.examples[row] for row in said.rows if model.examples[row].code.startswith(one.code)]
    if near:
        return tuple(near[:_TEXTS])
    return tuple(model.examples[row] for row in model.first_rows(one.code)[:_TEXTS])
