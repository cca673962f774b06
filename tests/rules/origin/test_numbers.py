"""The same certificate again: its number, one character altered, its goods under another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.rules.origin.papers import PAPER
from thongquan.rules.origin.differences import differing
from thongquan.rules.origin.numbers import folded_number, goods_print, likeness, number_keys, one_apart

signs = "ABCEO0123456789"
texts = st.text(signs, min_size=4, max_size=14)


@given(texts, st.data())
def test_one_altered_character_is_always_caught(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    sign = data.draw(st.sampled_from(signs))
    kind = data.draw(st.sampled_from(["replaced", "left out", "put in", "exchanged"]))
    altered = {
        "replaced": number[:place] + sign + number[place + 1 :],
        "left out": number[:place] + number[place + 1 :],
        "put in": number[:place] + sign + number[place:],
        "exchanged": number[:place] + number[place : place + 2][::-1] + number[place + 2 :],
    }[kind]
    assume(altered != number)
    assert one_apart(number, altered)
    assert one_apart(altered, number)
    assert set(number_keys(number)) & set(number_keys(altered))
    assert likeness(replace(PAPER, number=number), replace(PAPER, number=altered)) == "altered"


@given(texts, texts)
def test_what_shares_no_key_is_not_one_apart(one: str, two: str) -> None:
    if not set(number_keys(one)) & set(number_keys(two)):
        assert not one_apart(one, two)


def test_blanks_and_dashes_alter_nothing() -> None:
    assert folded_number(" e26-4501 00123 ") == "E26450100123"
    assert likeness(PAPER, replace(PAPER, number="E26-4501-00123")) == "same"
    assert likeness(PAPER, replace(PAPER, issuing_country="VN")) == "same_goods"


def test_neighbors_of_one_office_are_told_and_count_for_nothing() -> None:
    lines = (replace(PAPER.lines[0], quantity=Decimal(9)),)
    other = replace(PAPER, number="E26450100124", invoices=("GX-9",), lines=lines)
    assert likeness(PAPER, other) == "near"
    assert likeness(PAPER, replace(other, number="E26450100777")) is None


def test_the_same_goods_under_another_number_are_caught() -> None:
    again = replace(PAPER, number="Z999", lines=tuple(reversed(PAPER.lines)))
    assert likeness(PAPER, again) == "same_goods"
    more = replace(PAPER.lines[0], quantity=Decimal("12000.0"), description="Other words")
    assert goods_print(replace(PAPER, lines=(more, PAPER.lines[1]))) == goods_print(PAPER)
    assert goods_print(replace(PAPER, lines=())) == ""


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("Táo tươi", "TAO TUOI.", ""),
        ("Fresh apples", "Fresh aples, in cartons", "description"),
        ("Fresh apples", "Dried mushrooms", "words"),
        ("Fans", "Fans for walls and for ceilings", "words"),
        ("", "Fans", ""),
    ],
)
def test_a_small_difference_of_words_is_told_apart(one: str, two: str, kind: str) -> None:
    assert differing(one, two) == kind
