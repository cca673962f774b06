"""The goods of the practice day: each could be lodged, with a rate and a schedule that the tariff allows."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.reference.files import Row, alternatives, column, rows

GOODS = rows("practice/goods.csv")
LINES = {row["hs8"]: row for row in rows("tariff/vn_lines.csv")}
UNITS = {row["unit"]: row["codes"].split() for row in rows("unit_aliases.csv")}
CELL_OF = {"B01": "mfn", "B04": "atiga", "B05": "acfta", "RCEP": "rcep"}
ONE_RATE = re.compile(r"(\d+(?:[.,]\d+)?)(?: \(-([A-Z, ]+)\))?")
IMPORTS = [good for good in GOODS if good["flow"] == "import"]


def _id(good: Row) -> str:
    return good["key"]


def test_there_are_enough_kinds_of_both_flows() -> None:
    assert len(GOODS) >= 120
    assert min(sum(good["flow"] == flow for good in GOODS) for flow in ("import", "export")) >= 40


@pytest.mark.parametrize("good", GOODS, ids=_id)
def test_codes_of_a_good_are_known(good: Row) -> None:
    line = LINES[good["hs8"]]
    assert good["unit"] in UNITS[line["unit"]]
    assert good["package_kind"] in column("code_lists.csv", "code", list="package_kind")
    assert good["origin"] in column("code_lists.csv", "code", list="country")
    assert good["currency"] in column("practice/exchange_rates_base.csv", "currency")
    assert set(good["regimes"].split()) <= column("regimes.csv", "code", flow=good["flow"])
    assert set(good["gates"].split()) <= column("gates.csv", "code")
    assert len(good["name_vi"]) <= 200


@pytest.mark.parametrize("good", GOODS, ids=_id)
def test_ranges_of_a_good_make_sense(good: Row) -> None:
    number = {name: Decimal(good[name]) for name in good if name.endswith(("_low", "_high", "_unit", "_share"))}
    assert 0 < number["price_low"] <= number["price_high"]
    assert 0 < number["quantity_low"] <= number["quantity_high"]
    assert number["net_kg_per_unit"] > 0
    assert 0 <= number["certificate_share"] <= 1
    assert Decimal(good["units_per_package"]) > 0
    assert int(good["weight"]) > 0
    first, _, last = good["months"].partition("-")
    assert 1 <= int(first) <= 12
    assert 1 <= int(last) <= 12


@pytest.mark.parametrize("good", IMPORTS, ids=_id)
def test_an_import_claims_one_rate_that_the_tariff_gives(good: Row) -> None:
    line = LINES[good["hs8"]]
    cell = ONE_RATE.fullmatch(line[CELL_OF[good["schedule"]]])
    assert cell is not None
    assert good["origin"] not in (cell[2] or "").split(", ")
    assert good["vat_choice"] in alternatives(line["vat"])
    assert good["vat_reason"]
    assert line["excise"] == "" or ONE_RATE.fullmatch(line["excise"])
    assert line["environment_tax"] == ""
    if good["schedule"] != "B01":
        members = next(row["members"] for row in rows("schedules.csv") if row["code"] == good["schedule"])
        assert good["origin"] in members.split()
        assert good["certificate_form"]
        assert Decimal(good["certificate_share"]) > 0


@pytest.mark.parametrize("good", [good for good in GOODS if good["flow"] == "export"], ids=_id)
def test_an_export_names_its_origin_and_bears_no_import_choice(good: Row) -> None:
    assert good["name_vi"].endswith(f"#&{good['origin']}")
    assert (good["schedule"], good["vat_choice"], good["vat_reason"]) == ("", "", "")
    assert LINES[good["hs8"]]["export_duty"] == "" or ONE_RATE.fullmatch(LINES[good["hs8"]]["export_duty"])


def test_practice_exchange_rates_do_not_pass_for_published_ones() -> None:
    assert column("practice/exchange_rates_base.csv", "source") == {"practice figure, not a published rate"}
    assert column("practice/exchange_rates_base.csv", "verified") == {"no"}
