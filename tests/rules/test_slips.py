"""The exit slip at a gate: plate, gate and hours, each refused with its reason, all at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from thongquan.rules.codes import Code
from thongquan.rules.slips import Slip, passing_faults, plain_plate

BEGIN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SLIP = Slip(
    realm="practice",
    serial="7K3M9QXT2P",
    number="101234567890",
    plate="29C-123.45",
    gate="LS01",
    valid_from=BEGIN,
    valid_until=BEGIN + timedelta(hours=4),
)


def codes(*, plate: str = "29C12345", gate: str = "LS01", at: datetime = BEGIN) -> list[str]:
    return [fault.code for fault in passing_faults(SLIP, plate=plate, gate=gate, at=at)]


def test_the_right_vehicle_at_the_right_gate_in_its_hours_passes() -> None:
    assert codes() == []
    assert codes(plate=" 29c 123.45 ", at=SLIP.valid_until - timedelta(seconds=1)) == []


@pytest.mark.parametrize("at", [BEGIN - timedelta(seconds=1), SLIP.valid_until])
def test_outside_its_hours_it_is_refused_and_the_end_is_outside(at: datetime) -> None:
    assert codes(at=at) == [Code.TQ_CTL_082]
    told = passing_faults(SLIP, plate="29C12345", gate="LS01", at=at)[0].values
    assert told["valid_until"] == "20/11/2026 14:00"


def test_another_plate_another_gate_and_no_plate_are_refused() -> None:
    assert codes(plate="29C12346") == [Code.TQ_CTL_083]
    assert codes(gate="LS02") == [Code.TQ_CTL_084]
    assert codes(plate=" - ") == [Code.TQ_CTL_091]
    assert codes(plate="X1", gate="LS02", at=SLIP.valid_until) == [Code.TQ_CTL_083, Code.TQ_CTL_084, Code.TQ_CTL_082]


def test_plates_are_compared_without_their_dashes_but_not_without_their_letters() -> None:
    assert plain_plate("桂F-A1234") == plain_plate("桂fa1234") != plain_plate("粤FA1234")
    assert plain_plate("２９Ｃ") == "29C"
