"""Proofs of origin awaited after lodging: what is kept, filed in time or too late, and what lapses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.clearance.control.gate import codes, plain
from tests.clearance.origin.papers import NUMBER, paper, registered
from tests.world import World, import_document
from thongquan.base.accounts.queries import system_actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.correcting import confirm_correction, propose_correction
from thongquan.clearance.declarations.operations.late_filing import FiledLate, file_late_certificate, grant_filed
from thongquan.clearance.declarations.operations.late_lapsing import lapse_late
from thongquan.clearance.declarations.operations.late_proofs import keep_redetermined_by_audit
from thongquan.clearance.declarations.queries import document_in_force, events_of
from thongquan.clearance.declarations.queries.late import Awaited, awaited_of
from thongquan.clearance.origin.operations import accept_certificate, check_certificate, doubt_certificate
from thongquan.clearance.tariff.queries import calendar_of
from thongquan.rules.document import Certificate, Document
from thongquan.rules.found import Found
from thongquan.rules.origin.certificate import Paper
from thongquan.rules.worktime import HANOI

DAY = timedelta(days=1)


def announced(later: str = "B05", **changes: Any) -> Document:
    document = import_document(**changes)
    lines = tuple(replace(line, schedule=None, certificate=None, proof_later=later) for line in document.lines)
    return replace(document, lines=lines)


def lodged(customs: World, document: Document, at: datetime) -> str:
    return lodge_declaration(actor=customs.actor("declarant"), document=document, at=at, source="api").number


def awaited(number: str, at: datetime) -> list[Awaited]:
    return awaited_of(number=number, at=at)


def filed(customs: World, number: str, at: datetime, certificate: str = NUMBER) -> FiledLate:
    return file_late_certificate(actor=customs.actor("declarant"), number=number, certificate=certificate, at=at)


def accepted(customs: World, at: datetime, given: Paper | None = None) -> int:
    """A registered certificate that the officer checked and accepted."""
    key = registered(customs, given)
    officer = customs.actor("clearance_officer")
    check_certificate(actor=officer, certificate=key, at=at)
    accept_certificate(actor=officer, certificate=key, at=at, words="Đã đối chiếu")
    return key


def test_what_is_announced_is_awaited_for_a_year_from_registration(customs: World) -> None:
    at = now()
    number = lodged(customs, announced(), at)
    rows = awaited(number, at)
    assert [(row.line, row.kind, row.schedule, row.outcome) for row in rows] == [
        (line, "announced", "B05", "") for line in (1, 2, 3, 4, 5)
    ]
    due = rows[0].due
    assert due is not None
    assert (due.clock.obliges, due.clock.verified) == (False, True)
    assert 365 <= (due.clock.due_at.astimezone(HANOI).date() - at.astimezone(HANOI).date()).days <= 375


def test_an_agreement_with_two_years_waits_for_two(customs: World) -> None:
    at = now()
    document = announced(later="EVFTA")
    german = replace(document, lines=tuple(replace(line, origin="DE") for line in document.lines))
    due = awaited(lodged(customs, german, at), at)[0].due
    assert due is not None
    assert (due.clock.due_at - at).days >= 729


def test_an_amendment_announces_anew_what_it_says_and_drops_the_rest(customs: World) -> None:
    at = now()
    document = announced()
    number = lodged(customs, document, at)
    lines = (document.lines[0], *(replace(line, proof_later=None) for line in document.lines[1:]))
    amended = amend_declaration(
        actor=customs.actor("declarant"), number=number, document=replace(document, lines=lines), reason="Sửa", at=at
    )
    assert [row.outcome for row in awaited(amended.number, at)] == ["", "dropped", "dropped", "dropped", "dropped"]


def test_a_certificate_accepted_before_is_granted_in_the_moment_it_is_filed(customs: World) -> None:
    at = now()
    number = lodged(customs, announced(), at)
    accepted(customs, at)
    told = filed(customs, number, at + DAY)
    assert (told.granted, told.repeated, told.lines) == (True, False, (1, 2, 3, 4, 5))
    document = document_in_force(told.number)
    assert {line.schedule for line in document.lines} == {"B05"}
    assert {line.certificate.number for line in document.lines if line.certificate} == {NUMBER}
    assert all(line.proof_later is None for line in document.lines)
    again = filed(customs, told.number, at + 2 * DAY)
    assert (again.repeated, again.granted, again.number) == (True, True, told.number)
    kinds = [event.kind for event in events_of(told.number)]
    assert kinds.count("file_late_certificate") == kinds.count("grant_late_certificate") == 1
    used = customs.run_sql("SELECT count(*) FROM origin_use WHERE given_back_at IS NULL")
    assert used == [(5,)]


def test_nothing_is_stored_of_a_certificate_that_is_refused(customs: World) -> None:
    at = now()
    number = lodged(customs, announced(), at)
    registered(customs, paper(cancelled_by_issuer=True))
    with pytest.raises(Refused) as refusal:
        filed(customs, number, at + DAY)
    assert "TQ-ORI-044" in codes(refusal)
    assert {row.outcome for row in awaited(number, at)} == {""}
    assert customs.run_sql("SELECT count(*) FROM origin_use") == [(0,)]


def test_every_reason_against_a_filing_is_told(customs: World) -> None:
    at = now()
    number, other = lodged(customs, announced(), at), lodged(customs, import_document(invoice="OTHER"), at)
    with pytest.raises(Refused) as unknown:
        filed(customs, number, at)
    assert codes(unknown) == ["TQ-ORI-057"]
    registered(customs)
    registered(customs, paper(number="D-1", agreement="ATIGA", form="D", issuing_country="TH", invoices=("X",)))
    with pytest.raises(Refused) as nothing:
        filed(customs, other, at)
    assert codes(nothing) == ["TQ-ORI-142"]
    with pytest.raises(Refused) as preference:
        filed(customs, number, at, "D-1")
    assert set(codes(preference)) == {"TQ-ORI-144"}
    foreign = tuple(replace(line, hs="950300") for line in paper().lines)
    registered(customs, paper(number="E26450000999999", lines=foreign, invoices=("Y",)))
    with pytest.raises(Refused) as goods:
        filed(customs, number, at, "E26450000999999")
    assert codes(goods) == ["TQ-ORI-145"]
    with pytest.raises(Refused) as late:
        filed(customs, number, at + 400 * DAY)
    assert set(codes(late)) == {"TQ-ORI-143"}


def test_a_stranger_and_a_neighbor_file_nothing(customs: World) -> None:
    at = now()
    number = lodged(customs, announced(), at)
    registered(customs)
    for role, refusal in (("neighbor_customs", NotFound), ("partner_agency", NotFound), ("director", NotAllowed)):
        with pytest.raises(refusal):
            file_late_certificate(actor=customs.actor(role), number=number, certificate=NUMBER, at=at)


def redetermined(customs: World, at: datetime) -> tuple[str, Document]:
    """Customs corrects the code of the fourth line, which then stands at MFN."""
    number = lodged(customs, announced(), at)
    document = document_in_force(number)
    other = replace(document.lines[3], hs="64029910", schedule=None, proof_later=None)
    corrected = replace(document, lines=(*document.lines[:3], other, document.lines[4]))
    officer, leader = customs.actor("clearance_officer"), customs.actor("team_leader")
    propose_correction(actor=officer, number=number, document=corrected, reason="Sai mã", at=at)
    return confirm_correction(actor=leader, number=number, at=at).number, corrected


def last_working_day(at: datetime, days: int) -> datetime:
    day = at.astimezone(HANOI).date()
    last = calendar_of("15BB", around=day).add_working_days(day, days)
    return datetime(last.year, last.month, last.day, 12, tzinfo=HANOI)


def test_a_proof_for_a_code_determined_anew_is_taken_within_five_working_days(customs: World) -> None:
    at = now()
    number, _document = redetermined(customs, at)
    row = next(one for one in awaited(number, at) if one.kind == "redetermined")
    assert (row.line, row.schedule, row.due is not None and row.due.clock.working) == (4, "", True)
    key = accepted(customs, at)
    assert key
    told = filed(customs, number, last_working_day(at, 5))
    assert told.granted
    assert 4 in told.lines
    assert document_in_force(told.number).lines[3].schedule == "B05"
    assert document_in_force(told.number).lines[3].hs == "64029910"


def test_a_proof_for_a_code_determined_anew_is_refused_after_five_working_days(customs: World) -> None:
    at = now()
    number, _document = redetermined(customs, at)
    registered(customs, paper(lines=(replace(paper().lines[3], number=1),)))
    late = last_working_day(at, 6)
    with pytest.raises(Refused) as refusal:
        filed(customs, number, late)
    assert codes(refusal) == ["TQ-ORI-143"]
    assert refusal.value.faults[0].values["until"] < late.date().isoformat()
    assert lapse_late(at=late) == 1
    assert [one.outcome for one in awaited(number, late) if one.kind == "redetermined"] == ["lapsed"]


def test_a_code_found_by_an_audit_may_be_proved_and_what_else_was_found_stays(customs: World) -> None:
    at = now()
    document = plain(invoice="AUDIT-1")
    number = lodged(
        customs,
        replace(document, lines=tuple(replace(one, schedule=None, certificate=None) for one in document.lines)),
        at,
    )
    found = (Found(line=1, field="hs", value="64029910"), Found(line=1, field="quantity", value="1900"))
    keep_redetermined_by_audit(number=number, found=found, at=at)
    keep_redetermined_by_audit(number=number, found=found, at=at)
    assert [(one.line, one.kind) for one in awaited(number, at)] == [(1, "redetermined")]
    item = replace(paper().lines[3], number=1, quantity=document.lines[0].quantity and document.lines[0].quantity * 2)
    accepted(customs, at, paper(lines=(item,), invoices=("AUDIT-1",)))
    told = filed(customs, number, at + DAY)
    line = document_in_force(told.number).lines[0]
    assert (told.granted, line.hs, str(line.quantity), line.schedule) == (True, "64029910", "1900", "B05")


def other_code(customs: World, at: datetime, **changes: Any) -> str:
    """A declaration whose second line is of another code than its certificate, criterion for criterion the same."""
    given = paper()
    lines = (given.lines[0], replace(given.lines[1], hs="200390"), *given.lines[2:])
    registered(customs, paper(lines=lines))
    document = import_document(**changes)
    named = tuple(
        replace(line, certificate=Certificate(number=NUMBER, form="E", line=line.number)) for line in document.lines
    )
    return lodged(customs, replace(document, lines=named), at)


def test_a_proof_asked_for_by_article_16_is_awaited_ten_days_and_then_the_certificate_is_doubted(
    customs: World,
) -> None:
    at = now()
    number = other_code(customs, at)
    (row,) = awaited(number, at)
    assert (row.line, row.kind, row.outcome) == (2, "differing", "")
    assert row.due is not None
    assert row.due.clock.obliges
    assert 10 <= (row.due.clock.due_at.astimezone(HANOI).date() - at.astimezone(HANOI).date()).days <= 20
    assert lapse_late(at=at + 5 * DAY) == 0
    assert lapse_late(at=at + 25 * DAY) == 1
    assert customs.run_sql("SELECT state FROM origin_certificate") == [("doubted",)]
    assert [one.outcome for one in awaited(number, at)] == ["lapsed"]


def test_a_proof_filed_within_the_ten_days_gives_the_preference_when_the_certificate_is_accepted(
    customs: World,
) -> None:
    at = now()
    number = other_code(customs, at)
    officer = customs.actor("clearance_officer")
    key = customs.run_sql("SELECT id FROM origin_certificate")[0][0]
    check_certificate(actor=officer, certificate=key, at=at, declaration=number)
    accept_certificate(actor=officer, certificate=key, at=at, words="Đã xem chứng minh")
    before = customs.run_sql("SELECT due_vnd FROM declarations_declaration")[0][0]
    told = filed(customs, number, at + 3 * DAY)
    assert told.granted
    after = customs.run_sql("SELECT due_vnd FROM declarations_declaration")[0][0]
    assert after < before


def test_a_line_taxed_at_mfn_in_doubt_is_recalculated_when_an_officer_accepts_the_certificate(
    customs: World,
) -> None:
    at = now()
    officer = customs.actor("clearance_officer")
    key = doubted_one(customs, at)
    number = lodged(customs, import_document(), at)
    (before,) = customs.run_sql("SELECT due_vnd FROM declarations_declaration")[0]
    kept = awaited(number, at)
    assert {(one.kind, one.outcome, one.certificate, one.due) for one in kept} == {("doubted", "filed", key, None)}
    assert [one.line for one in kept] == [1, 2, 3, 4, 5]
    check_certificate(actor=officer, certificate=key, at=at + DAY, declaration=number)
    accept_certificate(actor=officer, certificate=key, at=at + DAY, words="Đã hỏi cơ quan cấp")
    assert grant_filed(actor=system_actor("late-proofs"), certificate=key, at=at + DAY)
    (after,) = customs.run_sql("SELECT due_vnd FROM declarations_declaration")[0]
    assert after < before
    now_told = customs.run_sql("SELECT number FROM declarations_declaration")[0][0]
    assert {one.outcome for one in awaited(now_told, at)} == {"granted"}
    assert grant_filed(actor=system_actor("late-proofs"), certificate=key, at=at + DAY) == []


def test_an_amendment_that_names_the_doubted_certificate_no_more_drops_the_wait(customs: World) -> None:
    at = now()
    doubted_one(customs, at)
    number = lodged(customs, import_document(), at)
    bare = tuple(replace(line, certificate=None, schedule="B01") for line in import_document().lines)
    amended = amend_declaration(
        actor=customs.actor("declarant"),
        number=number,
        document=replace(import_document(), lines=bare),
        reason="Không xin ưu đãi",
        at=at,
    )
    assert {one.outcome for one in awaited(amended.number, at)} == {"dropped"}


def doubted_one(customs: World, at: datetime) -> int:
    """A certificate that the sample import names, doubted by an officer."""
    key = registered(customs)
    doubt_certificate(actor=customs.actor("clearance_officer"), certificate=key, words="Con dấu lạ", at=at)
    return key
