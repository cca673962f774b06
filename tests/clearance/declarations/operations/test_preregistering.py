"""Pre-registered data: seven days under a number of their own, free to change, judged when they are registered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations.preregistering import (
    change_preregistered,
    preregister,
    register_preregistered,
)
from thongquan.clearance.declarations.queries import preregistered_in_scope, preregistered_of, stand_of
from thongquan.rules.codes import Code


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {fault.code for fault in refusal.value.faults}


def test_data_are_kept_changed_freely_and_registered_under_their_number(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    kept = preregister(actor=actor, document=replace(import_document(), lines=()), at=at)
    assert (kept.state, kept.until) == ("kept", at + timedelta(days=7))
    assert customs.run_sql("SELECT count(*) FROM revenue_liability") == [(0,)]
    with pytest.raises(Refused) as refusal:
        register_preregistered(actor=actor, number=kept.number, at=at)
    assert Code.TQ_DEC_007 in codes(refusal)
    changed = change_preregistered(actor=actor, number=kept.number, document=import_document(), at=at)
    assert (changed.number, changed.changes) == (kept.number, 1)
    lodged = register_preregistered(actor=actor, number=kept.number, at=at)
    assert lodged.number == kept.number
    assert stand_of(actor=actor, number=kept.number).version == 0
    assert preregistered_of(actor=actor, number=kept.number, at=at).state == "registered"
    assert preregistered_in_scope(actor, at) == []
    with pytest.raises(Refused) as refusal:
        register_preregistered(actor=actor, number=kept.number, at=at)
    assert codes(refusal) == {Code.TQ_LIF_012}


def test_after_seven_days_they_have_lapsed_without_any_job(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    kept = preregister(actor=actor, document=import_document(), at=at)
    late = at + timedelta(days=7)
    assert [one.number for one in preregistered_in_scope(actor, late - timedelta(seconds=1))] == [kept.number]
    assert preregistered_in_scope(actor, late) == []
    assert preregistered_of(actor=actor, number=kept.number, at=late).state == "lapsed"
    for act in (
        lambda: register_preregistered(actor=actor, number=kept.number, at=late),
        lambda: change_preregistered(actor=actor, number=kept.number, document=import_document(), at=late),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == {Code.TQ_LIF_012}


def test_goods_declared_meanwhile_are_told_and_the_data_stay(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    one, other = (preregister(actor=actor, document=import_document(), at=at) for _time in range(2))
    register_preregistered(actor=actor, number=one.number, at=at)
    with pytest.raises(Refused) as refusal:
        register_preregistered(actor=actor, number=other.number, at=at)
    assert codes(refusal) == {Code.TQ_DEC_022}
    assert preregistered_of(actor=actor, number=other.number, at=at).state == "kept"


def test_a_trader_must_be_named_and_the_flow_stays(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    with pytest.raises(NotAllowed):
        preregister(actor=customs.actor("clearance_officer"), document=import_document(), at=at)
    with pytest.raises(Refused) as refusal:
        preregister(actor=actor, document=replace(import_document(), trader=None), at=at)
    assert codes(refusal) == {Code.TQ_DEC_001}
    kept = preregister(actor=actor, document=import_document(), at=at)
    with pytest.raises(Refused) as refusal:
        change_preregistered(actor=actor, number=kept.number, document=replace(import_document(), flow="export"), at=at)
    assert codes(refusal) == {Code.TQ_LIF_003}


def test_a_stranger_and_a_neighbor_do_not_find_them(customs: World) -> None:
    at = now()
    kept = preregister(actor=customs.actor("declarant"), document=import_document(), at=at)
    for role in ("clearance_officer", "partner_agency", "auditor"):
        with pytest.raises(NotFound):
            preregistered_of(actor=customs.actor(role), number=kept.number, at=at)
        with pytest.raises(NotFound):
            register_preregistered(actor=customs.actor(role), number=kept.number, at=at)
    assert preregistered_of(actor=customs.actor("broker"), number=kept.number, at=at).state == "kept"
