"""Bands of prices: made in the night, dated, shown beside a declaration as of its moment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.clearance.valuation.cases import PROGRAM, heard, lodged, priced
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.valuation.models import PriceBand, PricedLine, ReferencePrice
from thongquan.clearance.valuation.operations.banding import reckon_bands
from thongquan.clearance.valuation.operations.references import confirm_reference, enter_reference, withdraw_reference
from thongquan.clearance.valuation.queries.prices import prices_of, proposals

TODAY = timezone.localdate


def reckoned(days_ago: int = 0) -> int:
    at = now() - timedelta(days=days_ago)
    return reckon_bands(actor=PROGRAM, on=TODAY(at), at=at)


def first_line(number: str) -> PricedLine:
    return PricedLine.objects.get(number=number, line=1)


def test_bands_are_made_by_code_and_by_words(customs: World) -> None:
    priced(20)
    priced(20, 9000, text_class="tao say kho")
    assert reckoned() == 3
    by_text = {band.text_class: band for band in PriceBand.objects.all()}
    assert 5900 < by_text["tao tuoi giong"].median_vnd < 6300
    assert by_text["tao say kho"].median_vnd > 9000
    assert (by_text[""].lines, by_text[""].traders) == (40, 4)


def test_a_band_is_written_only_when_it_changes_and_ends_with_its_goods(customs: World) -> None:
    priced(20, days_ago=364)
    assert reckoned(1) == 2
    assert reckoned() == 0
    at = now() + timedelta(days=3)
    assert reckon_bands(actor=PROGRAM, on=TODAY(at), at=at) == 2
    assert sorted(PriceBand.objects.values_list("lines", flat=True)) == [0, 0, 20, 20]


def test_what_was_lodged_today_is_no_peer_of_today(customs: World) -> None:
    priced(20, days_ago=0)
    assert reckoned() == 0


def test_a_declared_price_is_placed_as_it_comes(customs: World) -> None:
    priced(20, 60000)
    reckoned()
    number = lodged(customs)
    heard()
    row = first_line(number)
    assert (row.placed, row.basis, row.peers, row.peer_traders) == ("below", "text", 20, 4)
    assert row.band_on == TODAY(now())
    assert PricedLine.objects.get(number=number, line=2).placed == ""


def test_what_was_shown_stays_when_the_band_moves(customs: World) -> None:
    priced(20, 60000)
    reckoned()
    number = lodged(customs)
    heard()
    before = prices_of(int(number[:11]))
    priced(100, 3000)
    reckoned()
    customs.run_sql("UPDATE core_outboxcursor SET xid = '0', message = 0 WHERE consumer = 'valuation.prices'")
    heard()
    assert prices_of(int(number[:11])) == before


def test_exports_and_cancelled_declarations_are_no_prices(customs: World) -> None:
    number = lodged(customs)
    heard()
    assert PricedLine.objects.count() == 5
    customs.run_sql("UPDATE declarations_declaration SET state = 'cancelled' WHERE number = %s", number)
    customs.run_sql("UPDATE core_outboxcursor SET xid = '0', message = 0 WHERE consumer = 'valuation.prices'")
    heard()
    assert PricedLine.objects.count() == 0


def test_a_reference_price_counts_once_a_second_person_confirms_it(customs: World) -> None:
    analyst, leader = customs.actor("risk_analyst"), customs.actor("team_leader")
    words = {"hs": "08081000", "unit": "KGM", "low_vnd": Decimal(50000), "high_vnd": Decimal(60000)}
    made = enter_reference(
        actor=analyst,
        source="Giá bán buôn Bằng Tường",
        words="Táo tươi giống Gala",
        valid_from=TODAY(now()),
        at=now(),
        **words,
    )
    with pytest.raises(Refused, match="TQ-CVL-014"):
        confirm_reference(actor=analyst, reference=made, at=now())
    first = lodged(customs)
    heard()
    assert first_line(first).placed == ""
    confirm_reference(actor=leader, reference=made, at=now())
    second = lodged(customs, invoice="X-2")
    heard()
    assert (first_line(second).placed, first_line(second).basis) == ("below", "reference")
    withdraw_reference(actor=leader, reference=made, at=now())
    third = lodged(customs, invoice="X-3")
    heard()
    assert first_line(third).placed == ""


def test_every_fault_of_a_reference_price_is_told_at_once(customs: World) -> None:
    with pytest.raises(Refused) as told:
        enter_reference(
            actor=customs.actor("risk_analyst"),
            hs="08",
            unit="NONE",
            origin="XX9",
            low_vnd=Decimal(-1),
            high_vnd=Decimal("NaN"),
            source=" ",
            valid_from=TODAY(now()),
            valid_to=TODAY(now()),
            at=now(),
        )
    assert [(fault.code, fault.path) for fault in told.value.faults] == [
        ("TQ-DEC-011", "hs"),
        ("TQ-DEC-004", "unit"),
        ("TQ-DEC-004", "origin"),
        ("TQ-CVL-007", "low_vnd"),
        ("TQ-CVL-007", "high_vnd"),
        ("TQ-CVL-009", "source"),
        ("TQ-CVL-013", "valid_to"),
    ]
    assert ReferencePrice.objects.count() == 0


def test_what_lies_below_is_proposed_to_its_own_office(customs: World) -> None:
    priced(20, 60000)
    reckoned()
    number = lodged(customs)
    heard()
    since = now() - timedelta(days=30)
    assert [one.number for one in proposals(actor=customs.actor("clearance_officer"), since=since)] == [number]
    customs.run_sql("UPDATE valuation_pricedline SET office = '20BB'")
    assert proposals(actor=customs.actor("clearance_officer"), since=since) == []
    assert proposals(actor=customs.actor("declarant"), since=since) == []


def test_only_the_program_makes_bands(customs: World) -> None:
    with pytest.raises(NotAllowed):
        reckon_bands(actor=customs.actor("risk_analyst"), on=TODAY(now()), at=now())
