"""The sample day: the same for the same seed, whole in itself, invented throughout."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import msgspec
import pytest

from thongquan.practice import Goods, goods_of, invented_enterprises, sample_day
from thongquan.practice.enterprises import FICTITIOUS
from thongquan.practice.places import GATES
from thongquan.rules.document import Document
from thongquan.rules.draw import canonical

DAYS = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 6), date(2027, 3, 1), date(2028, 2, 29)]


@pytest.fixture(scope="module")
def goods() -> list[Goods]:
    text = files("thongquan.reference").joinpath("practice/goods.csv").read_text(encoding="utf-8")
    return [goods_of(row) for row in csv.DictReader(text.splitlines())]


@pytest.fixture(scope="module")
def day(goods: list[Goods]) -> list[Document]:
    return sample_day("test", DAYS[0], goods, invented_enterprises("test"))


def test_the_same_seed_gives_the_same_day_and_another_seed_another(goods: list[Goods]) -> None:
    traders = invented_enterprises("test")
    first, again = (sample_day("one", DAYS[0], goods, traders, count=40) for _ in range(2))
    assert first == again
    assert first != sample_day("two", DAYS[0], goods, traders, count=40)
    assert first != sample_day("one", DAYS[1], goods, traders, count=40)


def test_a_day_has_both_flows_many_gates_and_many_regimes(day: list[Document]) -> None:
    flows = Counter(document.flow for document in day)
    assert len(day) >= 300
    assert 0.68 < flows["import"] / len(day) < 0.82
    assert {document.gate for document in day} >= {"LS01", "LS02", "LS03", "LS04", "LS05", "QN01"}
    assert {document.regime for document in day} >= {"A11", "A12", "B11", "B13", "E21", "E31", "E62", "G11", "G21"}
    counts = [len(document.lines) for document in day]
    assert min(counts) == 1
    assert 8 <= max(counts) <= 12


def test_sums_weights_and_packages_agree(day: list[Document]) -> None:
    for document in day:
        assert document.invoice is not None
        assert sum(line.value or 0 for line in document.lines) == document.invoice.amount
        assert sum(line.gross_weight_kg or 0 for line in document.lines) == document.gross_weight_kg
        assert sum(pack.quantity or 0 for line in document.lines for pack in line.packages) == document.packages
        for line in document.lines:
            assert line.net_weight_kg is not None
            assert line.gross_weight_kg is not None
            assert 0 < line.net_weight_kg <= line.gross_weight_kg
            assert abs((line.unit_price or 0) * (line.quantity or 0) - (line.value or 0)) <= Decimal("0.005")


def test_regimes_bring_their_dates_and_references(day: list[Document]) -> None:
    for document in day:
        assert (document.temporary_until is not None) == (document.regime == "G11")
        assert (document.temporary_reference is not None) == (document.regime == "G21")
        if document.temporary_reference:
            assert re.fullmatch(r"1\d{10}0", document.temporary_reference)
        gate = GATES[document.gate or ""]
        assert (document.office, document.transport_mode) == (gate.office, gate.mode)


def test_no_two_declarations_of_two_days_are_the_same(goods: list[Goods]) -> None:
    traders = invented_enterprises("test")
    days = [sample_day("test", on, goods, traders) for on in (DAYS[0], DAYS[0] + timedelta(days=1))]
    assert len({canonical(document) for documents in days for document in documents}) == sum(map(len, days))


@pytest.mark.parametrize("on", DAYS)
def test_rates_claimed_are_those_of_the_day(goods: list[Goods], on: date) -> None:
    documents = sample_day("test", on, goods, invented_enterprises("test"))
    rates = {choice.rate for document in documents for line in document.lines for choice in line.choices}
    assert ("8" in rates) == (on <= date(2026, 12, 31))
    assert rates <= {"5", "8", "10", "*"}
    exports = [document for document in documents if document.flow == "export"]
    assert not any(line.choices or line.schedule for document in exports for line in document.lines)


@pytest.mark.parametrize("on", DAYS)
def test_only_goods_in_season_are_traded_and_papers_are_not_dated_later(goods: list[Goods], on: date) -> None:
    seasons: dict[tuple[str, str], frozenset[int]] = {(one.hs, one.description): one.months for one in goods}
    for document in sample_day("test", on, goods, invented_enterprises("test")):
        assert document.invoice is not None
        assert document.invoice.issued_on is not None
        assert document.invoice.issued_on <= on
        for line in document.lines:
            assert on.month in seasons[line.hs or "", line.description or ""]
            assert line.certificate is None or (line.certificate.issued_on or on) <= on


def test_preference_is_claimed_with_proof_of_origin_only(day: list[Document]) -> None:
    claims = {(line.schedule, line.certificate and line.certificate.form) for one in day for line in one.lines}
    assert ("B05", "E") in claims
    assert all((form is None) == (schedule in ("B01", None)) for schedule, form in claims)


def test_enterprises_are_invented_and_many() -> None:
    traders = invented_enterprises("test", count=48)
    assert len({trader.tax_code for trader in traders}) == len({trader.name for trader in traders}) == 48
    assert all(trader.tax_code.startswith(FICTITIOUS) and len(trader.tax_code) == 10 for trader in traders)


def test_clients_of_a_broker_name_it(goods: list[Goods]) -> None:
    traders = invented_enterprises("test")
    broker = traders[0]
    clients = {trader.tax_code: broker for trader in traders[1:10]}
    documents = sample_day("test", DAYS[0], goods, traders, brokers=clients)
    for document in documents:
        assert document.trader is not None
        named = document.agent.tax_code if document.agent else None
        assert named == (broker.tax_code if document.trader.tax_code in clients else None)
    assert any(document.agent for document in documents)


def test_the_unit_of_the_nomenclature_is_given_beside_that_of_the_invoice(goods: list[Goods]) -> None:
    known = [msgspec.structs.replace(one, units=("KGM", "PCE")) for one in goods]
    documents = sample_day("test", DAYS[0], known, invented_enterprises("test"), count=120)
    for document in documents:
        for line in document.lines:
            assert line.unit2 in {"KGM", "PCE"} - {line.unit}
            assert line.quantity2
            if line.unit2 == "KGM":
                assert line.quantity2 == line.net_weight_kg


def test_without_goods_of_both_flows_there_is_no_day(goods: list[Goods]) -> None:
    exports = [one for one in goods if one.flow == "export"]
    with pytest.raises(ValueError, match="both flows"):
        sample_day("test", DAYS[0], exports, invented_enterprises("test"))


@pytest.mark.parametrize(("text", "months"), [("1-12", range(1, 13)), ("10-4", [10, 11, 12, 1, 2, 3, 4]), ("5-5", [5])])
def test_seasons_may_run_over_the_new_year(goods: list[Goods], text: str, months: list[int]) -> None:
    row = {
        **dict.fromkeys(("hs8", "flow", "name_vi", "unit", "currency", "package_kind", "origin"), "x"),
        **dict.fromkeys(("price_low", "price_high", "net_kg_per_unit", "quantity_low", "quantity_high"), "1"),
        **dict.fromkeys(("units_per_package", "certificate_share", "weight"), "1"),
        **dict.fromkeys(("vat_choice", "vat_reason", "regimes", "gates", "schedule", "certificate_form"), ""),
        "months": text,
    }
    assert goods_of(row).months == frozenset(months)
