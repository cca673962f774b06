"""Texts as declarants write them: every habit is there, the same seed gives the same texts."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

import numpy as np
import pytest

from tests.reference.files import column
from thongquan.practice.catalog import LONGEST, Kind, descriptions, kinds
from thongquan.rules.text import fold, vague_key

PER_KIND = 60
KNOWN = "90556204be0eb14d"


def generator(seed: int = 7) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def kind(key: str) -> Kind:
    return next(one for one in kinds() if one.key == key)


@pytest.fixture(scope="module")
def texts() -> list[tuple[Kind, str]]:
    rng = generator()
    return [(one, text) for one in kinds() for text in descriptions(one, rng=rng, count=PER_KIND)]


def share(texts: list[tuple[Kind, str]], pattern: str) -> float:
    found = re.compile(pattern)
    return sum(found.search(text) is not None for _, text in texts) / len(texts)


def test_the_same_seed_gives_the_same_texts_and_another_seed_others() -> None:
    one = kind("noi-com")
    assert descriptions(one, rng=generator(), count=200) == descriptions(one, rng=generator(), count=200)
    assert descriptions(one, rng=generator(), count=200) != descriptions(one, rng=generator(8), count=200)


def test_texts_do_not_depend_on_the_order_in_which_kinds_are_written() -> None:
    first, second = kind("noi-com"), kind("vai-thieu")
    alone = descriptions(second, rng=generator(), count=30)
    descriptions(first, rng=generator(3), count=30)
    assert descriptions(second, rng=generator(), count=30) == alone


def test_none_are_given_when_none_are_asked() -> None:
    assert descriptions(kind("noi-com"), rng=generator(), count=0) == []


def test_texts_are_composed_and_fit_the_field(texts: list[tuple[Kind, str]]) -> None:
    assert LONGEST == 200
    for _, text in texts:
        assert 3 <= len(text) <= LONGEST, text
        assert text == unicodedata.normalize("NFC", text)
        assert text == text.strip()
        assert not any(unicodedata.category(sign) in {"Co", "Cn", "Cc"} for sign in text), text


def test_a_kind_is_written_in_many_ways(texts: list[tuple[Kind, str]]) -> None:
    for one in kinds():
        written = {text for other, text in texts if other is one}
        assert len(written) >= PER_KIND / 3, one.key


@pytest.mark.parametrize(
    ("habit", "pattern", "low", "high"),
    [
        ("boilerplate that goods are new", r"(?i)(hàng|hang)? ?(mới|moi) ?100 ?%", 0.2, 0.7),
        ("codes of the own stock book", r"^[A-Za-z]{2,6}[-_]?\d+(-\d+)?#&", 0.1, 0.4),
        ("marks of export", r"#&VN$", 0.05, 0.25),
        ("Chinese", r"[\u4e00-\u9fff]", 0.04, 0.25),
        ("brands", r"(?i)(hiệu|brand|thương hiệu|NH)[: (]+[A-ZÀ-Ỵ]", 0.08, 0.6),
        ("models", r"(?i)(model|mã|p/n|ký hiệu|ky hieu)", 0.1, 0.6),
        ("sizes", r"\d+ ?(mm|cm|kg|inch|W|ml|GB|mAh)", 0.2, 0.8),
        ("makers", r"(?i)(nsx|nhà sản xuất|hãng sx)", 0.01, 0.2),
        ("no blanks after commas", r",[^\s\d]", 0.05, 0.4),
        ("abbreviations", r"\b(ko|KT|CL|dc|ĐK|NSX|xx|QC|sx|DT)\b", 0.03, 0.4),
    ],
)
def test_the_habit_is_there(texts: list[tuple[Kind, str]], habit: str, pattern: str, low: float, high: float) -> None:
    assert low <= share(texts, pattern) <= high, habit


def test_some_write_without_diacritics(texts: list[tuple[Kind, str]]) -> None:
    marked = [(one, text) for one, text in texts if one.name_vi.lower() != fold(one.name_vi)]
    without = sum(fold(one.name_vi) in fold(text) and one.name_vi.lower() not in text.lower() for one, text in marked)
    assert 0.05 <= without / len(marked) <= 0.3


def test_some_write_in_capitals_and_some_in_small_letters(texts: list[tuple[Kind, str]]) -> None:
    bodies = [text.rpartition("#&")[2] if "#&VN" not in text else text for _, text in texts]
    assert 0.02 <= sum(text.isupper() for text in bodies) / len(texts) <= 0.15
    assert 0.005 <= sum(text.islower() for text in bodies) / len(texts) <= 0.15


def test_no_text_is_too_vague_or_too_short_to_be_lodged(texts: list[tuple[Kind, str]]) -> None:
    """TQ-DEC-013 and TQ-DEC-014 would refuse such lines."""
    vague = {vague_key(term) for term in column("vague_terms.csv", "term")}
    assert [text for _, text in texts if vague_key(text) in vague] == []


def test_some_write_english_beside_vietnamese(texts: list[tuple[Kind, str]]) -> None:
    both = sum(one.name_en.lower() in text.lower() for one, text in texts)
    assert 0.05 <= both / len(texts) <= 0.3


def test_nobody_calls_fruit_new_nor_gives_it_a_model(texts: list[tuple[Kind, str]]) -> None:
    fruit = [text for one, text in texts if one.group == "fruit"]
    assert not any("100%" in text or "model" in text.lower() for text in fruit)


def test_the_mark_of_export_stands_on_exports_alone(texts: list[tuple[Kind, str]]) -> None:
    assert {one.flow for one, text in texts if text.endswith("#&VN")} == {"export"}


def test_a_kind_that_goes_both_ways_tells_no_country(texts: list[tuple[Kind, str]]) -> None:
    """The same texts are used for both directions: none may contradict the line."""
    both = [fold(text) for one, text in texts if one.flow == "both"]
    assert both
    assert not [text for text in both if re.search(r"trung quoc|viet nam|made in|xuat xu|\bnsx\b", text)]


def test_a_kind_of_ones_own_can_be_written_too() -> None:
    own = Kind(key="own", hs="08081000", name_vi="Táo tươi", unit="KGM", price_usd=1.0, price_sigma=0.2, weight_kg=1.0)
    assert all("t" in fold(text) for text in descriptions(own, rng=generator(), count=50))


def test_changing_a_kind_changes_its_texts() -> None:
    import msgspec

    one = kind("noi-com")
    other = msgspec.structs.replace(one, name_vi="Nồi áp suất điện", short_vi="")
    assert any("Nồi áp suất điện" in text for text in descriptions(other, rng=generator(), count=100))
    assert not any("Nồi áp suất điện" in text for text in descriptions(one, rng=generator(), count=100))


def test_texts_are_those_of_every_machine(texts: list[tuple[Kind, str]]) -> None:
    """A change of this digest changes every world that was ever built: let it be a decision."""
    digest = sha256("\n".join(text for _, text in texts).encode()).hexdigest()[:16]
    assert digest == KNOWN
