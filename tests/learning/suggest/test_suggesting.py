"""Candidates come with their evidence; what cannot be known is not guessed."""

from __future__ import annotations

import pytest

from tests.learning.samples import GOODS, history, nomenclature
from thongquan.learning.suggest import (
    QUESTIONS,
    Example,
    Model,
    Refusal,
    Source,
    Vague,
    digits_of,
    suggest,
    suggested_at,
    train,
    trained_and_calibrated,
)


@pytest.fixture(scope="module")
def model() -> Model:
    return trained_and_calibrated([*history(), *nomenclature()])


@pytest.mark.parametrize(("name", "code", "says"), GOODS)
def test_goods_of_the_office_are_found_at_every_level(
    model: Model, name: str, code: str, says: tuple[str, ...]
) -> None:
    for digits in (2, 4, 6, 8):
        found = suggest(model, f"{name} loại mới về", digits=digits)
        assert found.candidates[0].code == code[:digits]
        assert 1 <= len(found.candidates) <= 5


def test_a_candidate_shows_the_texts_that_led_to_it(model: Model) -> None:
    best = suggest(model, "táo Fuji tươi", digits=6).candidates[0]
    assert best.code == "080810"
    assert best.evidence
    assert all(one.code.startswith("080810") for one in best.evidence)
    assert "Táo tươi Fuji" in best.evidence[0].description
    assert best.evidence[0].reference.startswith("line:")


def test_missing_diacritics_and_english_find_the_same(model: Model) -> None:
    assert suggest(model, "tao tuoi fuji").candidates[0].code == "0808"
    assert suggest(model, "fresh apples").candidates[0].code == "0808"


def test_the_drill_down_keeps_to_its_branch(model: Model) -> None:
    found = suggest(model, "áo phông cotton", digits=8, under="6109")
    assert {one.code[:4] for one in found.candidates} == {"6109"}


def test_an_unsure_answer_abstains_and_a_sure_one_does_not(model: Model) -> None:
    sure = suggest(model, "Áo phông nam bằng vải cotton, size L")
    assert sure.candidates[0].sureness is not None
    assert not sure.abstains
    assert suggest(model, "Áo phông nam bằng vải cotton, size L", threshold=1.01).abstains


def test_goods_never_seen_are_not_proposed_whatever_a_word_resembles(model: Model) -> None:
    found = suggest(model, "áo khoác nữ len")
    assert found.candidates
    assert found.abstains


def test_an_uncalibrated_model_abstains() -> None:
    found = suggest(train(history()), "táo tươi Fuji")
    assert found.candidates[0].code == "0808"
    assert found.candidates[0].sureness is None
    assert found.abstains


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", Refusal.EMPTY),
        ("😀", Refusal.EMPTY),
        ("12345", Refusal.NUMBERS_ONLY),
        ("XY-200 3 kg", Refusal.NUMBERS_ONLY),
        ("phụ tùng", Refusal.VAGUE),
        ("Phu tung, hàng mới 100%", Refusal.VAGUE),
        ("zzzqqq wwwkkk", Refusal.UNKNOWN_WORDS),
    ],
)
def test_what_tells_nothing_is_refused_with_a_question(model: Model, text: str, refusal: Refusal) -> None:
    found = suggest(model, text, vague=Vague(["Phụ tùng", "linh kiện"]))
    assert found.refusal is refusal
    assert found.question == QUESTIONS[refusal]
    assert found.candidates == ()
    assert found.abstains


def test_a_vague_word_with_more_words_is_answered(model: Model) -> None:
    found = suggest(model, "phụ tùng xe đạp trẻ em", vague=Vague(["phụ tùng"]))
    assert found.candidates[0].code == "8712"


def test_other_digits_are_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="digits"):
        suggest(model, "táo", digits=5)


def test_what_is_said_often_weighs_more() -> None:
    disputed = [
        Example("dao rọc giấy", "82119290", times=40),
        Example("dao rọc giấy", "82141000"),
        *history(),
    ]
    assert suggest(train(disputed), "dao rọc giấy", digits=4).candidates[0].code == "8211"
    turned = [one._replace(times=41 - one.times) if one.description == "dao rọc giấy" else one for one in disputed]
    assert suggest(train(turned), "dao rọc giấy", digits=4).candidates[0].code == "8214"


def test_a_precedent_is_evidence_too() -> None:
    ruling = Example("Thiết bị khuếch tán tinh dầu", "85098090", Source.PRECEDENT, "notice:12/2025")
    best = suggest(train([*history(), ruling]), "khuếch tán tinh dầu", digits=8).candidates[0]
    assert (best.code, best.evidence[0].source) == ("85098090", Source.PRECEDENT)


def test_no_examples_make_a_model_that_knows_nothing() -> None:
    assert suggest(train([]), "táo").refusal is Refusal.UNKNOWN_WORDS


@pytest.mark.parametrize(
    ("code", "digits"),
    [("8509.80.90", "85098090"), ("8509809000", "85098090"), ("85098", "8509"), ("850", ""), ("", ""), ("x", "")],
)
def test_codes_are_read_as_even_digits(code: str, digits: str) -> None:
    assert digits_of(code) == digits


def test_texts_of_others_are_no_evidence_and_books_take_their_place(model: Model) -> None:
    own = suggest(model, "Táo tươi Fuji, thùng 10kg", digits=4)
    assert any(text.source is Source.HISTORY for text in own.candidates[0].evidence)
    hidden = suggest(
        model, "Táo tươi Fuji, thùng 10kg", digits=4, visible=lambda text: text.source is not Source.HISTORY
    )
    assert [one.code for one in hidden.candidates] == [one.code for one in own.candidates]
    assert all(text.source is not Source.HISTORY for one in hidden.candidates for text in one.evidence)
    assert [text.description for text in hidden.candidates[0].evidence] == ["Apples, fresh"]


def test_all_levels_at_once_say_what_each_says_alone(model: Model) -> None:
    every = suggested_at(model, "máy khoan 750W", (4, 6, 8), under="84")
    assert every == {digits: suggest(model, "máy khoan 750W", digits=digits, under="84") for digits in (4, 6, 8)}
    with pytest.raises(ValueError, match="digits"):
        suggested_at(model, "máy khoan", (4, 5))
