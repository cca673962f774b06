"""Certificates registered, checked, accepted, doubted, used up and given back; presented twice, they are caught."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from msgspec.structs import replace

from tests.clearance.origin.papers import NUMBER, lodged, one_line, paper, registered
from tests.world import OTHER_ENTERPRISE, World
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.origin.models import Item
from thongquan.clearance.origin.operations import (
    Take,
    accept_certificate,
    check_certificate,
    doubt_certificate,
    give_back,
    use_certificate,
    use_items,
    withdraw_certificate,
)
from thongquan.clearance.origin.queries import certificate_file, count_waiting
from thongquan.rules.codes import Code

PROGRAM = system_actor("test", offices=["15BB"])


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted(str(fault.code) for fault in refused.value.faults)


def take(certificate: int, quantity: str, *, item: int = 1, line: int = 1) -> Take:
    return Take(certificate=certificate, item=item, line=line, quantity=Decimal(quantity))


def used(certificate: int, item: int = 1) -> Decimal:
    return Item.objects.get(certificate=certificate, number=item).used


def test_registered_checked_and_accepted_with_ledger_and_outbox(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    waiting = count_waiting(officer)
    key = registered(customs)
    assert count_waiting(officer) == waiting + 1
    with pytest.raises(Refused) as refused:
        accept_certificate(actor=officer, certificate=key, at=now())
    assert codes(refused) == [Code.TQ_ORI_060]
    found = check_certificate(actor=officer, certificate=key, at=now(), declaration=lodged(customs))
    assert {one.grade for one in found} <= {"note", "minor"}
    accept_certificate(actor=officer, certificate=key, at=now())
    file = certificate_file(actor=officer, certificate=key)
    assert (file.row.state, file.row.grade) == ("accepted", "note")
    assert file.check is not None
    assert {one.result for one in file.check.outcomes} == {"granted"}
    assert [one.step for one in file.events] == ["accept", "check", "use", "register"]
    for table, column in (("ledger_entry", "action"), ("core_outboxmessage", "kind")):
        rows = customs.run_sql(f"SELECT {column} FROM {table} WHERE subject = 'origin:{key}' ORDER BY id")
        assert [row[0] for row in rows] == ["origin.register", "origin.use", "origin.check", "origin.accept"]


def test_a_refusing_check_is_never_accepted_and_a_doubt_only_with_words(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    wrong = registered(customs, paper(form="D"))
    check_certificate(actor=officer, certificate=wrong, at=now())
    with pytest.raises(Refused) as refused:
        accept_certificate(actor=officer, certificate=wrong, words="Vẫn nhận", at=now())
    assert codes(refused) == [Code.TQ_ORI_058]
    doubtful = registered(customs, one_line("9", number="Z1", invoices=("Q",), route=("US",)))
    check_certificate(actor=officer, certificate=doubtful, at=now())
    with pytest.raises(Refused) as refused:
        accept_certificate(actor=officer, certificate=doubtful, at=now())
    assert codes(refused) == [Code.TQ_ORI_055]
    accept_certificate(actor=officer, certificate=doubtful, words="Có giấy quá cảnh", at=now())


def test_every_fault_of_a_bad_paper_at_once_and_nothing_kept(customs: World) -> None:
    line = replace(paper().lines[0], number=3, quantity=Decimal("0.1234567"), unit="KILO")
    bad = paper(form="", number="--", agreement="X" * 13, lines=(line, replace(line, quantity=None)))
    with pytest.raises(Refused) as refused:
        registered(customs, bad)
    told = set(codes(refused))
    wanted = {Code.TQ_DEC_001, Code.TQ_DEC_002, Code.TQ_DEC_003, Code.TQ_DEC_008, Code.TQ_ORI_014, Code.TQ_ORI_015}
    assert wanted <= told
    assert customs.run_sql("SELECT count(*) FROM origin_certificate") == [(0,)]


def test_three_hundred_lines_are_taken(customs: World) -> None:
    line = paper().lines[0]
    key = registered(customs, paper(lines=tuple(replace(line, number=number) for number in range(1, 301))))
    check_certificate(actor=customs.actor("clearance_officer"), certificate=key, at=now())
    assert len(certificate_file(actor=customs.actor("clearance_officer"), certificate=key).balance) == 300


def test_the_same_number_presented_twice_anywhere_is_refused_and_told_at_the_first(customs: World) -> None:
    key = registered(customs)
    elsewhere = system_actor("other", enterprises=[OTHER_ENTERPRISE], offices=["20BB"])
    for number in (NUMBER, "e26-4500 00123456"):
        with pytest.raises(Refused) as refused:
            registered(customs, paper(number=number), actor=elsewhere, office="20BB", tax_code=OTHER_ENTERPRISE)
        assert codes(refused) == [Code.TQ_ORI_050]
    file = certificate_file(actor=customs.actor("clearance_officer"), certificate=key)
    assert [one.step for one in file.events].count("again") == 2


@pytest.mark.parametrize("number", ["E26450000123457", "E2645000012345", "E264500001234567", "E26450000124356"])
def test_one_altered_character_is_caught(customs: World, number: str) -> None:
    registered(customs, office="20BB", actor=PROGRAM)
    key = registered(customs, paper(number=number))
    found = check_certificate(actor=customs.actor("clearance_officer"), certificate=key, at=now())
    assert [one.values["number"] for one in found if one.code == Code.TQ_ORI_051] == [NUMBER]


def test_the_same_goods_under_another_number_are_caught_and_a_neighbor_is_only_told(customs: World) -> None:
    registered(customs)
    officer = customs.actor("clearance_officer")
    again = registered(customs, paper(number="QQ-77"))
    assert Code.TQ_ORI_052 in {one.code for one in check_certificate(actor=officer, certificate=again, at=now())}
    beside = registered(customs, one_line("5", number="E26450000123455", invoices=("Other",), exporter="Other Co."))
    found = {one.code: one.grade for one in check_certificate(actor=officer, certificate=beside, at=now())}
    assert found[Code.TQ_ORI_059] == "note"
    shown = certificate_file(actor=customs.actor("declarant"), certificate=again)
    assert shown.check is not None
    assert Code.TQ_ORI_052 not in {one.code for one in shown.check.findings}


def test_a_declaration_uses_what_it_declares_and_an_amendment_sets_it_anew(customs: World) -> None:
    officer = customs.actor("clearance_officer")
    number, second = lodged(customs), lodged(customs, invoice="GX-2611-002")
    key = registered(customs)
    for _ in range(2):
        use_certificate(actor=officer, certificate=key, declaration=number, at=now())
        assert used(key) == Decimal(12000)
    with pytest.raises(Refused) as refused:
        use_certificate(actor=officer, certificate=key, declaration=second, at=now())
    assert codes(refused) == [Code.TQ_ORI_053] * 5
    with pytest.raises(Refused) as refused:
        withdraw_certificate(actor=officer, certificate=key, words="Nhầm", at=now())
    assert codes(refused) == [Code.TQ_ORI_054]
    subject = certificate_file(actor=officer, certificate=key).uses[0].subject
    give_back(actor=PROGRAM, subject=subject, at=now())
    give_back(actor=PROGRAM, subject=subject, at=now())
    assert used(key) == 0
    use_certificate(actor=officer, certificate=key, declaration=second, at=now())
    assert used(key) == Decimal(12000)


def test_all_of_a_use_or_nothing(customs: World) -> None:
    key = registered(customs)
    bad = [take(key, "10"), take(key, "99999", item=2, line=2), take(key, "1", item=77, line=3)]
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:1", takes=bad, at=now())
    assert codes(refused) == [Code.TQ_ORI_053, Code.TQ_ORI_056]
    assert used(key) == 0
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:1", takes=[take(999_999, "1")], at=now())
    assert codes(refused) == [Code.TQ_ORI_057]
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "NaN"), take(key, "0.0000001")], at=now())
    assert codes(refused) == [Code.TQ_DEC_008, Code.TQ_DEC_009]


def test_a_doubted_certificate_is_used_no_further_but_keeps_its_uses(customs: World) -> None:
    key = registered(customs)
    use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "10")], at=now())
    doubt_certificate(actor=customs.actor("clearance_officer"), certificate=key, words="Con dấu lạ", at=now())
    use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "9")], at=now())
    with pytest.raises(Refused) as refused:
        use_items(actor=PROGRAM, subject="declaration:1", takes=[take(key, "10")], at=now())
    assert codes(refused) == [Code.TQ_ORI_054]
    assert used(key) == 9


def test_thirty_parallel_uses_never_overdraw(customs: World) -> None:
    """Thirty declarations want 7 of 100 at the same moment: fourteen get it, sixteen are told what is left."""
    key = registered(customs, one_line("100"))

    def attempt(number: int) -> str:
        try:
            use_items(actor=PROGRAM, subject=f"declaration:{number}", takes=[take(key, "7")], at=now())
        except Refused as refused:
            return str(refused.faults[0].code)
        finally:
            connection.close()
        return "used"

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(attempt, range(30)))
    assert sorted(answers) == [Code.TQ_ORI_053] * 16 + ["used"] * 14
    assert used(key) == 98
    live = customs.run_sql(
        f"SELECT count(*), sum(u.quantity) FROM origin_use u JOIN origin_item i ON i.id = u.item_id WHERE i.certificate_id = {key}"
    )
    assert tuple(live[0]) == (14, 98)


def test_the_database_itself_refuses_to_overdraw(customs: World) -> None:
    key = registered(customs, one_line("100"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(certificate=key).update(used=Decimal("100.000001"))


def test_a_withdrawn_number_is_free_again(customs: World) -> None:
    key = registered(customs)
    withdraw_certificate(actor=customs.actor("declarant"), certificate=key, words="Nộp nhầm", at=now())
    assert registered(customs) != key


def test_who_may(customs: World) -> None:
    key = registered(customs, role="declarant")
    with pytest.raises(NotAllowed):
        check_certificate(actor=customs.actor("declarant"), certificate=key, at=now())
    with pytest.raises(NotAllowed):
        registered(customs, one_line("1", number="N1"), tax_code=OTHER_ENTERPRISE, role="declarant")
    neighbor = system_actor("next door", enterprises=[OTHER_ENTERPRISE])
    with pytest.raises(NotFound):
        certificate_file(actor=neighbor, certificate=key)
    number = lodged(customs)
    other = registered(customs, one_line("1", number="N2"), actor=PROGRAM, tax_code=OTHER_ENTERPRISE)
    with pytest.raises(Refused) as refused:
        use_certificate(actor=customs.actor("clearance_officer"), certificate=other, declaration=number, at=now())
    assert codes(refused) == [Code.TQ_ORI_057]
