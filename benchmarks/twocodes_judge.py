"""Fits the judge that ships: `python -m benchmarks.twocodes_judge` writes `reference/goods/two_codes_judge.json`.

Fitted in a practice region of its own, on the kinds of goods that are never measured on: the weights on three fifths of
them and on half of the kinds that nobody declared before, the threshold on the others. It is the lowest with which, in
histories of every length, the upper end of the interval of false alarms stays below the goal, goods of one kind counted
as hanging together; but not so low that more than `GOAL_OF_NEW` of the goods that nobody declared before are doubted,
of which nothing but a likeness speaks. What is written as measured is of kinds apart.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from benchmarks.twocodes_lines import SEED, Asked, halves, new_goods, place_of, questions, sources, wrong_codes
from thongquan.learning.twins import Found, Index, Judge, Partner, Reviewed, aimed, weighed
from thongquan.learning.twins.finding import partners_of, signs_of
from thongquan.learning.twins.judging import Band

WORLD = 8
SIZES = tuple(int(one) for one in os.environ.get("TQ_BENCH_JUDGE_LINES", "20000,100000").split(","))
GOAL, GOAL_OF_NEW = 0.003, 0.025
TEXTS = 1_200
_PLACE = "goods/two_codes_judge.json"


def shipped_judge() -> Judge:
    """The judge as it ships."""
    told = msgspec.json.decode(files("thongquan.reference").joinpath(_PLACE).read_bytes())
    bands = tuple(Band(*one) for one in told["bands"])
    return Judge(tuple(told["weights"]), told["threshold"], bands, told["fitted_on"])


def main() -> int:
    """Fit, measure, and write."""
    fit, measured = halves()
    names = sorted(fit.known)
    random.Random(SEED).shuffle(names)
    weighing = frozenset([*names[: len(names) * 3 // 5], *sorted(fit.new)[::2]])
    learned: list[Reviewed] = []
    checked: list[list[Reviewed]] = []
    proofs: list[Reviewed] = []
    fresh: list[list[Reviewed]] = []
    for lines in SIZES:
        place = place_of(lines, WORLD)
        wrong = wrong_codes(place.lines)
        every = list(_reviewed(place.held, questions(place.lines, fit.known.__contains__, TEXTS, wrong, seed=lines)))
        fresh.append(list(_reviewed(place.held, new_goods(sources(WORLD), fit, TEXTS // 8, seed=lines))))
        learned += [one for one in [*every, *fresh[-1]] if one.kind in weighing]
        checked.append([one for one in every if one.kind not in weighing])
        proof = questions(place.lines, measured.known.__contains__, TEXTS // 2, wrong, seed=lines + 1)
        proofs += _reviewed(place.held, proof)
        _say(f"{lines:,} lines read and asked, {place.build_us:.0f} µs a line to build")
    _write(fitted_judge(learned, checked, fresh), proofs, len(learned) + sum(map(len, checked)))
    return 0


def fitted_judge(
    learned: Sequence[Reviewed], checked: Sequence[Sequence[Reviewed]], fresh: Sequence[Sequence[Reviewed]]
) -> Judge:
    """Weights from what was learned, the threshold from what was checked in each history and from goods never seen."""
    weights = weighed(learned)
    bare = Judge(weights, 0.0, (), 0)
    scores = [sorted((bare.score(one.found) for one in part), reverse=True) for part in fresh]
    least = max(part[int(GOAL_OF_NEW * len(part))] for part in scores)
    goals = [
        *((part, GOAL) for part in checked),
        *((part, 1.0) for part in fresh),
    ]  # the latter for the precision alone
    return aimed(weights, goals, least=least)


def _reviewed(index: Index, asked: Iterable[Asked]) -> Iterable[Reviewed]:
    """Search for each text once, however many codes it is asked under."""
    text, partners = "", list[Partner]()
    for one in asked:
        line = one.query.line
        if line.description != text:
            text, partners = line.description, partners_of(index, line)
        yield Reviewed(Found((), signs_of(partners, line.code)), one.query.wrong, one.kind)


def _write(judge: Judge, proof: Sequence[Reviewed], fitted_on: int) -> None:
    """The judge as a file of reference data, with what it was fitted on and what it is worth elsewhere."""
    wrong, right = ([one for one in proof if one.wrong is sort] for sort in (True, False))
    told = {
        "name": "practice-2026.11.2",
        "weights": [round(one, 9) for one in judge.weights],
        "threshold": round(judge.threshold, 9),
        "bands": [list(band) for band in judge.bands],
        "detected": [sum(judge.alarms(one.found) for one in wrong), len(wrong)],
        "doubted": [sum(judge.alarms(one.found) for one in right), len(right)],
        "fitted_on": fitted_on,
        "source": (
            f"practice region {WORLD} rewritten nine ways, histories of {', '.join(f'{one:,}' for one in SIZES)} "
            "lines, and goods never declared before; weights, threshold and figures from kinds of goods apart; "
            "python -m benchmarks.twocodes_judge"
        ),
    }
    path = Path(str(files("thongquan.reference").joinpath(_PLACE)))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    _say(f"{path.name}: {told['detected']} wrong codes noticed, {told['doubted']} right ones doubted")


def _say(text: str) -> None:
    print(f"twocodes judge: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
