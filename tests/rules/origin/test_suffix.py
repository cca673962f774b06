"""The origin an export description names: read, asked for, and what to type instead."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Line
from thongquan.rules.law import LawOfDay, Parameter, RegimeLaw
from thongquan.rules.origin.suffix import (
    PARAMETER,
    check_suffix,
    named_origin,
    origin_of_export,
    suffix_for,
    with_suffix,
)


def told(description: str | None, origin: str | None = None, force: str = "warning") -> list[Fault]:
    day = date(2026, 11, 20)
    parameter = Parameter(value=force, valid_from=day, source="test")
    held: dict[str, Any] = {PARAMETER: parameter} if force else {}
    law = LawOfDay(version="t", on=day, regime=RegimeLaw(code="B11", exists=True), parameters=held)
    report: list[Fault] = []
    check_suffix(0, Line(number=1, description=description, origin=origin), law, report)
    return report


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Sầu riêng tươi#&VN", "VN"),
        ("Sầu riêng tươi #& vn.", "VN"),
        ("Máy bơm#&CN", "CN"),
        ("Máy bơm#&KXĐ", "KXĐ"),
        ("Máy bơm#&kxd", "KXĐ"),
        ("nvl123#&Vải dệt", ""),
        ("Máy bơm#&Việt", ""),
        ("Máy bơm", ""),
    ],
)
def test_what_a_description_names(text: str, origin: str) -> None:
    assert named_origin(text).origin == origin


def test_the_check_tells_what_to_type() -> None:
    for description, origin, code, suffix in (
        ("Sầu riêng tươi", None, Code.TQ_ORI_121, "#&VN"),
        ("Máy bơm", "CN", Code.TQ_ORI_121, "#&CN"),
        ("Máy bơm#&Việt", "VN", Code.TQ_ORI_122, "#&VN"),
        ("Máy bơm#&VN", "CN", Code.TQ_ORI_123, "#&CN"),
    ):
        (fault,) = told(description, origin)
        assert (fault.code, fault.values["suffix"], fault.severity) == (code, suffix, "warning")
        assert fault.path == "lines[0].description"


@pytest.mark.parametrize(
    ("description", "origin"), [("a#&VN", None), ("a#&VN", "VN"), ("a#&KXĐ", "CN"), (None, "VN"), ("", None)]
)
def test_a_good_or_empty_description_is_left_alone(description: str | None, origin: str | None) -> None:
    assert told(description, origin) == []


def test_the_force_is_that_of_the_day_and_without_a_row_nothing_is_asked() -> None:
    assert told("Máy bơm", force="error")[0].severity == "error"
    assert told("Máy bơm", force="") == []


@given(text=st.text(max_size=60), origin=st.from_regex(r"[A-Z]{2}\Z", fullmatch=True))
def test_adding_it_satisfies_the_check_and_adding_it_twice_changes_nothing(text: str, origin: str) -> None:
    done = with_suffix(text, origin)
    assert told(done, origin) == []
    assert with_suffix(done, origin) == done
    assert done.endswith(suffix_for(origin))


def test_the_origin_of_an_export_line() -> None:
    assert origin_of_export(Line(number=1, description="a#&CN")) == "CN"
    assert origin_of_export(Line(number=1, description="a#&CN", origin="VN")) == "VN"
    assert origin_of_export(Line(number=1, description="a#&KXĐ")) == ""
    assert suffix_for("") == "#&KXĐ"
