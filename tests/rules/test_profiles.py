"""What a met risk profile does to a decision: it adds control, names nothing to the trader, and replays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.builders import facts
from thongquan.rules.clearance import decide, redacted, redacted_facts
from thongquan.rules.codes import Code
from thongquan.rules.encoding import encoded
from thongquan.rules.facts import ProfileHit, Standing
from thongquan.rules.replay import replay

HIT = ProfileHit(
    profile=7, revision=2, name="Táo giá thấp", channel=3, source="Customs Law 54/2014/QH13 Art. 17", look_at="đơn giá"
)
hits = st.lists(
    st.builds(
        ProfileHit,
        profile=st.integers(1, 99),
        revision=st.integers(0, 9),
        name=st.text(max_size=8),
        channel=st.sampled_from([2, 3]),
        source=st.just("x"),
    ),
    max_size=4,
).map(tuple)


def test_a_hit_raises_the_channel_with_its_reasons() -> None:
    decision = decide(facts(profiles=(HIT,)))
    assert decision.channel == 3
    assert {reason.code for reason in decision.reasons} >= {Code.TQ_CHN_020, Code.TQ_CHN_021}


@given(hits)
def test_profiles_only_add_control(met: tuple[ProfileHit, ...]) -> None:
    """Removing profiles never raises a channel, and adding them never lowers one."""
    without, having = decide(facts()), decide(facts(profiles=met))
    assert (having.channel or 0) >= (without.channel or 0)
    assert (having.channel or 0) == max([without.channel or 0, *(hit.channel for hit in met)])
    assert having.due_vnd == without.due_vnd


@pytest.mark.parametrize("lodged", [True, False])
def test_the_trader_learns_no_name_and_nothing_to_look_at(lodged: bool) -> None:
    seen = redacted(decide(facts(profiles=(HIT,))), "declarant", lodged=lodged)
    told = encoded(seen)
    for word in (HIT.name, HIT.look_at, "TQ-CHN-020", "TQ-CHN-021"):
        assert word.encode() not in told
    assert not lodged or (seen.channel == 3 and seen.reasons[0].code == Code.TQ_CHN_014)
    assert redacted_facts(facts(profiles=(HIT,)), "declarant").profiles == ()


def test_the_officer_learns_what_to_look_at_and_the_analyst_which_profile() -> None:
    made = facts(profiles=(HIT,))
    officer, analyst = (encoded(redacted(decide(made), audience)) for audience in ("officer", "analyst"))  # type: ignore[arg-type]  # two audiences
    assert HIT.look_at.encode() in officer
    assert HIT.name.encode() not in officer
    assert HIT.name.encode() in analyst
    assert redacted_facts(made, "officer").profiles == ()
    assert redacted_facts(made, "analyst") == made


def test_a_priority_enterprise_is_not_stopped_by_a_profile() -> None:
    decision = decide(facts(profiles=(HIT,), standing=Standing(level=1, priority=True)))
    assert decision.channel == 1


def test_a_decision_with_hits_replays_from_its_facts_alone() -> None:
    made = facts(profiles=(HIT, replace(HIT, profile=8, channel=2)))
    assert encoded(replay(encoded(made))) == encoded(decide(made))


def test_facts_without_profiles_are_stored_as_before() -> None:
    assert b"profiles" not in encoded(facts())
