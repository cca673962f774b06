"""The sample day in a practice office: lodged once, through the real operation, valid under the law of any day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.timezone import localdate

from tests.world import World
from thongquan.academy.filing import document_of
from thongquan.academy.operations import lodge_sample_day, working_hours
from thongquan.academy.slices import PAST_DAYS, slots_until
from thongquan.base.accounts.permissions import can_see_declaration
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.clearance.declarations.operations.replaying import replay_declaration
from thongquan.clearance.declarations.queries import Filters, declaration_file, worklist
from thongquan.clearance.tariff.operations import ensure_practice_rates
from thongquan.clearance.tariff.queries import current_law
from thongquan.rules.clearance import decide
from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.draw import canonical
from thongquan.rules.facts import Facts

HANOI = timezone(timedelta(hours=7))
OF_DAY = "(registered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = %s GROUP BY 1"
DAYS = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 6), date(2027, 3, 1), date(2028, 2, 29)]
"""The last day of a lower rate and the first without it, the first of Tết, a change of the law, a day of a leap year."""
OWN_FAULTS = {"TQ-ORI-002", "TQ-ORI-003", "TQ-ORI-004"}
"""What traders of a world get wrong themselves: under a wrong code, a preference that this code does not grant."""


def lodge(at: datetime) -> list[tuple[int, int]]:
    heard: list[tuple[int, int]] = []
    lodge_sample_day(at=at, progress=lambda done, total: heard.append((done, total)))
    return heard


def decided(on: date) -> list[tuple[date, Document, Decision]]:
    """The sample trade of a day and of those before it, each under the law of its own day."""
    at = datetime(on.year, on.month, on.day, 16, tzinfo=HANOI)
    slots = slots_until(*working_hours(at))
    for day in {localdate(slot.moment) for slot in slots}:
        ensure_practice_rates(on=day, at=now())
    law, found = current_law(), []
    for slot in slots:
        day = localdate(slot.moment)
        document = document_of(slot.filing, law, on=day, moved=slot.moved)
        found.append(
            (day, document, decide(Facts(at=slot.moment, document=document, law=law.slice_for(document, day))))
        )
    return found


def test_a_slice_made_for_any_day_stands_under_the_law_of_its_days(customs: World) -> None:
    for on in DAYS:
        check_slice(on)


def check_slice(on: date) -> None:
    made = decided(on)
    accepted = [(day, document) for day, document, decision in made if decision.accepted]
    errors = [f for _day, _document, decision in made for f in decision.faults if f.severity == "error"]
    assert {str(fault.code) for fault in errors} <= OWN_FAULTS
    assert len(accepted) > len(made) * 0.99
    warned = {str(f.code) for _day, _document, decision in made if decision.accepted for f in decision.faults}
    assert warned <= {"TQ-TAX-006"}, "warnings only where the tariff has a hole"
    assert sum(day == on for day, _document in accepted) >= 300
    assert {day for day, _document in accepted} == {on - timedelta(days=back) for back in range(PAST_DAYS + 1)}
    rates = {
        choice.rate for day, document in accepted if day == on for line in document.lines for choice in line.choices
    }
    assert "8" not in rates
    for day, document in accepted:
        assert document.invoice is not None
        assert (document.invoice.issued_on or day) <= day
        assert all((line.certificate.issued_on or day) <= day for line in document.lines if line.certificate)


def test_a_slice_has_both_flows_many_gates_and_regimes_and_is_the_same_again(customs: World) -> None:
    made = decided(DAYS[0])
    documents = [document for _day, document, _decision in made]
    imports = sum(document.flow == "import" for document in documents)
    assert 0.68 < imports / len(documents) < 0.82
    assert {document.gate for document in documents} >= {"LS01", "LS02", "LS03", "LS04", "LS05"}
    assert {document.regime for document in documents} >= {"A11", "A12", "B11", "G11"}
    counts = [len(document.lines) for document in documents]
    assert min(counts) == 1
    assert max(counts) >= 8
    assert [document for _day, document, _decision in decided(DAYS[0])] == documents
    assert len({canonical(document) for document in documents}) == len(documents)


def test_the_day_is_lodged_once_with_channels_of_every_color(customs: World) -> None:
    at = now()
    heard: list[tuple[int, int]] = []
    day = lodge_sample_day(at=at, progress=lambda done, total: heard.append((done, total)))
    assert day is not None
    assert heard == [(done, heard[-1][1]) for done in range(1, heard[-1][1] + 1)]
    channels = dict(customs.run_sql(f"SELECT channel, count(*) FROM declarations_declaration WHERE {OF_DAY}", day.on))
    ((total,),) = customs.run_sql("SELECT count(*) FROM declarations_declaration")
    assert total == day.total + day.past > heard[-1][1] * 0.99
    assert day.total >= 300
    assert channels == day.channels
    total = day.total
    assert channels[1] > total / 2
    assert channels[2] > 0
    assert 0 < channels[3] < total / 5
    assert customs.run_sql("SELECT DISTINCT source FROM declarations_declaration") == [("sample",)]
    assert lodge(at) == []
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(day.total + day.past,)]


def test_days_before_have_their_payments_checks_and_clearances(customs: World) -> None:
    at = now()
    day = lodge_sample_day(at=at, progress=lambda done, total: None)
    assert day is not None
    states = dict(
        customs.run_sql(
            "SELECT state, count(*) FROM declarations_declaration WHERE registered_at < %s::date GROUP BY 1", day.on
        )
    )
    assert states["exited"] > day.past * 0.4
    assert states["cleared"] > day.past * 0.05, "some are still in the yard"
    assert states["channeled"] > 0, "some are not paid yet"
    assert customs.run_sql("SELECT DISTINCT verdict FROM control_slipuse") == [("passed",)]
    assert customs.run_sql("SELECT DISTINCT outcome FROM revenue_bankline") == [("matched",)]
    steps = customs.run_sql(
        "SELECT e.kind, count(*), bool_and(e.at > d.registered_at AND e.at <= %s), count(DISTINCT e.at::date)"
        " FROM declarations_event e JOIN declarations_declaration d ON d.id = e.declaration_id GROUP BY 1",
        at,
    )
    known = {kind: (many, ordered, days) for kind, many, ordered, days in steps}
    inspected = {"present_goods", "assign_inspection", "goods_inspected"}
    found_elsewhere = {"raise_channel"}  # where the same goods stand under another code
    assert set(known) - found_elsewhere == {"settle", "documents_checked", "clear", "exit"} | inspected
    done, drawn, ready = (known[step][0] for step in ("goods_inspected", "assign_inspection", "present_goods"))
    assert 0 < done <= drawn <= ready, "nobody is drawn on a day without a roster, and yesterday has none here"
    assert customs.run_sql(
        "SELECT bool_and(signed = 2) FROM (SELECT count(*) AS signed FROM control_signature GROUP BY inspection_id) s"
    ) == [(True,)]
    assert all(ordered for _many, ordered, _days in known.values())
    assert known["clear"][2] >= PAST_DAYS - 1
    story = customs.run_sql(
        "SELECT d.number FROM declarations_event e JOIN declarations_declaration d ON d.id = e.declaration_id"
        " WHERE e.kind = 'documents_checked' AND d.office = '15BB' LIMIT 1"
    )
    page = customs.client("clearance_officer").get(f"/declarations/{story[0][0]}/").content.decode()
    assert "Nguyễn Thị Lan" in page


def test_the_truth_of_the_sample_waits_in_the_exercise_room(customs: World) -> None:
    lodge(now())
    assert customs.run_sql(
        "SELECT count(*) FROM declarations_declaration d LEFT JOIN academy_specimen s USING (number)"
        " WHERE s.id IS NULL OR NOT EXISTS (SELECT FROM academy_truth t WHERE t.specimen_id = s.id)"
    ) == [(0,)]


def test_every_lodgement_left_its_rows_and_replays(customs: World) -> None:
    lodge(now())
    ((declarations, versions, liabilities),) = customs.run_sql(
        "SELECT (SELECT count(*) FROM declarations_declaration), (SELECT count(*) FROM declarations_version),"
        " (SELECT count(*) FROM revenue_liability)"
    )
    assert declarations == versions == liabilities
    for kind in ("ledger_entry WHERE action", "core_outboxmessage WHERE kind"):
        assert customs.run_sql(f"SELECT count(*) FROM {kind} = 'declaration.lodged'") == [(declarations,)]
    officer = customs.actor("director")
    rows, _more = worklist(actor=officer, filters=Filters(), offset=0, limit=20)
    assert rows
    assert all(replay_declaration(actor=officer, number=row.number).equal for row in rows)


def test_demo_people_see_declarations_and_only_their_own(customs: World) -> None:
    lodge(now())
    seen = {}
    for role in ("declarant", "broker", "clearance_officer", "director"):
        rows, _more = worklist(actor=customs.actor(role), filters=Filters(), offset=0, limit=200)
        assert all(can_see_declaration(customs.actor(role), row.office, row.tax_code) for row in rows)
        seen[role] = {row.tax_code for row in rows}, {row.office for row in rows}
    assert seen["declarant"][0] == {"9999900011"}
    assert len(seen["broker"][0]) > 5
    assert seen["clearance_officer"][1] == {"15BB"}
    assert not {office for office in seen["director"][1] if not office.startswith("15")}


def test_reasons_for_red_are_real(customs: World) -> None:
    lodge(now())
    officer = customs.actor("director")
    rows, _more = worklist(actor=officer, filters=Filters(channel=3), offset=0, limit=200)
    files = [declaration_file(actor=officer, number=row.number) for row in rows]
    codes = {str(reason.code) for file in files for reason in file.decision.reasons if reason.channel == 3}
    assert {"TQ-CHN-007", "TQ-CHN-010"} <= codes


def test_a_real_realm_is_refused_like_a_stranger(customs: World) -> None:
    customs.run_sql("ALTER TABLE core_realm DISABLE TRIGGER ALL")
    customs.run_sql("UPDATE core_realm SET name = 'real'")
    with pytest.raises(NotAllowed):
        lodge(now())
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    assert customs.run_sql("SELECT count(*) FROM accounts_organization WHERE starts_with(code, '99990')") == [(0,)]


def test_a_failure_in_the_middle_leaves_nothing(customs: World) -> None:
    def fail(done: int, total: int) -> None:
        if done == 50:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        lodge_sample_day(at=now(), progress=fail)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]
    assert lodge(now())[-1][1] >= 300


@pytest.mark.parametrize(
    ("at", "first", "last"),
    [
        (datetime(2026, 3, 5, 8, 20, tzinfo=UTC), (5, 7, 0), (5, 15, 20)),
        (datetime(2026, 3, 5, 15, 0, tzinfo=UTC), (5, 7, 0), (5, 19, 0)),
        (datetime(2026, 3, 5, 1, 0, tzinfo=UTC), (4, 7, 0), (4, 19, 0)),
        (datetime(2026, 3, 4, 20, 0, tzinfo=UTC), (4, 7, 0), (4, 19, 0)),
    ],
)
def test_lodgements_are_spread_over_the_hours_of_a_day_already_seen(
    at: datetime, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    opens, closes = working_hours(at)
    assert (opens.day, opens.hour, opens.minute) == first
    assert (closes.day, closes.hour, closes.minute) == last
    assert closes <= at
