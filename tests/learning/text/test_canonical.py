"""The same goods, however they are written, have one canonical form."""

from __future__ import annotations

import unicodedata

import pytest

from thongquan.learning.text import MOST_CHARACTERS, canonical, fingerprint, traits

GOODS = "Máy sấy keo 4 chân, công suất 1,5 kW, model XY-200A, hiệu Bosch"


def key(text: str) -> str:
    return fingerprint(canonical(text))


@pytest.mark.parametrize(
    "other",
    [
        GOODS.upper(),
        unicodedata.normalize("NFD", GOODS),
        "May say keo 4 chan, cong suat 1,5 kW, model XY-200A, hieu Bosch",
        "NVL123#&" + GOODS + ", hàng mới 100%#&VN",
        GOODS + ", NSX: GUANGXI YUEHE CO.",
        GOODS + " , xuất xứ Trung Quốc",
        GOODS + ", hàng ko thuộc danh mục CITES",
        GOODS + ", hàng không thuộc danh mục CITES",
        GOODS + ", ko nhãn hiệu, do TQ sx",
        "hiệu Bosch; công suất 1500W; model XY200A; Máy sấy keo 4 chân",
        "<b>Máy sấy keo</b> 4 chân,&nbsp;công suất 1.5kw, model XY-200A, hiệu Bosch 😀",
        "Ｍáy sấy keo ４ chân, công suất 1,5 kW, model XY-200A, hiệu Bosch",
        GOODS.replace("Bosch", "Воsсh"),  # three Cyrillic letters
        GOODS.replace("keo", "k\u200beo"),
    ],
)
def test_the_fingerprint_is_that_of_the_same_goods(other: str) -> None:
    assert key(other) == key(GOODS) != ""


@pytest.mark.parametrize("other", ["2,5 kW", "15 kW", "1,5 W"])
def test_another_power_is_another_fingerprint(other: str) -> None:
    assert key(GOODS.replace("1,5 kW", other)) != key(GOODS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0,5 kg", ["500g"]),
        ("500GR", ["500g"]),
        ("1.000 kg", ["1e+06g"]),
        ("40x35x20 cm", ["400mm", "350mm", "200mm"]),
        ("5,5-6,0 cm", ["55mm", "60mm"]),
        ("0.125 mm", ["0.125mm"]),
        ("220V/50Hz", ["220v", "50hz"]),
        ("12 m2", ["1.2e+07mm2"]),
        ("3 cái", ["3pc"]),
        ("10公斤", ["10000g"]),
    ],
)
def test_numbers_stand_in_base_units(text: str, expected: list[str]) -> None:
    assert [str(one) for one in canonical(text).quantities] == expected


def test_both_spellings_are_kept() -> None:
    first = canonical("Đèn bàn").words[0]
    assert (first.plain, first.folded) == ("đèn", "den")


def test_chinese_is_read_apart_from_latin() -> None:
    goods = canonical("不锈钢螺栓 M10 x 50mm")
    assert goods.han == ("不锈钢螺栓",)
    assert goods.models == ("m10",)
    assert [str(one) for one in goods.quantities] == ["50mm"]


def test_foreign_words_stay_foreign() -> None:
    assert canonical("деревянный стол").words[1].folded == "стол"


def test_traits_are_read() -> None:
    found = traits(canonical("Vòi nước bằng đồng, nhãn hiệu: VIGLACERA, model: VG-102, dùng cho bồn rửa, KT 20 cm"))
    assert found.brand == "viglacera"
    assert found.model == "vg-102"
    assert found.sizes == ("200mm",)
    assert found.materials == ("copper",)
    assert found.use == "bon rua"


def test_a_word_of_other_diacritics_is_no_material() -> None:
    assert traits(canonical("động cơ tự động")).materials == ()
    assert traits(canonical("đường kính 5 cm")).materials == ()
    assert traits(canonical("tấm kính")).materials == ("glass",)


def test_nothing_is_read_behind_the_longest() -> None:
    long = "bàn gỗ " * MOST_CHARACTERS
    assert canonical(long) == canonical(long[:MOST_CHARACTERS])
    assert canonical(long).words


@pytest.mark.parametrize("empty", ["", "   ", "😀😀", "!!! --- ...", "\u200b"])
def test_nothing_has_no_fingerprint(empty: str) -> None:
    assert canonical(empty).empty
    assert key(empty) == ""
