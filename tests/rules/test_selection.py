"""What chance and the model of risk add to a decision: more control, nothing told to the trader, and it replays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.builders import facts
from thongquan.rules.clearance import decide, redacted, redacted_facts
from thongquan.rules.codes import Code
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import Draw, Hour, Score, Standing
from thongquan.rules.replay import replay
from thongquan.rules.selection import is_touched, model_opens

SCORE = Score(
    model="modelversion00",
    past="pastversion000",
    line=1,
    probability=Decimal("0.412345"),
    rank=Decimal("-0.870000"),
    duty_vnd=Decimal(7_500_000),
    rows=(1,),
    vectors=b"\x00\x00\x80\x3f",
)
HOUR = Hour(key="15BB/2026-11-23T02Z", share=Decimal("0.06"), threshold=Decimal("-1.5"))
NEVER = Draw(value=Decimal("0.99"), key_id="draw")
decimals = st.decimals(min_value=-9, max_value=2, places=6)
scores = st.none() | st.builds(lambda rank, capped: replace(SCORE, rank=rank, capped=capped), decimals, st.booleans())
hours = st.none() | st.builds(
    Hour,
    key=st.just(HOUR.key),
    share=st.decimals(min_value=0, max_value=1, places=4),
    threshold=st.none() | decimals,
)
draws = st.builds(Draw, value=st.decimals(min_value=0, max_value=Decimal("0.9999"), places=4), key_id=st.just("draw"))


def test_the_model_raises_the_channel_with_its_reasons() -> None:
    decision = decide(facts(score=SCORE, hour=HOUR, draw=NEVER))
    assert decision.channel == 3
    assert {reason.code for reason in decision.reasons} >= {Code.TQ_CHN_030, Code.TQ_CHN_031}


@given(scores, hours, draws)
def test_model_and_hour_only_add_control(score: Score | None, hour: Hour | None, draw: Draw) -> None:
    """Removing model, budget and caps never raises a channel; what is due stays the same."""
    without, having = decide(facts(draw=draw)), decide(facts(score=score, hour=hour, draw=draw))
    assert (having.channel or 0) >= (without.channel or 0)
    assert having.due_vnd == without.due_vnd
    if score is not None and hour is not None:
        assert (decide(facts(score=score, draw=draw)).channel or 0) == (without.channel or 0)
        uncapped = decide(facts(score=replace(score, capped=False), hour=hour, draw=draw))
        assert (uncapped.channel or 0) >= (having.channel or 0)


@given(scores, hours, draws)
def test_what_is_not_touched_need_not_be_decided_again(score: Score | None, hour: Hour | None, draw: Draw) -> None:
    made = facts(score=score, hour=hour, draw=draw)
    if not is_touched(made):
        assert encoded(decide(made)) == encoded(decide(facts(draw=draw)))


@given(scores, hours, draws)
def test_a_decision_replays_from_its_facts_alone(score: Score | None, hour: Hour | None, draw: Draw) -> None:
    made = facts(score=score, hour=hour, draw=draw)
    assert encoded(replay(encoded(made))) == encoded(decide(made))


@pytest.mark.parametrize(
    ("score", "hour", "opens"),
    [
        (SCORE, HOUR, True),
        (replace(SCORE, capped=True), HOUR, False),
        (SCORE, replace(HOUR, threshold=None), False),
        (SCORE, replace(HOUR, threshold=SCORE.rank), True),
        (SCORE, replace(HOUR, threshold=Decimal("-0.869999")), False),
        (SCORE, None, False),
        (None, HOUR, False),
    ],
)
def test_when_the_model_opens(score: Score | None, hour: Hour | None, opens: bool) -> None:
    assert model_opens(facts(score=score, hour=hour)) is opens


def test_chance_opens_by_the_larger_share() -> None:
    """The share of the hour counts beside that of the day, so that exploration has its part without a model too."""
    draw = Draw(value=Decimal("0.30"), key_id="draw")
    assert decide(facts(hour=replace(HOUR, share=Decimal("0.29")), draw=draw)).channel == 1
    opened = decide(facts(hour=replace(HOUR, share=Decimal("0.31")), draw=draw))
    assert opened.channel == 3
    assert opened.reasons[0].code == Code.TQ_CHN_010
    assert opened.reasons[0].values["share"] == "31 %"


@pytest.mark.parametrize("lodged", [True, False])
def test_the_trader_learns_the_lawful_class_and_no_criterion(lodged: bool) -> None:
    made = facts(score=SCORE, hour=HOUR, draw=NEVER)
    seen = redacted(decide(made), "declarant", lodged=lodged)
    told = encoded(seen)
    for word in (SCORE.model, "TQ-CHN-030", "TQ-CHN-031", "41.2", "7500000", HOUR.key):
        assert word.encode() not in told
    assert not lodged or (seen.channel == 3 and seen.reasons[0].code == Code.TQ_CHN_014)
    kept = redacted_facts(made, "declarant")
    assert kept.score is None
    assert kept.hour is None


def test_the_officer_learns_the_score_and_the_analyst_what_it_was_made_from() -> None:
    made = facts(score=SCORE, hour=HOUR, draw=NEVER)
    officer = redacted_facts(made, "officer")
    assert officer.score is not None
    assert (officer.score.probability, officer.score.vectors, officer.hour) == (SCORE.probability, b"", None)
    assert HOUR.key.encode() not in encoded(redacted(decide(made), "officer"))
    assert HOUR.key.encode() in encoded(redacted(decide(made), "analyst"))
    assert redacted_facts(made, "analyst") == made


def test_a_priority_enterprise_is_not_stopped_by_the_model() -> None:
    made = facts(score=SCORE, hour=replace(HOUR, share=Decimal(0)), draw=NEVER, standing=Standing(level=1))
    assert decide(made).channel == 1


def test_facts_without_a_score_are_stored_as_before() -> None:
    assert b"score" not in encoded(facts())
    assert b"hour" not in encoded(facts()).replace(b"hours", b"")
