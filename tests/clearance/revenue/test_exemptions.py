"""Exemption lists are registered by two sides and written down by every use, never below zero."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connections
from django.utils.timezone import localdate
from msgspec.structs import replace

from tests.clearance.revenue.exempt import GOODS, a_list, lodge, using
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.models import OutboxMessage
from thongquan.base.core.outbox import Message
from thongquan.base.ledger.models import Entry
from thongquan.clearance.revenue.handlers import follow_steps
from thongquan.clearance.revenue.models import ExemptionList, ExemptionUse
from thongquan.clearance.revenue.operations.exemption_uses import use_exemptions
from thongquan.clearance.revenue.operations.exemptions import Wanted, decide_exemption_list, propose_exemption_list
from thongquan.clearance.revenue.queries.exemptions import exemption_list, exemption_lists
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def left(customs: World, number: str, line: int = 1) -> Decimal:
    _told, goods = exemption_list(actor=customs.actor("declarant"), number=number)
    return goods[line - 1].left


def refused(customs: World, exemption_line: str, quantity: int = 10, **more: object) -> Fault:
    with pytest.raises(Refused) as refusal:
        lodge(customs, using(exemption_line, quantity, **more))
    return refusal.value.faults[0]


def test_a_list_is_filed_by_the_trader_and_registered_by_customs(customs: World) -> None:
    number = a_list(customs)
    told, goods = exemption_list(actor=customs.actor("clearance_officer"), number=number)
    assert (len(number), told.state, told.decided_by) == (
        12,
        "registered",
        customs.actor("clearance_officer").reference,
    )
    assert [one.description for one in goods] == [one.description for one in GOODS]
    actions = list(Entry.objects.filter(subject=f"exemption:{number}").order_by("id").values_list("action", flat=True))
    assert actions == ["exemption.proposed", "exemption.registered"]
    assert OutboxMessage.objects.filter(subject=f"exemption:{number}").count() == 2


def test_a_list_decided_once_is_not_decided_again(customs: World) -> None:
    number = a_list(customs, step="refuse")
    with pytest.raises(Refused) as refusal:
        decide_exemption_list(actor=customs.actor("team_leader"), number=number, step="register", at=now())
    assert refusal.value.faults[0].code == Code.TQ_REV_055


def test_a_refusal_wants_a_reason(customs: World) -> None:
    number = a_list(customs, step="")
    with pytest.raises(Refused) as refusal:
        decide_exemption_list(actor=customs.actor("team_leader"), number=number, step="refuse", at=now(), reason=" ")
    assert refusal.value.faults[0].code == Code.TQ_REV_056


def test_every_fault_of_a_list_is_told_at_once(customs: World) -> None:
    lines = [Wanted(description="", unit="PCE", quantity=Decimal(0), hs="84x"), GOODS[0]]
    with pytest.raises(Refused) as refusal:
        propose_exemption_list(
            actor=customs.actor("declarant"),
            tax_code=ENTERPRISE,
            office="15BB",
            exemption="INV",
            title=" ",
            lines=lines,
            at=now(),
            valid_to=localdate(now()) - timedelta(days=1),
        )
    assert {fault.code for fault in refusal.value.faults} == {Code.TQ_REV_054}
    paths = {fault.path for fault in refusal.value.faults}
    assert paths == {"title", "valid_to", "lines[0].description", "lines[0].hs", "lines[0].quantity"}


def test_a_list_without_lines_is_refused(customs: World) -> None:
    with pytest.raises(Refused):
        a_list(customs, goods=())


def test_who_does_not_lodge_for_the_enterprise_files_no_list(customs: World) -> None:
    for role in ("clearance_officer", "partner_agency"):
        with pytest.raises(NotAllowed):
            propose_exemption_list(
                actor=customs.actor(role),
                tax_code=ENTERPRISE,
                office="15BB",
                exemption="INV",
                title="x",
                lines=GOODS,
                at=now(),
            )


def test_only_customs_of_the_office_decide_a_list(customs: World) -> None:
    number = a_list(customs, office="20BB", step="")
    with pytest.raises(NotFound):
        decide_exemption_list(actor=customs.actor("clearance_officer"), number=number, step="register", at=now())
    with pytest.raises(NotAllowed):
        decide_exemption_list(actor=customs.actor("declarant"), number=number, step="register", at=now())
    assert exemption_lists(actor=customs.actor("clearance_officer"), limit=9) == []
    assert len(exemption_lists(actor=customs.actor("declarant"), limit=9)) == 1


def test_a_declaration_line_writes_the_list_down(customs: World) -> None:
    number = a_list(customs)
    lodged = lodge(customs, using(f"{number}-1", 400))
    assert left(customs, number) == 600
    _told, goods = exemption_list(actor=customs.actor("declarant"), number=number)
    assert [(use.number, use.declaration_line, use.quantity) for use in goods[0].uses] == [(lodged.number, 5, 400)]
    duties = lodged.decision.lines[4].taxes
    assert [tax.treatment for tax in duties if tax.tax == "import_duty"] == ["exempt"]


def test_more_than_is_left_is_refused_and_names_the_line(customs: World) -> None:
    number = a_list(customs)
    lodge(customs, using(f"{number}-1", 700))
    fault = refused(customs, f"{number}-1", 301, invoice="GX-2")
    assert (fault.code, fault.line, fault.path) == (Code.TQ_REV_053, 5, "lines[4].exemption_line")
    assert fault.values == {"left": "300", "unit": "PCE", "asked": "301"}
    assert left(customs, number) == 300
    lodge(customs, using(f"{number}-1", 300, invoice="GX-3"))
    assert left(customs, number) == 0


def test_a_refused_declaration_leaves_nothing(customs: World) -> None:
    number = a_list(customs)
    refused(customs, f"{number}-1", 1001)
    assert ExemptionUse.objects.count() == 0
    assert not Entry.objects.filter(action="declaration.lodged").exists()


@pytest.mark.parametrize("written", ["005", "926000000012", "926000000012-", "-3", "926000000099-1", "92600000001²-1"])
def test_a_line_of_no_list_is_refused(customs: World, written: str) -> None:
    a_list(customs)
    assert refused(customs, written).code == Code.TQ_REV_050


def test_the_list_of_another_trader_is_unknown(customs: World) -> None:
    number = a_list(customs)
    ExemptionList.objects.filter(number=number).update(tax_code="9999900099")
    assert refused(customs, f"{number}-1").code == Code.TQ_REV_050


@pytest.mark.parametrize("step", ["", "refuse"])
def test_a_list_that_is_not_registered_exempts_nothing(customs: World, step: str) -> None:
    assert refused(customs, f"{a_list(customs, step=step)}-1").code == Code.TQ_REV_051


def test_a_closed_list_exempts_nothing(customs: World) -> None:
    number = a_list(customs)
    decide_exemption_list(
        actor=customs.actor("team_leader"), number=number, step="close", at=now(), reason="Dự án kết thúc"
    )
    assert refused(customs, f"{number}-1").code == Code.TQ_REV_051


def test_a_list_ends_on_its_day(customs: World) -> None:
    number = a_list(customs, valid_to=localdate(now()) + timedelta(days=1))
    document = using(f"{number}-1", 10)
    on = localdate(now()) + timedelta(days=1)
    faults = use_exemptions(subject="declaration:1", document=document, on=on, at=now())
    assert [fault.code for fault in faults] == [Code.TQ_REV_051]
    assert use_exemptions(subject="declaration:1", document=document, on=on - timedelta(days=1), at=now()) == []


def test_other_goods_or_another_unit_are_refused(customs: World) -> None:
    number = a_list(customs)
    assert refused(customs, f"{number}-2").code == Code.TQ_REV_052
    kilograms = using(f"{number}-2", 10, index=2, unit="KGM")
    (fault,) = use_exemptions(subject="declaration:1", document=kilograms, on=localdate(now()), at=now())
    assert fault.code == Code.TQ_REV_052


def test_a_change_of_the_declaration_gives_back_what_it_no_longer_takes(customs: World) -> None:
    number = a_list(customs)
    subject = f"declaration:{lodge(customs, using(f'{number}-1', 900)).number}"
    again = {"subject": subject, "on": localdate(now()), "at": now()}
    assert use_exemptions(document=using(f"{number}-1", 1000), **again) == []
    assert left(customs, number) == 0
    assert use_exemptions(document=using(f"{number}-1", 250), **again) == []
    assert left(customs, number) == 750
    assert [fault.code for fault in use_exemptions(document=using(f"{number}-1", 1001), **again)] == [Code.TQ_REV_053]
    assert left(customs, number) == 750
    assert use_exemptions(document=None, **again) == []
    assert left(customs, number) == 1000
    assert use_exemptions(document=None, **again) == []


def test_a_list_closed_meanwhile_still_serves_who_used_it(customs: World) -> None:
    number = a_list(customs)
    subject = f"declaration:{lodge(customs, using(f'{number}-1', 900)).number}"
    decide_exemption_list(actor=customs.actor("team_leader"), number=number, step="close", at=now(), reason="Hết")
    document = using(f"{number}-1", 800)
    assert use_exemptions(subject=subject, document=document, on=localdate(now()), at=now()) == []
    assert left(customs, number) == 200


def test_a_declaration_that_ended_gives_back(customs: World) -> None:
    number = a_list(customs)
    subject = f"declaration:{lodge(customs, using(f'{number}-1', 900)).number}"
    message = Message(id=1, xid=1, kind="declaration.cancel", subject=subject, payload=b"{}", at=now())
    follow_steps([message])
    follow_steps([message])
    assert left(customs, number) == 1000


def test_two_lines_of_one_declaration_share_what_is_left(customs: World) -> None:
    number = a_list(customs)
    document = using(f"{number}-1", 600)
    both = replace(document, lines=(*document.lines, replace(document.lines[4], number=6)))
    (fault,) = use_exemptions(subject="declaration:1", document=both, on=localdate(now()), at=now())
    assert (fault.line, fault.values["left"]) == (6, "400")


def test_many_at_once_never_take_more_than_there_is(customs: World) -> None:
    number = a_list(customs)

    def take(turn: int) -> bool:
        try:
            lodge(customs, using(f"{number}-1", 150, invoice=f"GX-{turn}"))
        except Refused as refusal:
            assert {fault.code for fault in refusal.faults} == {Code.TQ_REV_053}
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(16)))
    assert sum(taken) == 6
    assert left(customs, number) == 100
    assert sum(ExemptionUse.objects.values_list("quantity", flat=True)) == 900
