"""A consignment within the limit of the agreement needs no certificate; above it, it does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.clearance.origin.test_lodging import document, faults_of, lodge
from tests.world import World
from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.document import Document


def bare(price: str) -> Document:
    """Ten kilograms at a price in US dollars, claiming preference and naming no certificate."""
    given = document(("10",))
    assert given.invoice is not None
    line = replace(given.lines[0], certificate=None, unit_price=Decimal(price), value=Decimal(price) * 10)
    return replace(given, lines=(line,), invoice=replace(given.invoice, amount=line.value, currency="USD"))


def test_a_small_consignment_needs_no_certificate(customs: World) -> None:
    decision = lodge(bare("20")).decision
    (reason,) = [one for one in decision.reasons if one.code == Code.TQ_CHN_018]
    assert reason.values == {"value": "200.00", "limit": "200", "schedule": "B05"}
    assert reason.source.startswith("unverified")
    assert reason.channel == 2
    assert decision.lines[0].taxes[0].schedule == "B05"


def test_above_the_limit_or_priced_before_loading_it_does(customs: World) -> None:
    given = bare("20")
    assert given.invoice is not None
    for one in (bare("20.01"), replace(given, invoice=replace(given.invoice, incoterm="EXW"))):
        with pytest.raises(Refused) as refused:
            lodge(one)
        assert Code.TQ_ORI_001 in {fault.code for fault in faults_of(refused)}


def test_other_agreements_say_nothing_of_it(customs: World) -> None:
    given = bare("20")
    atiga = replace(given, lines=(replace(given.lines[0], schedule="B04", origin="TH"),))
    with pytest.raises(Refused) as refused:
        lodge(atiga)
    assert Code.TQ_ORI_001 in {fault.code for fault in faults_of(refused)}


def test_who_names_a_certificate_is_not_asked_for_the_limit(customs: World) -> None:
    decision = lodge(document(("10",))).decision
    assert Code.TQ_CHN_018 not in {one.code for one in decision.reasons}
