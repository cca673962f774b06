"""A file of parcels from its first byte to its money: received, judged, released; broken off anywhere and gone on."""

from __future__ import annotations

import hashlib
import threading
from decimal import Decimal
from typing import Any

import pytest

from tests.clearance.express.parcels import OFFICE, as_csv, as_ndjson, carrier, judged, row, sent
from tests.clearance.revenue.money import guarantee
from tests.world import ENTERPRISE, World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.ledger.merkle import tree_head
from thongquan.clearance.express.models import Batch, Chunk, Parcel, Part
from thongquan.clearance.express.operations import add_part, judge_next, judging, open_batch, release_settled
from thongquan.clearance.express.pacing import LEAST
from thongquan.clearance.express.queries import batch_file, found_parcels, parcel_file, results_of
from thongquan.clearance.revenue.chart import name_of_subject
from thongquan.clearance.revenue.matching import reference_of
from thongquan.clearance.revenue.operations import guarantee_liability
from thongquan.clearance.revenue.queries import balance_of
from thongquan.config import express


def codes(customs: World, batch: int, only: str = "refused") -> dict[str, list[str]]:
    found = results_of(actor=customs.actor("declarant"), batch=batch, only=only)
    return {one.consignment: [str(fault.code) for fault in one.faults] for one in found}


@pytest.mark.parametrize("write", [as_csv, as_ndjson])
def test_a_file_is_judged_parcel_by_parcel_and_its_money_posted_as_one(customs: World, write: Any) -> None:
    carrier(customs)
    rows = [row(1), row(2, value="1000001"), row(3, hs="99999999", quantity="0"), row(4)]
    batch = sent(customs, write(rows), part=300)
    assert judged(chunk=3) == 4
    file = batch_file(actor=customs.actor("declarant"), batch=batch)
    assert (file.state, file.parcels, file.done, file.accepted, file.refused) == ("judged", 4, 4, 2, 2)
    assert codes(customs, batch) == {
        "VN261100000002": ["TQ-EXP-001"],
        "VN261100000003": ["TQ-DEC-009", "TQ-DEC-012"],
    }
    assert file.totals_vnd == {"vat": Decimal(60_000)}
    balance = balance_of(f"parcels:{batch}")
    assert balance.assessed_vnd == balance.open_vnd == Decimal(60_000) + file.fee_vnd
    assert file.fee_vnd == 0
    assert not Part.objects.exists()
    lines = customs.run_sql("SELECT action FROM ledger_entry WHERE subject = %s ORDER BY id", f"parcels:{batch}")
    assert [name for (name,) in lines] == [
        "parcels.received",
        "parcels.chunk",
        "parcels.chunk",
        "revenue.assessed",
        "parcels.judged",
    ]


def test_a_worker_that_is_killed_goes_on_where_it_stood_and_judges_none_twice(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed inside the transaction of a chunk, after its rows were written, again and again."""
    carrier(customs)
    batch = sent(customs, as_csv([row(number) for number in range(1, 8)]))
    store, calls = judging.store_chunk, []

    def dies(*args: Any, **kwargs: Any) -> None:
        store(*args, **kwargs)
        calls.append(1)
        if len(calls) % 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(judging, "store_chunk", dies)
    for _ in range(20):
        try:
            judged(chunk=2)
            break
        except KeyboardInterrupt:
            continue
    places = list(Parcel.objects.filter(batch=batch).order_by("place").values_list("place", "line"))
    assert places == [(number, number + 1) for number in range(1, 8)]
    assert Batch.objects.get(pk=batch).accepted == 7
    assert len(calls) == 8
    assert Chunk.objects.filter(batch=batch).count() == 4


def test_two_workers_on_one_batch_write_each_parcel_once(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has judged the same parcels when the first commits: it finds the batch moved on and leaves."""
    carrier(customs)
    batch = sent(customs, as_csv([row(1), row(2)]))
    judge_next(at=now())
    stale = Batch.objects.get(pk=batch)
    assert judged(chunk=1) == 2
    worked = judging._judged(stale, now(), 1)
    assert worked.parcels == 0
    assert Parcel.objects.count() == 2


def test_an_upload_that_broke_off_goes_on_from_its_byte(customs: World) -> None:
    carrier(customs)
    content, actor = as_csv([row(1), row(2)]), customs.actor("declarant")
    digest = hashlib.sha256(content).hexdigest()
    about = {"actor": actor, "tax_code": ENTERPRISE, "office": OFFICE, "name": "a.csv", "size": len(content)}
    first = open_batch(**about, sha256=digest, at=now())
    add_part(actor=actor, batch=first.batch, offset=0, content=content[:100], at=now())
    with pytest.raises(Conflict) as gap:
        add_part(actor=actor, batch=first.batch, offset=150, content=content[150:], at=now())
    assert (gap.value.code, gap.value.detail) == ("TQ-EXP-011", "100")
    again = open_batch(**about, sha256=digest, at=now())
    assert (again.batch, again.received, again.repeated) == (first.batch, 100, True)
    assert add_part(actor=actor, batch=first.batch, offset=0, content=content[:100], at=now()).repeated
    with pytest.raises(Refused) as more:
        add_part(actor=actor, batch=first.batch, offset=100, content=content[100:] + b"x", at=now())
    assert more.value.faults[0].code == "TQ-EXP-012"
    done = add_part(actor=actor, batch=first.batch, offset=100, content=content[100:], at=now())
    assert (done.received, done.state) == (len(content), "waiting")
    assert judged() == 2


def test_no_parcel_twice_in_a_file_in_another_or_in_another_chunk(customs: World) -> None:
    carrier(customs)
    first = sent(customs, as_csv([row(1), row(2), row(1, value="200000"), row(3), row(2)]))
    assert judged(chunk=3) == 5
    found = results_of(actor=customs.actor("declarant"), batch=first)
    assert [(one.accepted, [str(f.code) for f in one.faults], one.line) for one in found] == [
        (True, [], 2),
        (True, [], 3),
        (False, ["TQ-EXP-003"], 4),
        (True, [], 5),
        (False, ["TQ-EXP-003"], 6),
    ]
    assert found[2].faults[0].values == {"first": "2"}
    second = sent(customs, as_csv([row(3, consignment="vn261100000003"), row(4)]))
    judged()
    assert codes(customs, second) == {"VN261100000003": ["TQ-EXP-002"]}
    assert Batch.objects.get(pk=second).accepted == 1


def test_the_same_file_is_one_batch_announced_or_not(customs: World) -> None:
    carrier(customs)
    content = as_csv([row(1)])
    first = sent(customs, content)
    judged()
    second = sent(customs, content)
    judged()
    file = batch_file(actor=customs.actor("declarant"), batch=second)
    assert (file.state, [str(fault.code) for fault in file.faults]) == ("refused", ["TQ-EXP-017"])
    assert file.faults[0].values == {"batch": f"P-{first:06d}"}
    assert sent(customs, content, sha256=hashlib.sha256(content).hexdigest()) == first


def test_a_digest_that_does_not_fit_refuses_the_file(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]), sha256="00" * 32)
    judged()
    file = batch_file(actor=customs.actor("declarant"), batch=batch)
    assert [str(fault.code) for fault in file.faults] == ["TQ-EXP-012"]
    assert Parcel.objects.count() == 0


def test_a_file_with_too_many_parcels_is_refused_before_any_is_judged(customs: World, settings: Any) -> None:
    carrier(customs)
    settings.EXPRESS_MAX_PARCELS = 2
    batch = sent(customs, as_csv([row(1), row(2), row(3)]))
    judged()
    file = batch_file(actor=customs.actor("declarant"), batch=batch)
    assert (file.state, [str(fault.code) for fault in file.faults]) == ("refused", ["TQ-EXP-005"])


def test_what_cannot_be_announced(customs: World, settings: Any) -> None:
    actor = customs.actor("declarant")
    about = {"actor": actor, "tax_code": ENTERPRISE, "office": OFFICE, "name": "a.csv", "at": now()}
    with pytest.raises(Refused) as nobody:
        open_batch(**about, size=10)
    assert nobody.value.faults[0].code == "TQ-EXP-009"
    carrier(customs)
    for size, code in ((settings.EXPRESS_MAX_BYTES + 1, "TQ-EXP-004"), (0, "TQ-EXP-006")):
        with pytest.raises(Refused) as refused:
            open_batch(**about, size=size)
        assert refused.value.faults[0].code == code
    with pytest.raises(Refused):
        open_batch(**about, size=10, sha256="zz")
    with pytest.raises(NotAllowed):
        open_batch(**{**about, "actor": customs.actor("clearance_officer")}, size=10)


def test_the_beginning_of_a_file_that_is_none_is_refused_at_once(customs: World) -> None:
    carrier(customs)
    for content, code in ((b"PK\x03\x04\x00\n....", "TQ-EXP-006"), (b"consignment,hs,colour\n1,2,3\n", "TQ-EXP-007")):
        with pytest.raises(Refused) as refused:
            sent(customs, content)
        assert {fault.code for fault in refused.value.faults} == {code}
    assert not Part.objects.exists()


def test_verdicts_are_made_again_and_the_ledger_holds_their_root(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1), row(2, recipient=""), row(1)]))
    judged()
    files = [parcel_file(actor=customs.actor("declarant"), batch=batch, place=place) for place in (1, 2, 3)]
    assert [file.same for file in files] == [True, True, True]
    assert [file.verdict.accepted for file in files] == [True, False, False]
    assert files[0].verdict.lines[0].taxes[0].treatment == "exempt"
    assert files[0].verdict.relieved_by == "express_minimum_value_vnd"
    leaves = [bytes(leaf) for leaf in Parcel.objects.order_by("place").values_list("leaf", flat=True)]
    ((details,),) = customs.run_sql("SELECT details FROM ledger_entry WHERE action = 'parcels.chunk'")
    assert tree_head(leaves).hex() in bytes(details).decode()
    Parcel.objects.filter(place=1).update(leaf=b"\x00" * 32)
    assert not parcel_file(actor=customs.actor("declarant"), batch=batch, place=1).same


def test_parcels_go_when_the_money_is_settled_and_a_number_finds_them(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]))
    judged()
    declarant = customs.actor("declarant")
    assert [one.state for one in found_parcels(actor=declarant, consignment="vn261100000001 ")] == ["due"]
    assert not release_settled(subject=f"parcels:{batch}", at=now())
    number = guarantee(customs.actor("team_leader"), limit=1_000_000)
    guarantee_liability(actor=declarant, subject=f"parcels:{batch}", guarantee_number=number, at=now())
    assert release_settled(subject=f"parcels:{batch}", at=now())
    assert not release_settled(subject=f"parcels:{batch}", at=now())
    assert [one.state for one in found_parcels(actor=declarant, consignment="VN261100000001")] == ["released"]


def test_a_neighbor_sees_no_batch_and_finds_no_parcel(customs: World) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]))
    judged()
    customs.run_sql("UPDATE express_batch SET office = '20BB'")
    officer = customs.actor("clearance_officer")
    for ask in (
        lambda: batch_file(actor=officer, batch=batch),
        lambda: results_of(actor=officer, batch=batch),
        lambda: parcel_file(actor=officer, batch=batch, place=1),
    ):
        with pytest.raises(NotFound):
            ask()
    assert found_parcels(actor=officer, consignment="VN261100000001") == []
    with pytest.raises(NotFound):
        add_part(actor=officer, batch=batch, offset=0, content=b"x", at=now())


def test_a_bank_booking_finds_a_batch_by_its_name(customs: World) -> None:
    """Its name in the text of a booking is found beside the tax code, and its money has a page."""
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]))
    judged()
    reference = reference_of(f"NOP THUE P-{batch:06d} MST {ENTERPRISE}")
    assert reference.subjects == (f"parcels:{batch}",)
    assert reference.tax_codes == {ENTERPRISE}
    assert name_of_subject(f"parcels:{batch}") == f"P-{batch:06d}"
    book = customs.client("declarant").get(f"/revenue/of/parcels:{batch}/")
    assert f"P-{batch:06d}" in book.content.decode()


def test_the_worker_of_the_lane_judges_what_waits_and_rests_only_while_somebody_lodges(
    customs: World,
) -> None:
    carrier(customs)
    batch = sent(customs, as_csv([row(1)]))
    rounds = express.ExpressRounds(threading.Event())
    assert [rounds.round(), rounds.round(), rounds.round()] == [True, True, False]
    assert Batch.objects.get(pk=batch).accepted == 1
    assert rounds.pace.share == LEAST
