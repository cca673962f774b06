"""A contest: the newcomer is judged on lines it did not learn from, beside the champion, and a champion is watched."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from thongquan.learning.risk import Labels, ModelError, Scorer, Settings, Trade, trained
from thongquan.learning.risk.arrays import DAY
from thongquan.learning.risk.contest import (
    JUDGED_DAYS,
    MOST_ERROR,
    Contest,
    contest,
    duel,
    holds,
    measured,
    new_shares,
    opened_of,
    watched,
)
from thongquan.learning.risk.findings import Findings, Learning, learned_from, learning_of
from thongquan.learning.risk.model import Curve
from thongquan.learning.risk.past import Revealed


class Met(NamedTuple):
    learned: Learning
    until: int
    old: Scorer
    made: Contest
    told: list[tuple[int, int]]


@pytest.fixture(scope="session")
def met(small_world: Path, trade: Trade) -> Met:
    """A champion of a half of the time, and a newcomer."""
    learned = learning_of(small_world, trade)
    until, labels = int(trade.at[-1]) + 1, learned.labels
    early = np.flatnonzero(labels.at < until - 60 * DAY)
    known = Labels(labels.fraud[early], labels.evaded[early], labels.potential[early], labels.at[early])
    old = trained(opened_of(learned).rows(early), known, Settings(rounds=30)).opened()
    told: list[tuple[int, int]] = []
    made = contest(learned, {"old": old}, until=until, progress=lambda done, of: told.append((done, of)))
    return Met(learned, until, old, made, told)


def test_a_newcomer_is_judged_on_what_it_did_not_learn_from(met: Met) -> None:
    late = met.learned.labels.at >= met.until - JUDGED_DAYS * DAY
    assert met.made.challenger.lines == late.sum()
    assert met.made.challenger.unseen
    assert met.made.made.model.lines == len(met.learned.labels.at)
    assert met.made.others["old"].lines == late.sum()
    duel_of_old = met.made.duels["old"]
    assert duel_of_old.low <= duel_of_old.difference <= duel_of_old.high


def test_progress_is_told_to_its_end(met: Met) -> None:
    assert met.told[-1][0] == met.told[-1][1]
    assert [done for done, _of in met.told] == sorted(done for done, _of in met.told)


def test_a_curve_tells_what_more_findings_teach(met: Met) -> None:
    lines = [one.lines for one in met.made.curve]
    early = met.learned.findings.revealed.known_at < met.until - JUDGED_DAYS * DAY
    assert lines == sorted(lines)
    assert lines[-1] == early.sum()


def test_the_last_weeks_do_not_reach_the_judged_newcomer(met: Met, small_world: Path, trade: Trade) -> None:
    """Outcomes of the judged weeks turned upside down: what is judged moves, the judge's model does not."""
    late = met.learned.labels.at >= met.until - JUDGED_DAYS * DAY
    fraud = np.where(late, ~met.learned.labels.fraud, met.learned.labels.fraud)
    turned = met.learned._replace(labels=met.learned.labels._replace(fraud=fraud))
    again = contest(turned, {}, until=met.until)
    assert again.made.worth == met.made.made.worth
    assert again.challenger.found != met.made.challenger.found


def test_the_better_of_two_is_told_beyond_doubt() -> None:
    rng = np.random.default_rng(3)
    fraud = rng.random(600) < 0.2
    good, blind = fraud + rng.normal(scale=0.5, size=600), rng.normal(size=600)
    assert duel(good, blind, fraud).is_better
    assert not duel(blind, good, fraud).is_better
    assert not duel(good, good, fraud).is_better


def test_a_model_of_other_features_is_not_measured(met: Met) -> None:
    features = opened_of(met.learned)
    foreign = met.old.model._replace(names=("x", *met.old.model.names[1:]))
    scorer = Scorer(foreign)
    told = measured(scorer, features, met.learned.labels, met.learned.findings.by_chance, met.until)
    assert (told.auc, told.unseen) == (0.5, False)
    assert not holds(met.learned, scorer, until=met.until)


def test_a_model_that_holds_gives_no_ground(met: Met) -> None:
    final = met.made.made.model.opened()
    assert watched(met.learned, final, until=met.until).grounds == ()
    assert holds(met.learned, final, until=met.until)


def test_a_model_that_cries_wolf_on_the_random_lane_falls(met: Met) -> None:
    loud = Scorer(met.made.made.model._replace(curve=Curve((0.0, 1.0), (0.9, 0.9))))
    every = np.ones(len(met.learned.labels.at), bool)
    learned = met.learned._replace(findings=met.learned.findings._replace(by_chance=every))
    week = watched(learned, loud, until=met.until)
    assert "calibration" in week.grounds
    assert week.drift.calibration > MOST_ERROR


def test_a_model_that_ranks_upside_down_falls(met: Met) -> None:
    upside = Scorer(met.made.made.model._replace(curve=Curve((0.0, 1.0), (0.06, 0.0))))
    assert "no_better" in watched(met.learned, upside, until=met.until).grounds


def test_new_names_of_the_last_weeks_are_counted(met: Met, trade: Trade) -> None:
    told = new_shares(trade, until=met.until)
    assert 0 <= told["hs"] < 0.5
    assert told["firm"] < 1
    assert new_shares(trade, until=int(trade.at[0])).keys() == told.keys()


def test_too_few_findings_are_said_and_nothing_is_made(trade: Trade) -> None:
    nothing = np.zeros(0, np.int64)

    def find(_potential: object) -> Findings:
        return Findings(Revealed(nothing, nothing, np.zeros(0)), np.zeros(0, bool), np.zeros(0))

    with pytest.raises(ModelError, match="0 findings"):
        contest(learned_from(trade, find), {}, until=int(trade.at[-1]))


def test_four_weeks_without_an_opened_line_judge_nothing_and_nobody_falls(met: Met) -> None:
    later = met.until + 60 * DAY
    made = contest(met.learned, {"old": met.old}, until=later)
    assert made.challenger.lines == 0
    assert not made.duels["old"].is_better
    assert made.curve == ()
    assert holds(met.learned, met.old, until=later)
