"""The catalog as data: enough kinds, each lawful under the shipped tariff, each figure marked as invented."""

from __future__ import annotations

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from tests.reference.files import column, rows
from thongquan.practice.catalog import Kind, kinds
from thongquan.practice.catalog.kind import kind_of
from thongquan.rules.text import vague_key

CATALOG = rows("practice/catalog.csv")
LINES = {row["hs8"]: row for row in rows("tariff/vn_lines.csv")}
UNITS = {row["unit"]: row["codes"].split() for row in rows("unit_aliases.csv")}
GROUPS_OF_THE_GATES = {"fruit", "vegetable", "component", "phone", "clothing", "machinery", "appliance", "plastic"}


def units_of(code: str) -> list[str]:
    return UNITS[LINES[code]["unit"]]


def test_there_are_at_least_four_hundred_kinds_of_both_flows() -> None:
    flows = Counter(kind.flow for kind in kinds())
    assert len(kinds()) >= 400
    assert len({kind.hs for kind in kinds()}) >= 350
    assert set(flows) == {"import", "export", "both"}
    assert min(flows.values()) >= 40


def test_the_order_is_that_of_the_file_and_the_shelf_is_read_once() -> None:
    assert [kind.key for kind in kinds()] == [row["key"] for row in CATALOG]
    assert kinds() is kinds()
    assert len({kind.key for kind in kinds()}) == len(kinds())


def test_every_code_stands_in_the_shipped_tariff() -> None:
    assert {kind.hs for kind in kinds()} <= set(LINES)
    assert {code for kind in kinds() for code in kind.cheaper_hs} <= set(LINES)


def test_a_false_code_is_another_code_of_the_same_unit() -> None:
    """A line under the false code must not be given away by its unit."""
    for kind in kinds():
        assert kind.cheaper_hs, kind.key
        assert kind.hs not in kind.cheaper_hs, kind.key
        assert all(kind.unit in units_of(code) for code in kind.cheaper_hs), kind.key
        assert all(code[:2] == kind.hs[:2] or _spoken_of(kind) for code in kind.cheaper_hs), kind.key


def _spoken_of(kind: Kind) -> bool:
    """Kinds whose false code lies in another chapter on purpose: tobacco to breathe in, declared as flavoring."""
    return kind.group == "tobacco"


def test_much_can_be_gained_by_a_false_code() -> None:
    """At least a third of the imports have a false code with a lower duty of the most favored nation."""
    gaining = [kind for kind in kinds() if kind.flow != "export" and _duty(kind.cheaper_hs[0]) < _duty(kind.hs)]
    assert len(gaining) > len(kinds()) / 3


def _duty(code: str) -> float:
    try:
        return float(LINES[code]["mfn"].split(" ")[0].replace(",", "."))
    except ValueError:
        return 0.0


def test_units_are_those_of_the_tariff_line() -> None:
    for kind in kinds():
        allowed = units_of(kind.hs)
        assert kind.unit in allowed, kind.key
        assert kind.unit2 == next((unit for unit in allowed if unit != kind.unit), ""), kind.key


def test_codes_of_packages_countries_and_gates_are_known() -> None:
    assert {kind.package for kind in kinds()} <= column("code_lists.csv", "code", list="package_kind")
    countries = {country for kind in kinds() for country, _ in kind.origins}
    assert countries <= column("code_lists.csv", "code", list="country")
    assert {gate for kind in kinds() for gate in kind.gates} <= column("gates.csv", "code")
    assert all(kind.gates for kind in kinds())


def test_distributions_are_sound() -> None:
    for kind in kinds():
        assert kind.price_usd > 0, kind.key
        assert 0.05 <= kind.price_sigma <= 0.8, kind.key
        assert len(kind.season) == 12, kind.key
        assert sum(kind.season) == pytest.approx(12), kind.key
        assert min(kind.season) >= 0, kind.key
        assert sum(weight for _, weight in kind.origins) == pytest.approx(1), kind.key
        assert min(kind.weight_kg, kind.package_units, kind.lot, kind.share) > 0, kind.key
        assert kind.unit != "KGM" or kind.weight_kg == 1, kind.key


def test_a_line_is_worth_what_a_truck_can_carry() -> None:
    """Median lines lie between 100 and 250,000 US dollars, and under 1,000 tonnes even by rail."""
    for kind in kinds():
        assert 100 <= kind.lot * kind.price_usd <= 250_000, (kind.key, kind.lot * kind.price_usd)
        assert kind.lot * kind.weight_kg <= 1_000_000, kind.key
        assert kind.unit == "KGM" or kind.gates[0] == "LS05" or kind.lot * kind.weight_kg <= 60_000, kind.key


def test_exports_are_of_vietnam_and_imports_mostly_of_china() -> None:
    assert all(kind.origins == (("VN", 1.0),) for kind in kinds() if kind.flow == "export")
    imports = [kind for kind in kinds() if kind.flow == "import"]
    assert sum(dict(kind.origins).get("CN", 0) for kind in imports) > 0.8 * len(imports)
    assert not any("VN" in dict(kind.origins) for kind in imports)


def test_fresh_fruit_for_export_peaks_from_april_to_june() -> None:
    """As reported of Lạng Sơn: fresh fruit crowds the gates in April to June."""
    fruit = [kind for kind in kinds() if kind.group == "fruit" and kind.flow == "export" and kind.perishable]
    by_month = [sum(kind.share * kind.lot * kind.season[month] for kind in fruit) for month in range(12)]
    assert sum(by_month[3:6]) > 1.25 * sum(by_month) / 4


def test_what_is_special_is_marked() -> None:
    marked = Counter(
        trait for kind in kinds() for trait in ("perishable", "luxury", "controlled") if getattr(kind, trait)
    )
    assert min(marked.values()) >= 15
    assert len(marked) == 3
    assert all(int(kind.hs[:2]) <= 24 for kind in kinds() if kind.perishable)
    assert {kind.group for kind in kinds()} >= GROUPS_OF_THE_GATES


def test_names_are_composed_and_not_too_vague_to_classify() -> None:
    vague = column("vague_terms.csv", "term")
    keys = {vague_key(term) for term in vague} - {""}
    for kind in kinds():
        for name in (kind.name_vi, kind.short_vi):
            assert name == unicodedata.normalize("NFC", name)
            assert len(name) >= 3
        assert kind.name_en.isascii(), kind.key
        assert vague_key(kind.name_vi) not in keys, kind.key


def test_brands_and_models_are_there_where_goods_have_them() -> None:
    made = [kind for kind in kinds() if kind.hs[:2] in {"84", "85", "87", "94", "95"}]
    assert all(len(kind.brands) >= 3 and len(set(kind.models)) >= 4 for kind in made)
    assert not any(kind.models for kind in kinds() if int(kind.hs[:2]) <= 14)


def test_every_row_says_that_its_figures_are_invented() -> None:
    assert {"invented_price_usd", "invented_price_sigma"} <= set(CATALOG[0])
    assert all(row["source"].startswith("invented for practice") for row in CATALOG)


def test_the_catalog_ships_in_the_package() -> None:
    assert files("thongquan.reference").joinpath("practice/catalog.csv").is_file()


@pytest.mark.parametrize(
    ("field", "value"),
    [("season", "1 2 3"), ("season", "0 " * 12), ("traits", "perishable shiny"), ("invented_price_usd", "dear")],
)
def test_a_row_that_is_not_one_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        kind_of(CATALOG[0] | {field: value})
