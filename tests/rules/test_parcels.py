"""Parcels by express, told in YAML; and what must hold for any of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_situations import plain, put
from thongquan.rules.facts import Draw
from thongquan.rules.law import Cell, ExchangeRate, LineLaw, Option, Parameter, RegimeLaw, RegimeTax
from thongquan.rules.parcel_checks import judge
from thongquan.rules.parcels import NEEDED, Parcel, ParcelGoods, ParcelLaw, draw_parcel

ON = date(2026, 11, 20)
CASES = [
    pytest.param(case, id=case["title"])
    for case in yaml.safe_load((Path(__file__).parent / "situations/parcels/parcels.yaml").read_text(encoding="utf-8"))
]
VALUES = {
    "description_min_length": "10",
    "express_minimum_tax_vnd": "100000",
    "express_minimum_value_vnd": "1000000",
    "express_vat_due": "true",
    "fee_exempt_express_tax_vnd": "100000",
    "fee_exempt_express_value_vnd": "1000000",
    "fee_import_vnd": "20000",
    "minimum_not_for": "A,BDR,F",
    "ordinary_multiplier": "1.5",
    "parcel_goods_most": "20",
    "parcel_regime": "H11",
    "parcel_tax_counts": "all",
    "random_share": "0.05",
    "rounding_mode": "half_up",
    "trade_defense_in_sct_base": "true",
}
PARCEL = Parcel(
    consignment="VN261120000001",
    sender="Guangxi Trading",
    sender_country="CN",
    recipient="Nguyễn Văn An",
    recipient_id="001099012345",
    address="12 Trần Đăng Ninh, Lạng Sơn",
    weight_kg=Decimal("0.4"),
    currency="CNY",
    goods=(
        ParcelGoods(
            description="Áo thun cotton nam cổ tròn",
            hs="61091010",
            origin="CN",
            quantity=Decimal(2),
            unit="PCE",
            value=Decimal(120),
        ),
    ),
)


def _cell(tax: Any, rate: str, schedule: str = "") -> Cell:
    option = Option(key=rate.removeprefix("0."), rate=Decimal(rate))
    return Cell(tax=tax, schedule=schedule, options=(option,), valid_from=ON, source="Situation")


def law() -> ParcelLaw:
    cells = (_cell("import_duty", "0.20", "B01"), _cell("vat", "0.10"))
    taxes = tuple(RegimeTax(tax=tax, treatment="due", source="S", valid_from=ON) for tax in ("import_duty", "vat"))
    return ParcelLaw(
        version="1.test",
        on=ON,
        at=datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=7))),
        regime=RegimeLaw(code="H11", exists=True, flow="import", taxes=taxes),
        parameters={name: Parameter(value=value, valid_from=ON, source="S") for name, value in VALUES.items()},
        rates={"CNY": ExchangeRate(currency="CNY", vnd=Decimal(3600), valid_from=ON, source="S")},
        known_codes=frozenset({"country/CN", "currency/CNY", "currency/VND", "unit/PCE"}),
        goods={"61091010": LineLaw(hs="61091010", exists=True, unit="PCE", cells=cells)},
    )


def changed(value: Any, changes: dict[str, Any]) -> Any:
    tree = plain(value)
    for path, new in changes.items():
        put(tree, path, new)
    return msgspec.convert(tree, type(value), strict=False)


@pytest.mark.parametrize("case", CASES)
def test_situation(case: dict[str, Any]) -> None:
    assert set(case) <= {"title", "source", "parcel", "law", "draw", "expect"}
    parcel, of_day = changed(PARCEL, case.get("parcel", {})), changed(law(), case.get("law", {}))
    luck = Draw(value=Decimal(case.get("draw", "0.9")), key_id="k")
    verdict, expect = judge(parcel, of_day, luck), case["expect"]
    assert [str(one.code) for one in verdict.faults if one.severity == "error"] == expect["faults"]
    assert verdict.accepted is (not expect["faults"])
    if "warnings" in expect:
        assert [str(one.code) for one in verdict.faults] == expect["warnings"]
    if "totals" in expect:
        assert verdict.totals_vnd == {tax: Decimal(vnd) for tax, vnd in expect["totals"].items()}
    if "reasons" in expect:
        assert [str(one.code) for one in verdict.reasons] == expect["reasons"]
    for name in ("value_vnd", "due_vnd", "fee_vnd", "channel", "relieved_by"):
        if name in expect:
            assert getattr(verdict, name) == expect[name]
    if not verdict.accepted:
        assert verdict.channel is None
        assert not verdict.due_vnd


def test_the_paths_of_faults_name_goods() -> None:
    verdict = judge(changed(PARCEL, {"goods[0].hs": "1"}), law(), None)
    assert [fault.path for fault in verdict.faults] == ["goods[0].hs"]


def test_another_waybill_draws_no_other_number() -> None:
    first = draw_parcel(PARCEL, secret=b"s", key_id="k")
    assert draw_parcel(changed(PARCEL, {"consignment": "VN9", "weight_kg": 9}), secret=b"s", key_id="k") == first
    assert draw_parcel(changed(PARCEL, {"goods[0].value": 121}), secret=b"s", key_id="k") != first
    assert draw_parcel(changed(PARCEL, {"recipient_id": "2"}), secret=b"s", key_id="k") != first


def test_every_needed_parameter_is_in_the_situations() -> None:
    assert set(NEEDED) <= set(VALUES)


amounts = st.decimals(allow_nan=True, allow_infinity=True, places=None)


@given(value=amounts, quantity=amounts, freight=amounts, text=st.text(max_size=60))
def test_any_parcel_has_a_verdict_and_the_same_one_again(
    value: Decimal, quantity: Decimal, freight: Decimal, text: str
) -> None:
    goods = msgspec.structs.replace(PARCEL.goods[0], value=value, quantity=quantity, description=text, hs=text[:8])
    both = (goods, msgspec.structs.replace(goods, hs="61091010", description="Áo thun cotton nam"))
    parcel = msgspec.structs.replace(PARCEL, goods=both, freight=freight, recipient=text, consignment=text)
    verdict = judge(parcel, law(), None)
    assert verdict == judge(parcel, law(), None)
    assert verdict.accepted or verdict.faults


@given(value=st.integers(1, 2_000_000))
def test_what_the_lane_takes_is_within_a_limit(value: int) -> None:
    parcel = changed(PARCEL, {"currency": "VND", "goods[0].value": value})
    verdict = judge(parcel, law(), None)
    assert verdict.accepted == (value <= 1_000_000)
    assert "import_duty" not in verdict.totals_vnd
