"""Notes with mentions: for customs of the office alone, kept as they were written, with a notice to whom they name."""

from __future__ import annotations

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from tests.clearance.casework.people import colleague, ledger_of, neighbor, notices
from tests.clearance.control.yard import lodged
from tests.world import World
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.casework.operations.notes import finish_mention, withdraw_note, write_note
from thongquan.clearance.casework.queries.notes import count_mentions, mentioned_in, mentions_of, notes_of

OFFICERS = {"user:1": "Lê Văn Hòa", "user:2": "Lê Văn Hòa Bình", "user:3": "Trần Thị Mai", "user:4": "Trần Thị Mai"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Lê Văn Hòa xem giúp", {"user:1"}),
        ("@Lê Văn Hòa Bình xem giúp", {"user:2"}),
        ("Gửi @Lê Văn Hòa, @Lê Văn Hòa Bình.", {"user:1", "user:2"}),
        ("@Lê Văn Hòaa", set()),
        ("Lê Văn Hòa", set()),
        ("@Trần Thị Mai", set()),
        ("a@b.vn", set()),
    ],
)
def test_a_name_after_the_sign_names_one_officer(text: str, named: set[str]) -> None:
    assert mentioned_in(text, OFFICERS) == named


def test_a_note_names_a_colleague_who_is_told_and_deals_with_it(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    other, number = colleague(at), lodged(customs, at)
    note = write_note(actor=officer, number=number, text="  Giá thấp.\r\n@Lê Văn Hòa xem dòng 2 <b>ngay</b> ", at=at)
    _stand, (kept,) = notes_of(actor=other, number=number)
    assert kept.text == "Giá thấp.\n@Lê Văn Hòa xem dòng 2 <b>ngay</b>"
    assert (kept.by, kept.mentioned, kept.is_mine) == (officer.name, ["Lê Văn Hòa"], False)
    assert notices(customs) == [(other.reference, "casework.mentioned", f"declaration:{number}")]
    assert [one.note_id for one in mentions_of(other)] == [note]
    assert count_mentions(officer) == 0
    with pytest.raises(NotFound):
        finish_mention(actor=officer, note_id=note, at=at)
    finish_mention(actor=other, note_id=note, at=at)
    assert count_mentions(other) == 0


def test_one_names_oneself_without_a_notice_and_by_choice_from_the_list(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    other, number = colleague(at), lodged(customs, at)
    write_note(actor=officer, number=number, text="Xem lại", mentions=["", officer.reference, other.reference], at=at)
    assert [reader for reader, _kind, _subject in notices(customs)] == [other.reference]


def test_the_ledger_has_one_row_of_a_note_without_its_words(customs: World) -> None:
    at, officer, number = now(), customs.actor("clearance_officer"), ""
    number = lodged(customs, at)
    note = write_note(actor=officer, number=number, text="Nghi vấn xuất xứ", at=at)
    ((action, subject, content),) = ledger_of(customs, "note")
    assert (action, subject) == ("note.written", f"note:{note}")
    ((salt,),) = customs.run_sql("SELECT salt FROM casework_note")
    assert hashlib.sha256(bytes(salt) + "Nghi vấn xuất xứ".encode()).hexdigest() in content
    assert "xuất xứ" not in content
    assert not [row for row in ledger_of(customs, "declaration") if "note" in row[0]]


def test_a_note_is_withdrawn_by_its_author_and_stays(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    other, number = colleague(at), lodged(customs, at)
    note = write_note(actor=officer, number=number, text="@Lê Văn Hòa nhầm tờ khai", at=at)
    with pytest.raises(NotAllowed):
        withdraw_note(actor=other, note_id=note, at=at)
    assert withdraw_note(actor=officer, note_id=note, at=at) == number
    with pytest.raises(Conflict):
        withdraw_note(actor=officer, note_id=note, at=at)
    _stand, (kept,) = notes_of(actor=other, number=number)
    assert (kept.text, kept.withdrawn_by, kept.withdrawn_at) == ("", officer.name, at)
    assert notes_of(actor=customs.actor("internal_control"), number=number)[1][0].text == "@Lê Văn Hòa nhầm tờ khai"
    assert count_mentions(other) == 0
    assert [row[0] for row in ledger_of(customs, "note")] == ["note.written", "note.withdrawn"]


def test_the_database_itself_keeps_notes_as_they_were_written(customs: World) -> None:
    at = now()
    write_note(actor=customs.actor("clearance_officer"), number=lodged(customs, at), text="Giữ nguyên", at=at)
    for change in ("UPDATE casework_note SET text = 'x'", "DELETE FROM casework_note"):
        with pytest.raises(IntegrityError, match="notes stay"), transaction.atomic(), connection.cursor() as sql:
            sql.execute(change)


def test_what_is_no_note_is_refused(customs: World) -> None:
    at, officer = now(), customs.actor("clearance_officer")
    number = lodged(customs, at)
    cases: list[tuple[str, list[str], str]] = [
        (" \n ", [], "TQ-CSW-001"),
        ("x" * 4001, [], "TQ-CSW-002"),
        ("Xem", ["user:999999"], "TQ-CSW-003"),
    ]
    for text, mentions, code in cases:
        with pytest.raises(Refused, match=code):
            write_note(actor=officer, number=number, text=text, mentions=mentions, at=at)
    assert customs.run_sql("SELECT count(*) FROM casework_note") == [(0,)]


def test_a_neighbor_a_trader_and_other_authorities_find_no_notes(customs: World) -> None:
    at, number = now(), ""
    number = lodged(customs, at)
    note = write_note(actor=customs.actor("clearance_officer"), number=number, text="Chỉ nội bộ", at=at)
    outside = [customs.actor(role) for role in ("declarant", "broker", "partner_agency", "neighbor_customs")]
    for actor in [*outside, neighbor(at)]:
        with pytest.raises(NotFound):
            notes_of(actor=actor, number=number)
        with pytest.raises(NotFound):
            write_note(actor=actor, number=number, text="Tôi cũng viết", at=at)
        with pytest.raises(NotFound):
            withdraw_note(actor=actor, note_id=note, at=at)
    for reader in ("auditor", "internal_control"):
        with pytest.raises(NotAllowed):
            write_note(actor=customs.actor(reader), number=number, text="Chỉ đọc", at=at)
