"""Reading single boxes of published tariffs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.clearance.tariff.formats.cells import Box, read_box

EDITION = date(2026, 4, 5)
RATES = st.decimals(min_value=0, max_value=300, places=1)


def read(text: str, tax: str = "import_duty", schedule: str = "B01", edition: date = EDITION) -> tuple[Box, ...]:
    return read_box(text, tax=tax, schedule=schedule, edition=edition)


def told(box: Box) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(option.key, option.condition, option.countries) for option in box.options]


@pytest.mark.parametrize(
    ("text", "tax", "schedule", "options"),
    [
        ("0", "import_duty", "B01", [("0", "", ())]),
        ("12,5", "import_duty", "RCEP", [("12.5", "", ())]),
        ("37.5", "import_duty", "B03", [("37.5", "", ())]),
        ("5%", "export_duty", "", [("5", "", ())]),
        ("8/10", "vat", "", [("8", "choice", ()), ("10", "choice", ())]),
        ("*/5/8/10", "vat", "", [("*", "choice", ()), ("5", "choice", ()), ("8", "choice", ()), ("10", "choice", ())]),
        ("35/65", "sct", "", [("35", "part", ()), ("65", "part", ())]),
        ("0/1,8/0", "import_duty", "EVFTA", [("0", "part", ()), ("1.8", "part", ())]),
        ("7/7", "import_duty", "CPTPP", [("7", "", ())]),
        ("30 (NHN: 80)", "import_duty", "B01", [("30", "in_quota", ()), ("80", "out_of_quota", ())]),
        ("28; M: 35", "import_duty", "CPTPP", [("28", "", ()), ("35", "members", ("MX",))]),
        (
            "0,9/0; M: 1,3/0",
            "import_duty",
            "CPTPP",
            [("0.9", "part", ()), ("0", "part", ()), ("1.3", "part", ("MX",)), ("0", "part", ("MX",))],
        ),
    ],
)
def test_boxes_are_read_as_the_compilers_write_them(
    text: str, tax: str, schedule: str, options: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    (box,) = read(text, tax, schedule)
    assert told(box) == options
    assert not box.unknown
    assert box.valid_from is None


def test_origins_shut_out() -> None:
    (box,) = read("0 (-KH, TH)", schedule="B05")
    assert box.excluded == ("KH", "TH")
    assert box.options[0].rate == 0


def test_star_is_not_subject_for_vat_no_preference_under_an_agreement_and_nothing_for_mfn() -> None:
    assert read("*", "vat", "")[0].options[0].not_subject
    assert read("*", schedule="RCEP") == (Box(),)
    assert read("*", schedule="B01") == ()


@pytest.mark.parametrize("text", ["ĐB", "MT"])
def test_a_tax_without_its_amount_is_unknown(text: str) -> None:
    assert read(text, "sct", "") == (Box(unknown=True),)


def test_cut_between_two_days_of_the_editions_year() -> None:
    cut, after = read("10 (0% từ 09/3-30/4 theo NĐ72)")
    assert (cut.valid_from, cut.options[0].key) == (date(2026, 3, 9), "0")
    assert (after.valid_from, after.options[0].key) == (date(2026, 5, 1), "10")


def test_cut_that_lies_ahead_of_the_edition_keeps_the_rate_before_it() -> None:
    before, cut, _ = read("10 (0% từ 09/3-30/4 theo NĐ72)", edition=date(2026, 1, 6))
    assert (before.valid_from, before.options[0].key) == (None, "10")
    assert cut.valid_from == date(2026, 3, 9)


def test_rate_from_a_later_day() -> None:
    now, later = read("5%. Từ ngày 01/01/2027 áp dụng mức thuế suất 10%.", "export_duty", "")
    assert (now.valid_from, now.options[0].key) == (None, "5")
    assert (later.valid_from, later.options[0].key) == (date(2027, 1, 1), "10")


def test_multiple_of_mfn() -> None:
    assert read("150% thuế MFN", schedule="B03")[0].of_mfn == Decimal("1.5")


def test_specific_and_mixed() -> None:
    (box,) = read("2000 VND/LTR", "ept", "")
    assert (box.options[0].amount, box.options[0].unit, box.options[0].currency) == (Decimal(2000), "LTR", "VND")
    (mixed,) = read("10 + 500 VND/KGM")
    assert (mixed.options[0].rate, mixed.options[0].amount) == (Decimal("0.1"), Decimal(500))


@pytest.mark.parametrize(
    "text",
    [
        "0 (-KH, TH)/0",
        "Theo hướng dẫn tại khoản 1.1 Chương 98",
        "-5",
        "1e3",
        "5 %",
        "10 (0% từ 31/2-30/4 theo NĐ72)",
        "10 (0% từ 30/4-09/3 theo NĐ72)",
        "28; X: 35",
        "5%. Từ ngày 01/01/2020 áp dụng mức thuế suất 10%.",
        "٥",
        "1234",
    ],
)
def test_what_is_not_understood_is_never_guessed(text: str) -> None:
    assert read(text) == ()


@given(
    text=st.text(max_size=60), tax=st.sampled_from(["vat", "import_duty", "sct"]), schedule=st.sampled_from(["", "B05"])
)
def test_any_text_is_read_or_refused_without_an_error(text: str, tax: str, schedule: str) -> None:
    for box in read(text, tax, schedule):
        for option in box.options:
            assert option.not_subject or option.rate is not None or option.amount is not None


@given(value=RATES, comma=st.booleans())
def test_a_plain_rate_keeps_its_figure(value: Decimal, comma: bool) -> None:
    text = f"{value:f}".replace(".", "," if comma else ".")
    (box,) = read(text)
    assert box.options[0].rate == value / 100
    assert Decimal(box.options[0].key) == value
    assert box.options[0].key == "0" or not box.options[0].key.endswith(".0")


@given(values=st.lists(RATES, min_size=1, max_size=5))
def test_several_rates_are_the_permitted_set(values: list[Decimal]) -> None:
    (box,) = read("/".join(f"{value:f}" for value in values), "vat", "")
    assert {option.rate for option in box.options} == {value / 100 for value in values}
    assert len({option.key for option in box.options}) == len(box.options)
