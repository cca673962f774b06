"""The table of steps: every state is reached and left, every step has its permission and its law."""

from __future__ import annotations

from thongquan.base.core.sentences.labels import STATES
from thongquan.clearance.declarations.labels import ACTIONS
from thongquan.clearance.declarations.permissions import STEP_PERMISSIONS
from thongquan.clearance.declarations.states import ENDED, STEPS, State, Step
from tools import state_docs


def test_every_state_is_reached_from_the_first_one() -> None:
    reached, before = {State.CHANNELED}, set()
    while reached != before:
        before = set(reached)
        reached |= {after for rule in STEPS.values() for source, after in rule.moves.items() if source in before}
    assert reached == set(State)


def test_every_state_but_the_ends_is_left_and_the_ends_never() -> None:
    left = {source for rule in STEPS.values() for source, after in rule.moves.items() if source != after}
    assert left == set(State) - ENDED - {State.AUDITED}
    assert all(not ENDED & set(rule.moves) for rule in STEPS.values())


def test_every_step_has_permission_law_and_words() -> None:
    assert set(STEPS) == set(Step)
    for step, rule in STEPS.items():
        assert rule.who in STEP_PERMISSIONS, step
        assert rule.source, step
        assert f"declaration.{step}" in ACTIONS, step
    assert set(STATES) >= set(State)


def test_the_page_of_states_is_the_table() -> None:
    assert state_docs.PAGE.read_text(encoding="utf-8") == state_docs.page(), "run python tools/state_docs.py"
