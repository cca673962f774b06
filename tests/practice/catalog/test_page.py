"""The page of the catalog names every column and every habit, and nothing that is gone."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.reference.files import rows
from thongquan.practice.catalog import clauses, spelling
from thongquan.practice.catalog.writing import STYLES, VARIANTS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "practice-catalog.md").read_text(encoding="utf-8")
NO_HABITS = {"is_farm", "coded", "fits"}


def named(after: str) -> list[str]:
    """First cells of the table that follows a text."""
    table = PAGE.split(after, 1)[1].lstrip(":\n").split("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def habits(module: ModuleType) -> list[str]:
    found = inspect.getmembers(module, inspect.isfunction)
    return [name for name, one in found if one.__module__ == module.__name__ and name not in NO_HABITS]


def test_the_page_names_every_column_in_order() -> None:
    assert named("when they are of codes.") == list(rows("practice/catalog.csv")[0])


@pytest.mark.parametrize(
    ("module", "after"),
    [(clauses, "(`practice/catalog/clauses.py`)"), (spelling, "(`practice/catalog/spelling.py`)")],
)
def test_the_page_names_every_habit(module: ModuleType, after: str) -> None:
    assert sorted(named(after)) == sorted(habits(module))
    assert all(getattr(module, name).__doc__ for name in habits(module))


def test_every_habit_belongs_to_a_style() -> None:
    used = {habit.__name__ for style in STYLES for habit, _ in (*style.says, *style.spells)}
    used |= {name.__name__ for style in STYLES for name in style.names}
    assert used | {"own_code", "leaving_mark"} == {*habits(clauses), *habits(spelling)}


def test_the_page_tells_the_shares_of_the_styles_and_the_number_of_ways() -> None:
    told = [int(share) / 100 for share in re.findall(r"\((\d+) %\)", PAGE)]
    assert told == [style.share for style in STYLES]
    assert sum(told) == pytest.approx(1)
    assert f"{VARIANTS} ways" in PAGE


def test_the_page_says_that_prices_are_invented() -> None:
    assert re.search(r"\*\*Prices,[^*]+are invented for practice\.\*\*", PAGE)
