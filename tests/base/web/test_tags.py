"""Numbers, money, times and channels as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from thongquan.base.core.clock import now
from thongquan.base.web.templatetags.tq import Problem

NBSP = "\u00a0"


def shown(source: str, language: str = "vi", **values: object) -> str:
    """What a template with our tags gives."""
    with translation.override(language):
        return Template("{% load tq %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("vi", "1.234.567"), ("en", "1,234,567"), ("zh-hans", "1,234,567"), ("fr", "1\u202f234\u202f567")],
)
def test_money_is_grouped_in_every_language(language: str, expected: str) -> None:
    assert shown("{% money x %}", language, x=Decimal(1234567)) == f"{expected}{NBSP}₫"


def test_foreign_money_keeps_its_decimals_and_its_code() -> None:
    assert shown("{% money x 'USD' %}", "vi", x=Decimal("1234.5")) == f"1.234,50{NBSP}USD"
    assert shown("{% money x 'USD' %}", "en", x=Decimal("0.1234")) == f"0.1234{NBSP}USD"


@pytest.mark.parametrize("nothing", [None, "", "abc", Decimal("NaN"), Decimal("Infinity")])
@pytest.mark.parametrize("tag", ["money", "number", "quantity", "rate"])
def test_no_number_is_a_dash(tag: str, nothing: object) -> None:
    assert shown("{% " + tag + " x %}", x=nothing) == "–"


def test_zero_is_a_number() -> None:
    assert shown("{% money x %}", x=0) == f"0{NBSP}₫"


def test_quantities_lose_empty_decimals_and_keep_their_unit() -> None:
    text = shown("{% quantity x 'KGM' %}", x=Decimal("12500.500"))
    assert text == f'12.500,5{NBSP}<span class="tq-unit">KGM</span>'
    assert shown("{% number x %}", "en", x=Decimal("1E+3")) == "1,000"


def test_a_rate_is_told_in_percent() -> None:
    assert shown("{% rate x %}", x=Decimal("0.075")) == f"7,5{NBSP}%"
    assert shown("{% rate x %}", "en", x=Decimal("0.08")) == f"8{NBSP}%"


@pytest.mark.parametrize(
    ("channel", "name", "word"), [(1, "green", "Luồng xanh"), (2, "yellow", "Luồng vàng"), (3, "red", "Luồng đỏ")]
)
def test_a_channel_is_a_word_and_not_only_a_color(channel: int, name: str, word: str) -> None:
    assert shown("{% channel x %}", x=channel) == f'<span class="tq-channel is-{name}">{word}</span>'


def test_no_channel_is_said_so() -> None:
    assert "is-none" in shown("{% channel x %}", x=None)


def test_a_moment_is_local_and_exact_on_hover() -> None:
    text = shown("{% moment x %}", x=datetime(2026, 3, 1, 13, 5, 9, tzinfo=UTC))
    assert ">20:05 01/03/2026<" in text
    assert "20:05:09 UTC+0700" in text
    assert shown("{% moment x %}", x=None) == "–"
    assert ">01/03/2026<" in shown("{% day x %}", x=date(2026, 3, 1))


@pytest.mark.parametrize(("away", "words"), [(timedelta(minutes=40, seconds=30), "in 40"), (timedelta(hours=-2), "2")])
def test_the_clock_tells_how_far_away(away: timedelta, words: str) -> None:
    text = shown("{% clock x %}", "en", x=now() + away)
    assert words in text
    assert ("ago" in text) == (away < timedelta(0))


@pytest.mark.parametrize(("language", "words"), [("vi", "5 phút trước"), ("zh-hans", "5 分钟"), ("fr", "5 minutes")])
def test_the_clock_speaks_each_language(language: str, words: str) -> None:
    assert words in shown("{% clock x %}", language, x=now() - timedelta(minutes=5)).replace(NBSP, " ")


STRIP = {"number": "101234567890", "regime": "A11", "channel": 3, "state": "Chờ kiểm tra", "due_vnd": Decimal(5000000)}


@pytest.mark.parametrize("given", [STRIP, SimpleNamespace(**STRIP)])
def test_the_strip_tells_the_whole_decision(given: object) -> None:
    text = shown("{% strip x %}", x=given)
    for part in ("101234567890", "A11", "Luồng đỏ", "Chờ kiểm tra", f"5.000.000{NBSP}₫", "is-red"):
        assert part in text


def test_the_strip_of_a_declarant_hides_the_channel_wholly() -> None:
    text = shown("{% strip x %}", x=STRIP | {"show_channel": False})
    assert "is-red" not in text
    assert "Luồng" not in text


def test_what_people_wrote_is_escaped() -> None:
    text = shown("{% strip x %}{% quantity 1 unit %}", x=STRIP | {"state": "<b>x</b>"}, unit="<i>")
    assert "<b>" not in text
    assert "<i>" not in text


def test_a_summary_tells_every_problem_and_leads_to_it() -> None:
    problems = [Problem("Thiếu số lượng", "line-2", "Ghi số lượng", "TQ-DEC-014", "12,5", "TT 38"), Problem("Khác")]
    with translation.override("vi"):
        text = render_to_string("web/_errors.html", {"problems": problems})
    for part in ('href="#line-2"', "TQ-DEC-014", "12,5", "TT 38", "Khác", "Có 2 lỗi"):
        assert part in text
    assert render_to_string("web/_errors.html", {"problems": []}).strip() == ""


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/x/?q=h%C3%A0ng&page=1")
    page = Paginator(range(500), 20).get_page(2)
    text = render_to_string("web/_pages.html", {"page_obj": page}, request=request)
    assert "?q=h%C3%A0ng&amp;page=3" in text
    assert 'aria-current="page">2<' in text


def test_stories_and_empty_places_are_drawn() -> None:
    events = [{"text": "Đã nộp", "at": now(), "by": "Lý Thị Bích"}]
    assert "Đã nộp" in render_to_string("web/_timeline.html", {"events": events})
    empty = render_to_string("web/_empty.html", {"title": "Chưa có", "text": "x", "url": "/y", "action": "z"})
    assert 'href="/y"' in empty
