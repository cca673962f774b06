"""Writing down that a declaration has lapsed: by an officer on any ground, by the installation only where it is sure."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.expiring import expire_declaration, expire_lapsed
from thongquan.clearance.declarations.queries import stand_of
from thongquan.rules.codes import Code

LATER = timedelta(days=40)
"""Past fifteen days even when their last ones are Tết."""


def lodged(customs: World, at: datetime, *, flow: str, channel: int, invoice: str) -> str:
    """The number of a declaration, brought to a flow and channel: clocks read nothing else of it."""
    document = import_document(invoice=invoice)
    number = lodge_declaration(actor=customs.actor("declarant"), document=document, at=at, source="api").number
    customs.run_sql(
        f"UPDATE declarations_declaration SET flow = '{flow}', channel = {channel} WHERE number = '{number}'"
    )
    return number


def test_the_installation_writes_down_only_what_is_sure(customs: World) -> None:
    at = now()
    kinds = [("import", 1), ("import", 3), ("export", 1), ("export", 2), ("export", 3)]
    numbers = {
        kind: lodged(customs, at, flow=kind[0], channel=kind[1], invoice=f"GX-{place}")
        for place, kind in enumerate(kinds)
    }
    assert expire_lapsed(at=at + timedelta(days=14)) == 0
    expire_lapsed(at=at + LATER)
    officer = customs.actor("clearance_officer")
    ended = {kind for kind, number in numbers.items() if stand_of(actor=officer, number=number).state == "expired"}
    assert ended <= {("export", 2), ("export", 3)}
    assert expire_lapsed(at=at + LATER) == 0


def test_an_officer_writes_down_any_ground_that_has_run_out(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at, flow="import", channel=1, invoice="GX-1")
    with pytest.raises(Refused) as refused:
        expire_declaration(actor=officer, number=number, at=at + timedelta(days=14))
    assert refused.value.faults[0].code == Code.TQ_LIF_015
    assert expire_declaration(actor=officer, number=number, at=at + LATER).state == "expired"
    rows = customs.run_sql("SELECT data->>'ground' FROM declarations_event WHERE kind = 'expire'")
    assert rows == [("not_arrived",)]


def test_a_stranger_and_the_declarant_are_refused(customs: World) -> None:
    at = now()
    number = lodged(customs, at, flow="import", channel=1, invoice="GX-1")
    with pytest.raises(NotFound):
        expire_declaration(actor=customs.actor("partner_agency"), number=number, at=at + LATER)
    with pytest.raises(NotAllowed):
        expire_declaration(actor=customs.actor("declarant"), number=number, at=at + LATER)
