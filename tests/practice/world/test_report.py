"""What a world produced stands beside the published facts."""

from __future__ import annotations

from pathlib import Path

from thongquan.practice import world as worlds
from thongquan.practice.world.facts import FACTS


def test_a_world_of_two_years_has_every_fact(world: Path) -> None:
    assert [one.fact.key for one in worlds.compared(world)] == list(FACTS)


def test_facts_are_met_within_three_percent(world: Path) -> None:
    """Even at a fiftieth of the volume, by weights; the growth of one gate from few declarations has more room."""
    outside = {one.fact.key: round(one.error, 3) for one in worlds.compared(world) if not one.holds}
    assert outside == {}


def test_every_fact_has_a_source_and_the_doubtful_are_marked() -> None:
    assert all(fact.source and fact.period for fact in FACTS.values())
    assert FACTS["revenue"].doubtful
    assert not FACTS["declared"].doubtful


def test_a_short_world_is_not_compared_with_what_it_does_not_hold(tmp_path: Path) -> None:
    worlds.build(tmp_path / "w", worlds.Plan(seed=1, months=2, declarations=300))
    assert worlds.compared(tmp_path / "w") == []
    assert worlds.told(tmp_path / "w")
