"""The demo day holds one export certificate, handed over, with every line of it originating."""

from __future__ import annotations

from tests.world import World
from thongquan.academy.operations.exports import prepare_sample_export
from thongquan.base.core.clock import now
from thongquan.clearance.origin.queries.outbound import outbound_file


def test_the_sample_export_is_handed_over_and_originates(customs: World) -> None:
    key = prepare_sample_export(at=now())
    kept = outbound_file(actor=customs.actor("declarant"), outbound=key, at=now())
    assert kept.row.state == "submitted"
    assert [one.criterion for one in kept.judged] == ["WO", "CTH"]
    assert [fault for fault in kept.faults if fault.severity == "error"] == []
