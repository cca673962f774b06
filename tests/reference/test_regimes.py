"""Regimes, their taxes, offices and code lists against the facts they were written from."""

from __future__ import annotations

from typing import get_args

from tests.reference.files import column, rows
from thongquan.rules.coded import HEADER, INVOICE, LINE
from thongquan.rules.law import Tax, Treatment

INVENTED = {"A13", "A81", "B14", "E46", "E56", "AEO", "PAY"}
NOT_CODE_LISTS = {"office", "gate"}


def test_decision_1357_counts_24_import_and_16_export_regimes() -> None:
    assert len(column("regimes.csv", "code", flow="import")) == 24
    assert len(column("regimes.csv", "code", flow="export")) == 16


def test_regimes_that_do_not_exist_are_not_shipped() -> None:
    assert not INVENTED & column("regimes.csv", "code")


def test_only_the_starred_meanings_of_regimes_are_unverified() -> None:
    assert column("regimes.csv", "code", verified="no") == {"A43", "A44", "E33", "H11", "H21"}


def test_temporary_imports_need_their_date_and_re_exports_their_reference() -> None:
    assert column("regimes.csv", "code", needs_temporary_date="yes") == {"G11", "G12", "G13", "G14"}
    assert column("regimes.csv", "code", needs_reference="yes") == {"G21", "G22", "G23", "G24"}


def test_every_regime_says_how_it_treats_every_tax() -> None:
    expected = {(regime["code"], tax) for regime in rows("regimes.csv") for tax in get_args(Tax)}
    assert {(row["regime"], row["tax"]) for row in rows("regime_taxes.csv")} == expected
    assert column("regime_taxes.csv", "treatment") <= set(get_args(Treatment))


def test_a_treatment_without_a_source_is_due_and_unverified() -> None:
    unsourced = [row for row in rows("regime_taxes.csv") if row["source"].startswith("unverified: no source")]
    assert unsourced
    assert {(row["treatment"], row["verified"]) for row in unsourced} == {("due", "no")}


def test_exports_bear_export_duty_only() -> None:
    exports = column("regimes.csv", "code", flow="export")
    for row in rows("regime_taxes.csv"):
        if row["regime"] in exports:
            assert row["treatment"] == ("due" if row["tax"] == "export_duty" else "not_subject"), row


def test_offices_and_gates_refer_to_offices() -> None:
    offices = column("offices.csv", "code")
    assert column("offices.csv", "parent") - {""} <= offices
    assert column("gates.csv", "office") <= offices
    assert column("offices.csv", "code", kind="region") == {"VI", "VIII"}
    assert column("offices.csv", "verified", kind="border_office") == {"no"}


def test_the_eight_gates_of_decree_153_are_shipped_from_its_first_day() -> None:
    assert len(rows("gates.csv")) == 8
    assert column("gates.csv", "valid_from") == {"2026-07-05"}


def test_every_list_that_a_document_is_checked_against_is_shipped() -> None:
    wanted = {name for _, name in (*HEADER, *INVOICE, *LINE)} | {"adjustment", "permit_kind", "package_kind"}
    assert wanted - NOT_CODE_LISTS <= column("code_lists.csv", "list")


def test_countries_are_those_of_iso_3166() -> None:
    countries = column("code_lists.csv", "code", list="country")
    assert len(countries) == 249
    assert {"VN", "CN", "LA", "KH", "HK", "MO", "TW"} <= countries


def test_every_schedule_is_also_a_code_and_its_members_are_countries() -> None:
    assert column("code_lists.csv", "code", list="schedule") == column("schedules.csv", "code")
    countries = column("code_lists.csv", "code", list="country")
    forms = column("code_lists.csv", "code", list="certificate_form")
    for schedule in rows("schedules.csv"):
        assert set(schedule["members"].split()) <= countries
        assert bool(schedule["members"]) == (schedule["preferential"] == "yes"), schedule["code"]
        assert schedule["form"] in forms | {""}


def test_gate_modes_are_transport_modes() -> None:
    modes = column("code_lists.csv", "code", list="transport_mode")
    assert all(set(gate["modes"].split()) <= modes for gate in rows("gates.csv"))
