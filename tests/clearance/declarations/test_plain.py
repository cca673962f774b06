"""The one line of plain words: every state of every flow, whoever it waits for, in each language."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils import translation
from msgspec import Struct

from thongquan.clearance.declarations.clocking import NAMES
from thongquan.clearance.declarations.plain import ACTS, CUSTOMS_ACTS, plain_state
from thongquan.clearance.declarations.states import State
from thongquan.rules.clocks import CERTAIN

LANGUAGES = ("vi", "zh-hans", "fr")
RIGHTS = {"amendment_after_clearance"}
"""Clocks that oblige nobody."""


class Row(Struct):
    state: str
    flow: str = "import"
    waiting_for: str = ""
    due_clock: str = ""


ROWS = [
    Row(state, flow, waits, clock)
    for state, flow, waits in product(State, ("import", "export"), ("", "customs", "declarant"))
    for clock in {"": [""], "customs": ["", *CUSTOMS_ACTS], "declarant": ["", *ACTS]}[waits]
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_flow_and_side_has_words_of_its_own_in(language: str) -> None:
    for row, mine in product(ROWS, (True, False)):
        with translation.override("en"):
            english = plain_state(row, mine=mine)
        with translation.override(language):
            told = plain_state(row, mine=mine)
        assert told, row
        assert told != english, (row, told)
        assert told != row.state, row


def test_every_clock_that_obliges_says_what_is_to_be_done() -> None:
    assert set(NAMES) - RIGHTS == set(ACTS) | set(CUSTOMS_ACTS)
    assert set(ACTS) >= CERTAIN


@pytest.mark.parametrize(
    ("row", "mine", "words"),
    [
        (Row("channeled", "import", "declarant", "expiry_documents"), True, "Waiting for you: file the documents"),
        (Row("channeled", "import", "declarant", ""), False, "Waiting for the declarant: pay or secure the duties"),
        (Row("instructed", "export", "declarant", ""), True, "Waiting for you: correct what customs asked for"),
        (Row("channeled", "import", "customs", "goods_check"), True, "Customs is inspecting the goods"),
        (Row("cleared", "import"), True, "Cleared: you may take the goods out"),
        (Row("cleared", "import"), False, "Cleared: the goods may be taken out"),
        (Row("cleared", "export"), True, "Cleared: the goods may leave the country"),
        (
            Row("cleared", "import", "declarant", "guarantee"),
            True,
            "Cleared: you may take the goods out · Waiting for you: pay before the guarantee ends",
        ),
    ],
)
def test_the_line_says_who_acts_next_and_what(row: Row, mine: bool, words: str) -> None:
    with translation.override("en"):
        assert plain_state(row, mine=mine) == words
