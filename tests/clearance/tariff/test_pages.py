"""The law explorer and its API: open to strangers, about any day, in four languages, changing nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.world import World

PAGES = (
    "/law/",
    "/law/codes/I/",
    "/law/codes/07/",
    "/law/codes/07032090/",
    "/law/below/07/",
    "/law/parameters/",
    "/law/regimes/",
    "/law/rates/",
    "/law/offices/",
    "/law/unverified/",
    "/law/codes/07/rates.csv",
    "/law/codes/07/rates.xlsx",
)
API = (
    "/api/v1/law/codes/07032090",
    "/api/v1/law/search?q=garlic",
    "/api/v1/law/rates",
    "/api/v1/law/parameters",
)
LAST_DAY, FIRST_DAY = "2026-12-31", "2027-01-01"
pytestmark = pytest.mark.usefixtures("customs")


def page(path: str, language: str = "en", **query: str) -> str:
    answer = Client(headers={"accept-language": language}).get(path, query)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def api(path: str, **query: str) -> dict[str, object]:
    answer = Client().get(path, query)
    assert answer.status_code == 200, answer.content[:400]
    return dict(json.loads(answer.content))


def test_a_stranger_may_read_all_of_the_law() -> None:
    """Law is public: these addresses alone ask for no sign-in."""
    for path in (*PAGES, *API):
        assert Client().get(path).status_code == 200, path


def test_neither_stranger_nor_neighbor_may_change_law(customs: World) -> None:
    """No address of the law takes anything but reading, from whomever."""
    for browser in (Client(), customs.client("neighbor_customs"), customs.client("law_officer")):
        for path in (*PAGES, *API):
            for send in (browser.post, browser.put, browser.delete):
                assert send(path).status_code == 405, path


def test_pages_in_every_language() -> None:
    titles = {"vi": "Pháp luật", "en": "Law", "zh-hans": "法规", "fr": "Droit"}
    for language, title in titles.items():
        assert f"<h1>{title}</h1>" in page("/law/", language)
        for path in PAGES[:-2]:
            assert page(path, language)


def test_search_in_four_languages_and_by_code() -> None:
    for words in ("toi tuoi", "Tỏi tươi", "garlic", "大蒜", "ail", "0703.20", "070320"):
        found = api("/api/v1/law/search", q=words)["results"]
        assert isinstance(found, list)
        assert any(one["code"].startswith("070320") for one in found), words
        assert "0703.20" in page("/law/", q=words)


def test_search_that_finds_nothing_says_how_to_go_on() -> None:
    assert "Accents do not matter" in page("/law/", q="xyzzy")
    assert api("/api/v1/law/search", q="%_\\")["results"] == []
    assert api("/api/v1/law/search", q="   ")["results"] == []
    assert api("/api/v1/law/search", q="garlic " * 500)["results"]


def test_text_that_no_database_holds_is_a_bad_request() -> None:
    for path in ("/law/?q=%00", "/law/codes/07%00/", "/law/parameters/?name=max%00", "/api/v1/law/search?q=%00"):
        assert Client().get(path).status_code == 400, path


def test_tree_unfolds_from_sections_to_lines() -> None:
    assert "/law/below/II/" in page("/law/")
    assert "/law/codes/07/" in page("/law/below/II/")
    assert "/law/codes/0703/" in page("/law/below/07/")
    assert "/law/codes/07032090/" in page("/law/below/070320/")


def test_rates_of_a_code_follow_the_day() -> None:
    vat = {
        day: next(cell for cell in api("/api/v1/law/codes/07032090", on=day)["cells"] if cell["tax"] == "vat")  # type: ignore[attr-defined]  # JSON of ours
        for day in (LAST_DAY, FIRST_DAY)
    }
    assert [option["key"] for option in vat[LAST_DAY]["options"]] == ["*", "5", "8", "10"]
    assert [option["key"] for option in vat[FIRST_DAY]["options"]] == ["*", "5", "10"]


def test_code_page_shows_rates_sources_slider_and_doubt() -> None:
    text = page("/law/codes/07032090/", on=LAST_DAY)
    for part in (
        "Decree 118/2022",
        "unverified",
        'type="range"',
        "Fresh garlic",
        "What changes, and when",
        "Quarantine",
    ):
        assert part in text


def test_code_page_without_a_script_has_a_date_field() -> None:
    text = page("/law/codes/07032090/", on=LAST_DAY)
    assert f'type="date" id="on" name="on" value="{LAST_DAY}"' in text
    assert "<script>" not in text
    assert "style=" not in text


def test_day_that_cannot_be_read_is_told() -> None:
    for day in ("yesterday", "2026-13-01", "1900-01-01", "2300-01-01", "2026-1-1", "💥"):
        assert Client().get("/law/codes/07032090/", {"on": day}).status_code == 422
        answer = Client().get("/api/v1/law/codes/07032090", {"on": day})
        assert answer.status_code == 422
        assert json.loads(answer.content)["faults"][0]["path"] == "on"


def test_unknown_code_is_not_found() -> None:
    for hs in ("99999999", "ZZ", "0", "07032090 ", "..%2f"):
        assert Client().get(f"/law/codes/{hs}/").status_code == 404, hs
        assert Client().get(f"/api/v1/law/codes/{hs}").status_code == 404, hs
    assert Client().get("/law/codes/07032090/", {"on": "2020-01-01"}).status_code == 404


def test_chapter_downloads_say_the_same() -> None:
    text = Client().get("/law/codes/07/rates.csv", {"on": LAST_DAY}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    book = openpyxl.load_workbook(io.BytesIO(Client().get("/law/codes/07/rates.xlsx", {"on": LAST_DAY}).content))
    sheet = [[value or "" for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows == sheet
    garlic = dict(zip(rows[0], next(row for row in rows if row[0] == "07032090"), strict=True))
    assert any(value == "*/5/8/10" for value in garlic.values())
    assert Client().get("/law/codes/07/rates.pdf").status_code == 404


def test_parameters_through_time() -> None:
    assert "repealed" in page("/law/parameters/", name="vat_reduced_rate", on=LAST_DAY)
    for name in ("nothing", "' OR 1=1"):
        assert Client().get("/law/parameters/", {"name": name}).status_code == 404
    names = {row["name"] for row in api("/api/v1/law/parameters", on=FIRST_DAY)["parameters"]}  # type: ignore[attr-defined]  # JSON of ours
    assert "max_lines" in names
    assert "vat_reduced_rate" not in names


def test_regime_matrix_counts_what_has_no_source() -> None:
    text = page("/law/regimes/")
    assert "is-open" in text
    assert "cells have no source" in text


def test_exchange_rates_are_drawn_and_missing_ones_told() -> None:
    assert "<polyline" in page("/law/rates/")
    assert "never used instead" in page("/law/rates/", on="2030-01-01")
    rates = api("/api/v1/law/rates")["rates"]
    assert isinstance(rates, dict)
    assert rates["CNY"]["verified"] is False


def test_unverified_page_lists_cells_not_understood() -> None:
    text = page("/law/unverified/")
    assert "0 (-KH, TH)/0" in text
    assert "Law versions" in text


def test_law_page_names_its_version(customs: World) -> None:
    ((number,),) = customs.run_sql("SELECT max(id) FROM tariff_lawversion")
    assert f"law version {number}." in page("/law/", on=date(2026, 11, 18).isoformat())
