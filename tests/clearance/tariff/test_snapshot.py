"""The law of a day, cut for one document."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongquan.clearance.tariff import models
from thongquan.clearance.tariff.operations import ensure_practice_rates, load_reference
from thongquan.clearance.tariff.queries import LawSnapshot, current, current_law, forget_law
from thongquan.rules.document import Document, Invoice, Line, Money
from thongquan.rules.law import Cell, LawOfDay

DAY = date(2026, 11, 18)
pytestmark = pytest.mark.usefixtures("practice")


@pytest.fixture
def law(law_dir: Path, at: datetime) -> LawSnapshot:
    load_reference(at=at, directory=law_dir)
    ensure_practice_rates(on=DAY, at=at, directory=law_dir)
    return current_law()


def document(**changes: object) -> Document:
    line = Line(number=1, hs="07032090", description="Hàng hóa", origin="CN", unit="KGM", schedule="B05")
    values: dict[str, object] = {
        "flow": "import",
        "regime": "A11",
        "office": "15BB",
        "gate": "LS01",
        "invoice": Invoice(currency="CNY"),
        "lines": (line,),
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]  # fields of a document


def vat_keys(law: LawOfDay) -> list[str]:
    return [option.key for option in cell(law, "vat").options]


def cell(law: LawOfDay, tax: str, schedule: str = "") -> Cell:
    return next(one for one in law.lines[0].cells if (one.tax, one.schedule) == (tax, schedule))


def test_slice_holds_what_the_document_needs(law: LawSnapshot) -> None:
    slice_ = law.slice_for(document(), DAY)
    assert slice_.regime.exists
    assert [tax.treatment for tax in slice_.regime.taxes] == ["due"]
    assert {"office/15BB", "gate/LS01", "unit/KGM", "currency/CNY", "schedule/B05"} <= slice_.known_codes
    assert set(slice_.schedules) == {"B05"}
    assert set(slice_.rates) == {"CNY"}
    assert slice_.parameters["max_lines"].value == "50"
    (line,) = slice_.lines
    assert (line.exists, line.unit, line.additional_unit) == (True, "KGM", None)
    assert {(one.tax, one.schedule) for one in line.cells} == {
        ("import_duty", "B01"),
        ("import_duty", "B05"),
        ("vat", ""),
        ("sct", ""),
    }
    assert [one.code for one in line.conditions] == ["PQ", "GATE"]
    assert slice_.vague_terms


def test_export_sees_export_duty_alone(law: LawSnapshot) -> None:
    line = Line(number=1, hs="22086000")
    slice_ = law.slice_for(document(flow="export", lines=(line,)), DAY)
    assert [one.tax for one in slice_.lines[0].cells] == ["export_duty"]
    assert slice_.lines[0].conditions == ()


def test_reduced_vat_ends_with_the_year(law: LawSnapshot) -> None:
    assert vat_keys(law.slice_for(document(), date(2026, 12, 31))) == ["*", "5", "8", "10"]
    after = law.slice_for(document(), date(2027, 1, 1))
    assert vat_keys(after) == ["*", "5", "10"]
    assert "Resolution 204" in cell(after, "vat").source
    whisky = document(lines=(Line(number=1, hs="22086000"),))
    alone = cell(law.slice_for(whisky, date(2027, 1, 1)), "vat")
    assert [(option.key, option.condition) for option in alone.options] == [("10", "")]


def test_regime_changes_with_the_day(law: LawSnapshot) -> None:
    before, after = (law.regime("G11", day).taxes[0].treatment for day in (date(2027, 2, 28), date(2027, 3, 1)))
    assert (before, after) == ("exempt", "due")
    assert not law.regime("G11", date(2020, 1, 1)).exists


def test_excluded_origins_travel_with_the_cell(law: LawSnapshot) -> None:
    assert cell(law.slice_for(document(), DAY), "import_duty", "B05").excluded == ("KH",)


def test_unknown_code_does_not_exist(law: LawSnapshot) -> None:
    (line,) = law.slice_for(document(lines=(Line(number=1, hs="99999999"),)), DAY).lines
    assert (line.hs, line.exists, line.cells) == ("99999999", False, ())


def test_code_is_not_known_before_its_day(law: LawSnapshot) -> None:
    assert not law.slice_for(document(), date(2026, 1, 5)).lines[0].exists
    assert law.slice_for(document(), date(2026, 1, 6)).lines[0].exists


def test_rate_serves_its_own_week_only(law: LawSnapshot, at: datetime) -> None:
    monday = DAY - timedelta(days=DAY.weekday())
    last = monday + timedelta(weeks=2, days=6)
    assert law.rate("CNY", monday) == law.rate("CNY", monday + timedelta(days=6))
    assert law.rate("CNY", last) is not None
    assert law.rate("CNY", last + timedelta(days=1)) is None
    assert law.slice_for(document(), last + timedelta(days=1)).rates == {}


def test_rates_of_freight_and_insurance_come_too(law: LawSnapshot) -> None:
    money = Money(amount=Decimal(1), currency="USD")
    assert set(law.slice_for(document(freight=money), DAY).rates) == {"CNY", "USD"}


def test_before_the_first_load_nothing_is_known() -> None:
    forget_law()
    slice_ = current_law().slice_for(document(), DAY)
    assert not slice_.regime.exists
    assert slice_.known_codes == frozenset()


def test_new_version_is_seen_after_a_load(law: LawSnapshot, law_dir: Path, at: datetime) -> None:
    parameters = law_dir / "parameters.csv"
    parameters.write_text(parameters.read_text().replace("max_lines,50", "max_lines,60"))
    load_reference(at=at, directory=law_dir)
    assert current_law().version != law.version
    found = current_law().parameter("max_lines", DAY)
    assert found is not None
    assert found.value == "60"


_text = st.one_of(st.none(), st.text(max_size=9), st.sampled_from(["07032090", "22086000", "B05", "CN", "KGM"]))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    on=st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
    flow=st.sampled_from(["import", "export"]),
    texts=st.lists(_text, min_size=7, max_size=7),
)
def test_a_slice_is_cut_for_any_document(law: LawSnapshot, on: date, flow: str, texts: list[str | None]) -> None:
    hs, origin, unit, schedule, regime, office, words = texts
    line = Line(number=1, hs=hs, origin=origin, unit=unit, schedule=schedule, description=words)
    slice_ = law.slice_for(document(flow=flow, regime=regime, office=office, lines=(line, line)), on)
    assert len(slice_.lines) == 2
    assert slice_.on == on


def test_load_by_another_process_is_seen_when_the_held_law_is_no_longer_fresh(
    law: LawSnapshot, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr(current, "FRESH_SECONDS", 3600)
    models.LawVersion.objects.create(digest="f" * 64, loaded_at=at, origin="elsewhere")
    assert current_law() is law
    monkeypatch.setattr(current, "FRESH_SECONDS", 0)
    newer = current_law()
    assert newer.version.endswith(".ffffffff")
    assert newer.slice_for(document(), DAY).lines == law.slice_for(document(), DAY).lines
