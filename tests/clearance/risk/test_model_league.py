"""Models stand in the league beside profiles and the random lane, let in or not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.clearance.risk.cases import copied
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.risk.models import DeclarationScore
from thongquan.clearance.risk.operations.copying import keep_copies
from thongquan.clearance.risk.queries.model_league import model_league


def scored(version: str, count: int, *, would: int, found: int) -> None:
    """So many declarations scored by a version; of those it would open, so many were checked and found wrong."""
    at = now() - timedelta(days=3)
    kept = [copied(one, at=at, checked="goods", found=one < found, concluded_at=at) for one in range(count)]
    keep_copies(kept)
    DeclarationScore.objects.bulk_create(
        DeclarationScore(
            number=one.number,
            office="15BB",
            at=at,
            mode="shadow",
            model=version,
            past="",
            line=1,
            probability=Decimal("0.5"),
            rank=Decimal(1),
            duty_vnd=Decimal(0),
            share=Decimal("0.05"),
            channel=1,
            would=place < would,
        )
        for place, one in enumerate(kept)
    )


def test_a_model_in_the_shadow_is_measured_by_what_was_checked_anyway(customs: World) -> None:
    scored("a" * 24, 40, would=20, found=8)
    [one] = model_league(actor=customs.actor("risk_analyst"), at=now())
    assert (one.scored, one.hits, one.rate.part, one.rate.of) == (40, 20, 8, 20)
    assert one.rate.low < Decimal("0.4") < one.rate.high
    told = customs.client("risk_analyst").get("/risk/").content.decode()
    assert f"/risk/models/{'a' * 24}/" in told


def test_a_stranger_reads_no_league_of_models(customs: World) -> None:
    for person in ("declarant", "clearance_officer", "administrator"):
        with pytest.raises(NotAllowed):
            model_league(actor=customs.actor(person), at=now())
