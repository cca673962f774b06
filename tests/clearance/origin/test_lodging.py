"""Certificates inside lodging: read once, judged by the rules, used in the same transaction, given back at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from tests.clearance.origin.papers import NUMBER, one_line, paper, registered
from tests.world import OTHER_ENTERPRISE, World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core import lanes
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.lanes.gates import Quota, replaced
from thongquan.clearance.declarations.operations import writing
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.cancelling import cancel_declaration
from thongquan.clearance.declarations.operations.judging import decide_declaration
from thongquan.clearance.declarations.operations.lodging import Lodged, lodge_declaration
from thongquan.clearance.declarations.operations.splitting import lodge_split
from thongquan.clearance.origin.models import Certificate, Item, Use
from thongquan.clearance.origin.operations import doubt_certificate, give_back, use_certificate
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

PROGRAM = system_actor("test", offices=["15BB"], enterprises=["9999900011", OTHER_ENTERPRISE])


def document(quantities: tuple[str, ...] = ("10",), *, invoice: str = "GX-2611-001", **changes: Any) -> Document:
    """Lines of apples, each of so many kilograms, all under the first line of the certificate."""
    whole = import_document(invoice=invoice, **changes)
    first = whole.lines[0]
    assert first.certificate is not None
    price = Decimal(850)
    lines = tuple(
        replace(
            first,
            number=place,
            quantity=Decimal(quantity),
            unit_price=price,
            value=Decimal(quantity) * price,
            net_weight_kg=Decimal(1),
            gross_weight_kg=Decimal(1),
            certificate=replace(first.certificate, line=1),
        )
        for place, quantity in enumerate(quantities, 1)
    )
    assert whole.invoice is not None
    amount = sum((line.value or Decimal(0) for line in lines), Decimal(0))
    return replace(whole, lines=lines, invoice=replace(whole.invoice, amount=amount))


def lodge(given: Document, **changes: Any) -> Lodged:
    return lodge_declaration(**{"actor": PROGRAM, "document": given, "at": now(), "source": "api", **changes})


def used(certificate: int) -> Decimal:
    return Item.objects.get(certificate=certificate, number=1).used


def open_paper(quantity: str, **changes: Any) -> Any:
    """A certificate of apples that says nothing of invoice or transport, so that any lodgement of apples fits."""
    boxes = {"7": "Fresh apples", "10": "As per contract"}
    return one_line(quantity, **{"invoices": (), "transport_document": "", "vehicle": "", "boxes": boxes, **changes})


def faults_of(refused: pytest.ExceptionInfo[Refused]) -> list[Fault]:
    return [fault for fault in refused.value.faults if fault.severity == "error"]


def test_a_lodgement_is_granted_preference_and_uses_the_certificate(customs: World) -> None:
    key = registered(customs)
    lodged = lodge(import_document())
    assert {one.result for one in lodged.decision.origin} == {"granted"}
    assert [one.line for one in lodged.decision.origin] == [1, 2, 3, 4, 5]
    for one in lodged.decision.origin:
        assert one.certificate == NUMBER
        assert one.difference_vnd is not None
        assert one.due_mfn_vnd is not None
        assert one.due_preference_vnd is not None
        assert one.difference_vnd == one.due_mfn_vnd - one.due_preference_vnd
    assert sum(one.difference_vnd or 0 for one in lodged.decision.origin) > 0
    assert used(key) == 12000
    assert {one.subject for one in Use.objects.all()} == {f"declaration:{lodged.number}"}


def test_without_a_registered_certificate_it_decides_as_before(customs: World) -> None:
    before = decide_declaration(actor=PROGRAM, document=import_document(), at=now())
    assert (before.origin, before.takes) == ((), ())
    registered(customs)
    after = decide_declaration(actor=PROGRAM, document=import_document(), at=now())
    assert {one.result for one in after.origin} == {"granted"}
    assert replace(after, origin=(), takes=()) == before


def test_the_statement_writes_what_the_operation_writes(customs: World) -> None:
    """Use, story, ledger and message of the one statement are those of `use_items`."""
    key = registered(customs)
    subject = f"declaration:{lodge(import_document()).number}"
    by_statement = _written(customs, key, subject)
    give_back(actor=PROGRAM, subject=subject, at=now())
    _forget(customs, key)
    use_certificate(actor=PROGRAM, certificate=key, declaration=subject.partition(":")[2], at=now())
    assert _written(customs, key, subject) == by_statement


def _written(customs: World, key: int, subject: str) -> list[list[tuple[Any, ...]]]:
    questions = (
        (
            f"SELECT u.item_id, u.subject, u.line, u.quantity, u.actor FROM origin_use u "
            f"WHERE u.subject = '{subject}' AND u.given_back_at IS NULL ORDER BY u.line"
        ),
        f"SELECT number, used FROM origin_item WHERE certificate_id = {key} ORDER BY number",
        (
            f"SELECT step, actor, words FROM origin_event WHERE certificate_id = {key} AND step = 'use' "
            "ORDER BY id DESC LIMIT 1"
        ),
        (
            f"SELECT actor, action, details FROM ledger_entry WHERE subject = 'origin:{key}' AND action = 'origin.use' "
            "ORDER BY id DESC LIMIT 1"
        ),
        (
            f"SELECT kind, payload FROM core_outboxmessage WHERE subject = 'origin:{key}' AND kind = 'origin.use' "
            "ORDER BY id DESC LIMIT 1"
        ),
    )
    return [
        [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in customs.run_sql(q)]
        for q in questions
    ]


def _forget(customs: World, key: int) -> None:
    customs.run_sql(f"DELETE FROM origin_event WHERE certificate_id = {key} AND step = 'use' RETURNING id")


def test_thirty_parallel_lodgements_never_overdraw(customs: World) -> None:
    """Thirty declarations want 7 of 100 at the same moment: fourteen are lodged, sixteen are told what is left."""
    key = registered(customs, open_paper("100"))

    def attempt(number: int) -> str:
        try:
            lodge(document(("7",), invoice=f"PAR-{number}"))
        except Refused as refused:
            (fault,) = [one for one in refused.faults if one.severity == "error"]
            assert (fault.line, fault.path, fault.values) == (1, "lines[0].certificate", {"left": "2", "wanted": "7"})
            return str(fault.code)
        finally:
            connection.close()
        return "lodged"

    wide = {lane: Quota(30, 30) for lane in lanes.LANES}
    with replaced(wide), ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(attempt, range(30)))
    assert sorted(answers) == [Code.TQ_ORI_053] * 16 + ["lodged"] * 14
    assert used(key) == 98
    assert customs.run_sql("SELECT count(*), sum(quantity) FROM origin_use") == [(14, 98)]
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(14,)]


def test_overdrawn_names_line_and_rest_and_stores_nothing(customs: World) -> None:
    key = registered(customs, open_paper("100"))
    with pytest.raises(Refused) as refused:
        lodge(document(("60", "60")))
    (fault,) = faults_of(refused)
    assert (fault.code, fault.line, fault.values) == (Code.TQ_ORI_053, 2, {"left": "40", "wanted": "60"})
    assert used(key) == 0
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_an_amendment_sets_anew_and_a_cancellation_gives_back(customs: World) -> None:
    key = registered(customs, open_paper("100"))
    lodged = lodge(document(("60",)))
    assert used(key) == 60
    amended = amend_declaration(
        actor=customs.actor("declarant"), number=lodged.number, document=document(("90",)), reason="Thêm", at=now()
    )
    assert used(key) == 90
    with pytest.raises(Refused) as refused:
        amend_declaration(
            actor=customs.actor("declarant"), number=amended.number, document=document(("101",)), reason="A", at=now()
        )
    assert [one.code for one in faults_of(refused)] == [Code.TQ_ORI_053]
    assert used(key) == 90
    bare = document(("90",))
    bare = replace(bare, lines=(replace(bare.lines[0], certificate=None, schedule=None),))
    third = amend_declaration(
        actor=customs.actor("declarant"), number=amended.number, document=bare, reason="Bỏ C/O", at=now()
    )
    assert used(key) == 0
    last = amend_declaration(
        actor=customs.actor("declarant"), number=third.number, document=document(("5",)), reason="C/O", at=now()
    )
    assert used(key) == 5
    cancel_declaration(
        actor=customs.actor("clearance_officer"), number=last.number, reason="Huỷ", at=now(), ground="request"
    )
    assert used(key) == 0
    assert not Use.objects.filter(given_back_at=None).exists()


def test_a_doubted_certificate_is_taxed_at_mfn_and_not_used(customs: World) -> None:
    key = registered(customs, open_paper("100"))
    granted = lodge(document(("50",)))
    doubt_certificate(actor=customs.actor("clearance_officer"), certificate=key, words="Con dấu lạ", at=now())
    doubted = lodge(document(("50",), invoice="GX-2"))
    (one,) = doubted.decision.origin
    assert (one.result, one.codes) == ("doubt", (Code.TQ_ORI_061,))
    assert one.due_mfn_vnd == doubted.decision.lines[0].due_vnd
    assert one.due_preference_vnd == granted.decision.lines[0].due_vnd < doubted.decision.lines[0].due_vnd
    assert (doubted.decision.channel or 0) >= 2
    assert Code.TQ_CHN_016 in {reason.code for reason in doubted.decision.reasons}
    assert used(key) == 50


def test_a_refused_preference_tells_the_difference_and_takes_nothing(customs: World) -> None:
    key = registered(customs, replace(open_paper("100"), form="D"))
    lodged = lodge(document(("50",)))
    (one,) = lodged.decision.origin
    assert one.result == "refused"
    assert Code.TQ_ORI_011 in one.codes
    assert one.difference_vnd == lodged.decision.lines[0].due_vnd - (one.due_preference_vnd or 0) > 0
    (reason,) = [reason for reason in lodged.decision.reasons if reason.code == Code.TQ_CHN_015]
    assert (reason.channel, reason.source, reason.audience) == (2, "Circular 33/2023/TT-BTC Art. 15", "declarant")
    assert Code.TQ_ORI_011 in {fault.code for fault in lodged.decision.faults}
    assert used(key) == 0


def test_a_refused_certificate_gives_no_preference(customs: World) -> None:
    key = registered(customs, open_paper("100"))
    Certificate.objects.filter(id=key).update(state="refused")
    (one,) = lodge(document(("50",))).decision.origin
    assert one.result == "refused"
    assert Code.TQ_ORI_063 in one.codes
    assert used(key) == 0


def test_a_line_that_a_verification_refused_gives_no_preference(customs: World) -> None:
    key = registered(customs, open_paper("100"))
    Item.objects.filter(certificate=key).update(is_refused=True)
    (one,) = lodge(document(("50",))).decision.origin
    assert one.result == "refused"
    assert Code.TQ_ORI_097 in one.codes
    assert used(key) == 0


def test_the_schedule_of_another_agreement_is_refused(customs: World) -> None:
    registered(customs, replace(open_paper("100"), agreement="RCEP", form="RCEP"))
    (one,) = lodge(document(("50",))).decision.origin
    assert one.result == "refused"
    assert Code.TQ_ORI_062 in one.codes


def test_a_certificate_of_another_trader_is_doubted_without_a_word_of_its_paper(customs: World) -> None:
    registered(customs, open_paper("100"), actor=PROGRAM, tax_code=OTHER_ENTERPRISE)
    lodged = lodge(document(("50",)))
    (one,) = lodged.decision.origin
    assert (one.result, one.codes) == ("doubt", (Code.TQ_ORI_050,))
    stored = customs.run_sql("SELECT facts FROM declarations_version")[0][0]
    assert b"Guangxi" not in bytes(stored).split(b"certificates", 1)[1].split(b"origin_laws")[0]


def test_a_likeness_is_for_officers_alone(customs: World) -> None:
    registered(customs, open_paper("100", number="QQ-77"), actor=PROGRAM, tax_code=OTHER_ENTERPRISE)
    registered(customs, open_paper("100"))
    lodged = lodge(document(("50",)))
    (one,) = lodged.decision.origin
    assert (one.result, one.codes) == ("doubt", ())
    told = {fault.code for fault in lodged.decision.faults} | {reason.code for reason in lodged.decision.reasons}
    assert not told & {Code.TQ_ORI_052, Code.TQ_CHN_016}


def test_a_certificate_that_changes_in_the_very_moment_is_judged_anew(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the write somebody doubts the certificate: nothing of the first judgement is stored."""
    key = registered(customs, open_paper("100"))
    write = writing.write_lodgement

    def slow(lodgement: Any) -> None:
        if Certificate.objects.get(id=key).state == "registered":
            doubt_certificate(actor=customs.actor("clearance_officer"), certificate=key, words="Lạ", at=now())
        write(lodgement)

    monkeypatch.setattr("thongquan.clearance.declarations.operations.lodging.write_lodgement", slow)
    (one,) = lodge(document(("50",))).decision.origin
    assert one.result == "doubt"
    assert used(key) == 0


def test_the_number_of_queries_does_not_grow_with_the_lines(customs: World) -> None:
    """Five claims and fifty cost what none costs; a declaration that names no certificate does not look for any."""
    registered(customs, open_paper("100000"))
    lodge(document(("1",), invoice="WARM"))
    five, fifty = (_queries(document(("1",) * count, invoice=f"Q-{count}")) for count in (5, 50))
    bare = document(("1",) * 5, invoice="BARE")
    bare = replace(bare, lines=tuple(replace(line, certificate=None, schedule=None) for line in bare.lines))
    without = _queries(bare)
    assert len(five) == len(fifty) == len(without)
    assert not [text for text in without if "origin_" in text]
    assert sum("origin_certificate" in text for text in five) == 2


def _queries(given: Document) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        lodge(given)
    return [one["sql"] for one in seen.captured_queries]


def test_parts_of_one_upload_share_the_balance(customs: World) -> None:
    key = registered(customs, open_paper("60"))
    with pytest.raises(Refused) as refused:
        lodge_split(actor=PROGRAM, document=document(("1",) * 61, invoice="S-1"), at=now(), source="excel")
    (fault,) = faults_of(refused)
    assert (fault.code, fault.line) == (Code.TQ_ORI_053, 61)
    assert used(key) == 0
    lodge_split(actor=PROGRAM, document=document(("1",) * 60, invoice="S-2"), at=now(), source="excel")
    assert used(key) == 60


def test_an_upload_of_the_whole_paper_with_a_minor_difference_is_granted(customs: World) -> None:
    registered(customs, paper(consignee="Cong ty TNHH Xuat nhap khau Binh Minh"))
    assert {one.result for one in lodge(import_document()).decision.origin} == {"granted"}
