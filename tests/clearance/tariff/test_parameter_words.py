"""Units and values of parameters in the reader's language."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.utils.translation import override, pgettext

from thongquan.clearance.tariff.parameter_words import CONTEXT, UNITS, VALUES, unit_name, value_name


@pytest.mark.parametrize("language", ["vi", "zh-hans", "fr"])
def test_every_word_is_put_over(language: str) -> None:
    with override(language):
        assert [word for word in (*UNITS, *VALUES.values()) if pgettext(CONTEXT, word) == word] == []


def test_no_unit_of_the_reference_is_forgotten() -> None:
    with (Path(__file__).parents[3] / "src/thongquan/reference/parameters.csv").open(encoding="utf-8") as file:
        assert {row["unit"] for row in csv.DictReader(file)} <= set(UNITS)


def test_names_and_codes_stay() -> None:
    with override("vi"):
        assert value_name("Vietcombank") == "Vietcombank"
        assert value_name("thursday") == "thứ Năm"
        assert unit_name("days") == "ngày"
        assert unit_name("furlongs") == "furlongs"
