"""What waits for another person: amendment after clearance, customs' own correction, cancellation; instructions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration, take_step
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.cancelling import (
    cancel_declaration,
    refuse_cancellation,
    request_cancellation,
)
from thongquan.clearance.declarations.operations.correcting import (
    confirm_correction,
    propose_correction,
    reject_correction,
)
from thongquan.clearance.declarations.operations.instructing import instruct_declaration
from thongquan.clearance.declarations.operations.requesting import (
    approve_amendment,
    refuse_amendment,
    request_amendment,
)
from thongquan.clearance.declarations.queries import (
    Instruction,
    events_of,
    instructions_of,
    stand_of,
    versions_of,
    waiting_on,
)
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.codes import Code
from thongquan.rules.document import Document

WORDS = "Nhầm khối lượng"


def lodged(customs: World, at: datetime) -> str:
    return lodge_declaration(actor=customs.actor("declarant"), document=import_document(), at=at, source="api").number


def changed(weight: int = 21500) -> Document:
    return replace(import_document(), gross_weight_kg=Decimal(weight))


def cleared(customs: World, at: datetime) -> str:
    number = lodged(customs, at)
    take_step(actor=system_actor("revenue"), number=number, step=Step.SETTLE, at=at)
    take_step(actor=customs.actor("clearance_officer"), number=number, step=Step.CLEAR, at=at)
    return number


def refused(act: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        act()
    return {fault.code for fault in refusal.value.faults}


def test_after_clearance_the_declarant_asks_and_an_officer_decides(customs: World) -> None:
    at, actor, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    number = cleared(customs, at)
    stand, consequences = request_amendment(actor=actor, number=number, document=changed(), reason=WORDS, at=at)
    assert (stand.state, stand.version, consequences) == (State.CLEARED, 0, ())
    assert waiting_on(number)["amendment"].document == changed()
    again: dict[str, Any] = {"actor": actor, "number": number, "document": changed(), "reason": WORDS, "at": at}
    assert refused(lambda: request_amendment(**again)) == {Code.TQ_LIF_009}
    with pytest.raises(NotAllowed):
        approve_amendment(actor=actor, number=number, at=at)
    amended = approve_amendment(actor=officer, number=number, at=at)
    assert (amended.state, amended.number) == (State.AMENDED_AFTER, f"{number[:11]}1")
    assert versions_of(actor=actor, number=number)[1].document == changed()
    assert waiting_on(number) == {}
    assert refused(lambda: approve_amendment(actor=officer, number=number, at=at)) == {Code.TQ_LIF_010}


def test_an_officer_refuses_with_a_reason_and_a_new_request_may_follow(customs: World) -> None:
    at, actor, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    number = cleared(customs, at)
    request_amendment(actor=actor, number=number, document=changed(), reason=WORDS, at=at)
    assert refused(lambda: refuse_amendment(actor=officer, number=number, reason="", at=at)) == {Code.TQ_LIF_006}
    refuse_amendment(actor=officer, number=number, reason="Thiếu chứng từ", at=at)
    assert stand_of(actor=actor, number=number).version == 0
    assert events_of(number)[-1].reason == "Thiếu chứng từ"
    request_amendment(actor=actor, number=number, document=changed(21400), reason=WORDS, at=at)
    assert set(waiting_on(number)) == {"amendment"}


def test_later_than_sixty_days_or_after_an_audit_the_penalty_is_told(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = cleared(customs, at)
    ask: dict[str, Any] = {"actor": actor, "number": number, "document": changed(), "reason": WORDS}
    _stand, in_time = request_amendment(**ask, at=at + timedelta(days=60))
    assert in_time == ()
    refuse_amendment(actor=customs.actor("clearance_officer"), number=number, reason="x", at=at + timedelta(days=60))
    _stand, late = request_amendment(**ask, at=at + timedelta(days=60, seconds=1))
    assert [(one.code, one.severity, one.values["days"]) for one in late] == [(Code.TQ_LIF_007, "warning", "60")]
    amended = approve_amendment(actor=customs.actor("clearance_officer"), number=number, at=at + timedelta(days=61))
    assert [one.code for one in amended.consequences] == [Code.TQ_LIF_007]


def test_after_an_audit_was_decided_the_penalty_is_told(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = cleared(customs, at)
    take_step(actor=customs.actor("team_leader"), number=number, step=Step.OPEN_AUDIT, at=at)
    _stand, late = request_amendment(actor=actor, number=number, document=changed(), reason=WORDS, at=at)
    assert [one.code for one in late] == [Code.TQ_LIF_007]


def test_before_release_the_declarant_amends_without_asking(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    number = lodged(customs, at)
    ask: dict[str, Any] = {"actor": actor, "number": number, "document": changed(), "reason": WORDS, "at": at}
    assert refused(lambda: request_amendment(**ask)) == {Code.TQ_LIF_001}
    assert waiting_on(number) == {}


def test_customs_own_correction_takes_a_second_person(customs: World) -> None:
    at, officer, leader = now(), customs.actor("clearance_officer"), customs.actor("team_leader")
    number = lodged(customs, at)
    propose_correction(actor=officer, number=number, document=changed(), reason=WORDS, at=at)
    with pytest.raises(NotAllowed):
        confirm_correction(actor=officer, number=number, at=at)
    corrected = confirm_correction(actor=leader, number=number, at=at)
    assert (corrected.version, corrected.consequences) == (1, ())
    propose_correction(actor=leader, number=number, document=changed(21000), reason=WORDS, at=at)
    assert refused(lambda: confirm_correction(actor=leader, number=number, at=at)) == {Code.TQ_LIF_008}
    assert refused(lambda: reject_correction(actor=leader, number=number, reason="x", at=at)) == {Code.TQ_LIF_008}


def test_a_correction_is_rejected_or_overtaken_by_an_amendment(customs: World) -> None:
    at, officer, leader = now(), customs.actor("clearance_officer"), customs.actor("team_leader")
    number = lodged(customs, at)
    propose_correction(actor=officer, number=number, document=changed(), reason=WORDS, at=at)
    reject_correction(actor=leader, number=number, reason="Không đủ căn cứ", at=at)
    assert stand_of(actor=officer, number=number).version == 0
    propose_correction(actor=officer, number=number, document=changed(), reason=WORDS, at=at)
    amend_declaration(actor=customs.actor("declarant"), number=number, document=changed(21111), reason=WORDS, at=at)
    assert refused(lambda: confirm_correction(actor=leader, number=number, at=at)) == {Code.TQ_LIF_011}
    reject_correction(actor=leader, number=number, reason="Đã được sửa đổi", at=at)
    assert waiting_on(number) == {}


def test_a_declaration_is_cancelled_on_request_or_kept(customs: World) -> None:
    at, actor, officer = now(), customs.actor("declarant"), customs.actor("clearance_officer")
    number = lodged(customs, at)
    ask: dict[str, Any] = {"actor": actor, "number": number, "at": at, "reason": "Không xuất hàng nữa"}
    assert refused(lambda: request_cancellation(**ask, ground="z")) == {Code.TQ_LIF_014}
    request_cancellation(**ask, ground="request")
    assert refused(lambda: request_cancellation(**ask, ground="request")) == {Code.TQ_LIF_009}
    refuse_cancellation(actor=officer, number=number, reason="Hàng đã vào khu vực giám sát", at=at)
    assert stand_of(actor=actor, number=number).state == State.CHANNELED
    request_cancellation(**ask, ground="request")
    with pytest.raises(NotAllowed):
        cancel_declaration(actor=actor, number=number, reason="x", at=at)
    assert cancel_declaration(actor=officer, number=number, reason="", at=at).state == State.CANCELLED
    assert events_of(number)[-1].data == {"ground": "request"}
    assert lodged(customs, at) != number  # the same goods may be declared anew


def test_an_officer_cancels_without_request_only_on_a_ground(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    assert refused(lambda: cancel_declaration(actor=officer, number=number, reason="x", at=at)) == {Code.TQ_LIF_014}
    assert refused(lambda: cancel_declaration(actor=officer, number=number, reason="", ground="system", at=at)) == {
        Code.TQ_LIF_006
    }
    ended = cancel_declaration(actor=officer, number=number, reason="Sự cố", ground="system", at=at)
    assert ended.state == State.CANCELLED


def test_customs_instructs_and_the_instruction_stands_until_the_amendment(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    fields = (
        Instruction(path="lines[1].hs", words="Mã HS không khớp mô tả", example="07123900"),
        Instruction(path="gross_weight_kg", words="Khối lượng không khớp phiếu cân"),
    )
    assert instruct_declaration(actor=officer, number=number, fields=fields, at=at).state == State.INSTRUCTED
    assert instructions_of(number) == fields
    amend_declaration(actor=customs.actor("declarant"), number=number, document=changed(), reason=WORDS, at=at)
    assert instructions_of(number) == ()


def test_an_instruction_names_fields_that_exist_and_says_what(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    for fields in (
        (),
        (Instruction(path="gross_weight_kg", words="x"),) * 11,
        (Instruction(path="lines[5].hs", words="x"),),
        (Instruction(path="no_such_field", words="x"),),
        (Instruction(path="gross_weight_kg", words=" "),),
        (Instruction(path="gross_weight_kg", words="x", example="y" * 121),),
    ):
        found = refused(lambda fields=fields: instruct_declaration(actor=officer, number=number, fields=fields, at=at))
        assert found == {Code.TQ_LIF_013}, fields


def test_a_stranger_and_a_neighbor_decide_nothing(customs: World) -> None:
    at, agency = now(), customs.actor("partner_agency")
    number = lodged(customs, at)
    acts: tuple[Callable[[], object], ...] = (
        lambda: request_cancellation(actor=agency, number=number, ground="request", reason="x", at=at),
        lambda: cancel_declaration(actor=agency, number=number, ground="request", reason="x", at=at),
        lambda: refuse_cancellation(actor=agency, number=number, reason="x", at=at),
        lambda: request_amendment(actor=agency, number=number, document=changed(), reason="x", at=at),
        lambda: propose_correction(actor=agency, number=number, document=changed(), reason="x", at=at),
        lambda: confirm_correction(actor=agency, number=number, at=at),
        lambda: instruct_declaration(
            actor=agency, number=number, fields=(Instruction(path="notes", words="x"),), at=at
        ),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
