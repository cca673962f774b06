"""Parameters: those the rules need are there, readable, and dated as the law says."""

from __future__ import annotations

from decimal import Decimal

from tests.reference.files import column, rows
from thongquan.rules.parameters import NEEDED
from thongquan.rules.text import vague_key


def _series(name: str) -> list[tuple[str, str]]:
    found = [(row["valid_from"], row["value"]) for row in rows("parameters.csv") if row["name"] == name]
    return sorted(found)


def test_every_parameter_that_the_rules_need_is_shipped() -> None:
    assert {name for names in NEEDED.values() for name in names} <= column("parameters.csv", "name")


def test_trade_defense_enters_the_excise_base_from_2026_unverified() -> None:
    assert _series("trade_defense_in_sct_base") == [("2021-06-01", "false"), ("2026-01-01", "true")]
    later = [row for row in rows("parameters.csv") if row["name"] == "trade_defense_in_sct_base"][-1]
    assert later["verified"] == "no"


def test_the_reduced_vat_rate_ends_with_2026() -> None:
    assert _series("vat_reduced_rate")[-1] == ("2027-01-01", "")
    assert _series("vat_reduced_until")[-1][1] == "2026-12-31"


def test_express_goods_owe_vat_since_the_repeal_of_decision_78() -> None:
    assert _series("express_vat_due") == [("2021-06-01", "false"), ("2025-02-18", "true")]


def test_amounts_and_shares_are_plain_numbers() -> None:
    for row in rows("parameters.csv"):
        if row["name"].endswith(("_vnd", "_days", "_share", "_rate", "_hours")) and row["value"]:
            assert Decimal(row["value"]) >= 0, row


def test_house_rules_do_not_pass_for_law() -> None:
    house = [row for row in rows("parameters.csv") if "house rule" in row["source"]]
    assert {row["name"] for row in house} == {
        "advance_ruling_answer_days",
        "advance_ruling_intake_days",
        "description_min_length",
        "exit_slip_hours",
        "integrity_answer_days",
        "integrity_days",
        "integrity_keep_days",
        "origin_verification_share",
        "parcel_goods_most",
        "payment_order",
        "price_band_days",
        "price_band_least",
        "price_band_width",
        "question_answer_hours",
        "random_share",
        "resident_data_months",
        "resident_form_days",
        "resident_form_lines",
        "resident_neighbor_country",
        "resident_same_buyer",
        "resident_same_hour",
        "resident_same_phone",
        "resident_same_plate",
        "resident_vehicle_hours",
        "selection_cap",
        "selection_exploration",
        "selection_minutes",
        "selection_minutes_each",
        "selection_trade_off",
        "similar_goods_minutes",
    }
    assert {row["verified"] for row in house} == {"no"}


def test_vague_terms_are_listed_in_four_languages() -> None:
    assert column("vague_terms.csv", "language") == {"vi", "en", "zh", "fr"}


def test_goods_of_the_practice_world_are_not_vague() -> None:
    vague = {vague_key(row["term"]) for row in rows("vague_terms.csv")} | {""}
    names = column("practice/catalog.csv", "name_vi") | column("practice/catalog.csv", "name_en") - {""}
    assert {name for name in names if vague_key(name) in vague} == set()
