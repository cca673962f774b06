"""Nomenclature and tariff lines: carried over whole, every unit and every VAT alternative known."""

from __future__ import annotations

from tests.reference.files import alternatives, column, rows
from thongquan.rules.text import fold

VAT_ALTERNATIVES = {"*", "5", "8", "10"}


def test_the_carried_lines_and_tree_are_complete() -> None:
    assert len(rows("tariff/vn_lines.csv")) == 1619
    tree = rows("nomenclature/hs2022.csv")
    levels = {level: sum(row["level"] == level for row in tree) for level in ("2", "4", "6")}
    assert levels == {"2": 96, "4": 1228, "6": 5612}


def test_every_node_has_its_parent_and_section() -> None:
    codes = column("nomenclature/hs2022.csv", "code")
    assert column("nomenclature/hs2022.csv", "parent") - {""} <= codes
    assert column("nomenclature/hs2022.csv", "section") == column("nomenclature/sections.csv", "code")
    assert column("nomenclature/chapters.csv", "code") == column("nomenclature/hs2022.csv", "code", level="2")


def test_every_line_hangs_on_the_six_digit_tree() -> None:
    assert {code[:6] for code in column("tariff/vn_lines.csv", "hs8")} <= column("nomenclature/hs2022.csv", "code")


def test_every_vat_alternative_is_one_we_know() -> None:
    for cell in column("tariff/vn_lines.csv", "vat"):
        assert set(alternatives(cell)) <= VAT_ALTERNATIVES, cell


def test_every_line_allows_a_vat_rate_after_the_reduction_ends() -> None:
    drop = [row for row in rows("tariff/transitions.csv") if row["action"] == "drop_option"]
    assert [(row["tax"], row["match"], row["valid_from"]) for row in drop] == [("vat", "8", "2027-01-01")]
    assert all(set(alternatives(cell)) - {"8"} for cell in column("tariff/vn_lines.csv", "vat"))


def test_every_replaced_cell_occurs_in_the_lines() -> None:
    for row in rows("tariff/transitions.csv"):
        if row["action"] == "replace_cell":
            assert row["match"] in column("tariff/vn_lines.csv", row["column"]), row


def test_columns_explain_every_rate_of_a_line() -> None:
    described = column("tariff/columns.csv", "column")
    assert described == set(rows("tariff/vn_lines.csv")[0]) - {"hs8", "unit", "edition_date", "source"}
    assert column("tariff/columns.csv", "schedule") - {""} <= column("schedules.csv", "code")


def test_what_source_b_leaves_out_is_unknown_and_not_zero() -> None:
    assert column("tariff/columns.csv", "column", blank_B="unknown") == {"rcep", "excise"}
    of_b = [row for row in rows("tariff/vn_lines.csv") if row["source"] == "B"]
    assert {(row["rcep"], row["excise"]) for row in of_b} == {("", "")}


def test_every_unit_word_of_the_tariff_has_codes() -> None:
    aliases = {fold(unit) for unit in column("unit_aliases.csv", "unit")}
    assert {fold(unit) for unit in column("tariff/vn_lines.csv", "unit")} <= aliases
    codes = {code for row in rows("unit_aliases.csv") for code in row["codes"].split()}
    assert codes <= column("code_lists.csv", "code", list="unit")


def test_names_belong_to_lines_and_cover_every_chapter() -> None:
    lines, named = column("tariff/vn_lines.csv", "hs8"), column("nomenclature/vn_names.csv", "hs8")
    assert named <= lines
    assert len(named) >= 300
    assert {code[:2] for code in named} == {code[:2] for code in lines}


def test_conditions_point_at_chapters_that_exist() -> None:
    codes = column("nomenclature/hs2022.csv", "code")
    for file in ("conditions.csv", "practice/conditions.csv"):
        assert column(file, "hs_prefix") <= codes
        assert column(file, "verified") == {"no"}
