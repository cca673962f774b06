"""Workbaskets: two people, a dry run of the very draft, a day, and a way back."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from tests.clearance.lawdesk.desk import (
    CONTROL,
    DUTY,
    FEE,
    NO_PAYMENT,
    draft,
    filed,
    rows,
    second_law_officer,
    tried,
)
from tests.world import World, import_document
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.models import OutboxMessage
from thongquan.base.ledger.models import Entry
from thongquan.clearance.lawdesk import operations
from thongquan.clearance.lawdesk.models import Break, DryRun, Event, Workbasket
from thongquan.clearance.lawdesk.queries import basket_file, baskets, count_waiting, dry_run_file
from thongquan.clearance.lawdesk.states import State
from thongquan.clearance.tariff.models import LawVersion, Parameter
from thongquan.clearance.tariff.operations import load_reference
from thongquan.clearance.tariff.operations.changes import publish_rows
from thongquan.clearance.tariff.operations.reference import SHIPPED
from thongquan.clearance.tariff.queries import current_law
from thongquan.clearance.tariff.queries.changes import as_law_row, columns_of
from thongquan.rules.law import LawOfDay


def proposed(customs: World, basket: int) -> int:
    tried(customs, basket)
    operations.propose_workbasket(actor=customs.actor("law_officer"), workbasket=basket, words="", at=now())
    return basket


def approve(actor: Actor, basket: int, reasons: dict[int, str] | None = None) -> int:
    return operations.approve_workbasket(
        actor=actor, workbasket=basket, reasons=reasons or {}, words="Đồng ý", at=now()
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


def slice_on(day: date) -> LawOfDay:
    return current_law().slice_for(import_document(), day)


def test_a_workbasket_becomes_law_on_its_day_by_two_people(customs: World) -> None:
    filed(customs)
    basket = proposed(customs, draft(customs))
    day, before = localdate(now()) + timedelta(days=10), current_law().version
    assert count_waiting(customs.actor("director")) == 1
    version = approve(customs.actor("director"), basket)
    assert current_law().version.startswith(f"{version}.")
    assert current_law().version != before
    fees = [slice_on(day + timedelta(days=n)).parameters["fee_import_vnd"].value for n in (-1, 0)]
    assert fees == ["20000", "25000"]
    kept = basket_file(actor=customs.actor("auditor"), workbasket=basket, at=now())
    assert (kept.row.state, kept.row.version) == (State.PUBLISHED, version)
    assert [event.step for event in kept.events] == ["start", "edit", "try", "propose", "approve"]
    assert LawVersion.objects.get(id=version).origin == f"workbasket {basket}: Biểu phí mới"


def test_every_step_is_in_the_ledger_and_told(customs: World) -> None:
    filed(customs)
    basket = proposed(customs, draft(customs))
    approve(customs.actor("director"), basket)
    actions = [f"workbasket.{step}" for step in ("start", "edit", "try", "propose", "approve")]
    subject = f"workbasket:{basket}"
    assert list(Entry.objects.filter(subject=subject).order_by("id").values_list("action", flat=True)) == actions
    assert list(OutboxMessage.objects.filter(subject=subject).order_by("id").values_list("kind", flat=True)) == actions
    assert Entry.objects.filter(action="law.changed", actor=customs.actor("director").reference).count() == 1


def test_who_drafted_does_not_approve_and_another_law_officer_does(customs: World) -> None:
    filed(customs)
    basket, other = proposed(customs, draft(customs)), second_law_officer(customs)
    with pytest.raises(Refused) as refused:
        approve(customs.actor("law_officer"), basket)
    assert codes(refused) == ["TQ-LWD-008"]
    assert current_law().version.startswith(f"{LawVersion.objects.latest('id').id}.")
    assert approve(other, basket) > 0


def test_who_wrote_a_row_does_not_approve_either(customs: World) -> None:
    filed(customs)
    basket, other = draft(customs), second_law_officer(customs)
    operations.add_changes(actor=other, workbasket=basket, content=DUTY, file="cells.csv", at=now())
    proposed(customs, basket)
    with pytest.raises(Refused) as refused:
        approve(other, basket)
    assert codes(refused) == ["TQ-LWD-008"]
    assert count_waiting(other) == 0


def test_nothing_is_proposed_without_a_dry_run(customs: World) -> None:
    basket = draft(customs)
    with pytest.raises(Refused) as refused:
        operations.propose_workbasket(actor=customs.actor("law_officer"), workbasket=basket, words="", at=now())
    assert codes(refused) == ["TQ-LWD-003"]


def test_a_dry_run_under_way_is_none(customs: World) -> None:
    basket, at = draft(customs), now()
    officer = customs.actor("law_officer")
    operations.ask_dry_run(actor=officer, workbasket=basket, since=at - timedelta(days=1), until=at, at=at)
    with pytest.raises(Refused) as refused:
        operations.propose_workbasket(actor=officer, workbasket=basket, words="", at=now())
    assert codes(refused) == ["TQ-LWD-003"]


def test_a_dry_run_older_than_the_draft_is_refused_at_both_steps(customs: World) -> None:
    filed(customs)
    basket, officer = draft(customs), customs.actor("law_officer")
    tried(customs, basket)
    operations.add_changes(actor=officer, workbasket=basket, content=DUTY, file="cells.csv", at=now())
    with pytest.raises(Refused) as refused:
        operations.propose_workbasket(actor=officer, workbasket=basket, words="", at=now())
    assert codes(refused) == ["TQ-LWD-004"]
    proposed(customs, basket)
    Workbasket.objects.filter(id=basket).update(revision=9)
    with pytest.raises(Refused) as refused:
        approve(customs.actor("director"), basket)
    assert codes(refused) == ["TQ-LWD-004"]


def test_a_release_that_breaks_valid_filings_is_confirmed_line_by_line(customs: World) -> None:
    number = filed(customs)
    basket = proposed(customs, draft(customs, NO_PAYMENT, "code_lists.csv"))
    (broken,) = Break.objects.all()
    assert (broken.code, broken.declarations, broken.examples) == ("TQ-DEC-004", 1, [number])
    director = customs.actor("director")
    for reasons in ({}, {broken.id: "  "}, {broken.id + 1: "x"}):
        with pytest.raises(Refused) as refused:
            approve(director, basket, reasons)
        assert codes(refused) == ["TQ-LWD-005"]
        assert refused.value.faults[0].path == f"reason_{broken.id}"
    approve(director, basket, {broken.id: "Đã thông báo từ 01/11"})
    broken.refresh_from_db()
    assert (broken.reason, broken.confirmed_by) == ("Đã thông báo từ 01/11", director.reference)


def test_a_returned_workbasket_is_a_draft_again(customs: World) -> None:
    filed(customs)
    basket, director = proposed(customs, draft(customs)), customs.actor("director")
    with pytest.raises(Refused) as refused:
        operations.return_workbasket(actor=director, workbasket=basket, words=" ", at=now())
    assert codes(refused) == ["TQ-LWD-002"]
    operations.return_workbasket(actor=director, workbasket=basket, words="Thiếu căn cứ", at=now())
    assert Workbasket.objects.get(id=basket).state == State.DRAFT
    assert Event.objects.get(step="return").words == "Thiếu căn cứ"
    with pytest.raises(Refused) as refused:
        approve(director, basket)
    assert codes(refused) == ["TQ-LWD-001"]


def test_what_is_proposed_is_not_changed(customs: World) -> None:
    filed(customs)
    basket, officer = proposed(customs, draft(customs)), customs.actor("law_officer")
    for step in (
        lambda: operations.add_changes(actor=officer, workbasket=basket, content=DUTY, file="cells.csv", at=now()),
        lambda: operations.remove_change(actor=officer, workbasket=basket, change=1, at=now()),
        lambda: operations.discard_workbasket(actor=officer, workbasket=basket, words="x", at=now()),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert codes(refused) == ["TQ-LWD-001"]


def test_law_does_not_reach_back(customs: World) -> None:
    filed(customs)
    basket = proposed(customs, draft(customs, days=0))
    Workbasket.objects.filter(id=basket).update(effective_on=localdate(now()) - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        approve(customs.actor("director"), basket)
    assert codes(refused) == ["TQ-LWD-007"]


def test_a_row_before_the_day_of_the_workbasket_is_refused(customs: World) -> None:
    basket = draft(customs)
    early = b"name,value,valid_from,source\nfee_import_vnd,1,2026-01-01,x\n"
    with pytest.raises(Refused) as refused:
        operations.add_changes(
            actor=customs.actor("law_officer"), workbasket=basket, content=early, file="parameters.csv", at=now()
        )
    assert codes(refused) == ["TQ-LWD-006"]


def test_a_row_that_another_release_overtook_is_refused(customs: World) -> None:
    filed(customs)
    basket, at = proposed(customs, draft(customs)), now()
    other = rows(b"name,value,source\nfee_import_vnd,30000,other\n", "parameters.csv")
    publish_rows(rows=other, actor="user:1", origin="other", at=at)
    with pytest.raises(Refused) as refused:
        approve(customs.actor("director"), basket)
    assert codes(refused) == ["TQ-LWD-009"]


def test_what_changes_nothing_is_not_published(customs: World) -> None:
    filed(customs)
    basket = draft(customs)
    kept = rows(FEE, "parameters.csv", localdate(now()) + timedelta(days=10))
    publish_rows(rows=kept, actor="user:1", origin="same", at=now())
    Workbasket.objects.filter(id=basket).update(law_version=LawVersion.objects.latest("id").id)
    proposed(customs, basket)
    with pytest.raises(Refused) as refused:
        approve(customs.actor("director"), basket)
    assert codes(refused) == ["TQ-LWD-010"]
    assert Workbasket.objects.get(id=basket).state == State.PROPOSED


@pytest.mark.parametrize(
    ("content", "file"), [(FEE, "parameters.csv"), (DUTY, "cells.csv"), (CONTROL, "conditions.csv")]
)
def test_a_reversing_workbasket_puts_back_what_was(customs: World, content: bytes, file: str) -> None:
    filed(customs)
    day = localdate(now()) + timedelta(days=10)
    before = slice_on(day)
    basket = proposed(customs, draft(customs, content, file))
    approve(customs.actor("director"), basket)
    assert _content(slice_on(day)) != _content(before)
    back = _reversal(customs, basket, day)
    assert _content(slice_on(day)) != _content(before)
    version = approve(customs.actor("director"), proposed(customs, back))
    assert _content(slice_on(day)) == _content(before)
    assert basket_file(actor=customs.actor("director"), workbasket=basket, at=now()).reversal == back
    assert basket_file(actor=customs.actor("director"), workbasket=back, at=now()).row.version == version


def test_a_reversal_leaves_days_under_the_law_that_held(customs: World) -> None:
    filed(customs)
    day, later = (localdate(now()) + timedelta(days=n) for n in (10, 20))
    basket = proposed(customs, draft(customs))
    approve(customs.actor("director"), basket)
    approve(customs.actor("director"), proposed(customs, _reversal(customs, basket, later)))
    fees = [slice_on(on).parameters["fee_import_vnd"].value for on in (day, later - timedelta(days=1), later)]
    assert fees == ["25000", "25000", "20000"]


def test_a_correction_that_is_taken_back_gives_the_same_law_to_the_byte(customs: World) -> None:
    """A row on a day that has one already is replaced, and the old one put back as it was."""
    filed(customs)
    day = localdate(now()) + timedelta(days=10)
    publish_rows(
        rows=rows(b"name,value,source\nfee_import_vnd,1,x\n", "parameters.csv", day), actor="a", origin="o", at=now()
    )
    digest = LawVersion.objects.latest("id").digest
    basket = proposed(customs, draft(customs))
    approve(customs.actor("director"), basket)
    assert LawVersion.objects.latest("id").digest != digest
    approve(customs.actor("director"), proposed(customs, _reversal(customs, basket, day)))
    assert LawVersion.objects.latest("id").digest == digest


def test_a_workbasket_is_taken_back_once_and_not_after_another_release(customs: World) -> None:
    filed(customs)
    day, officer = localdate(now()) + timedelta(days=10), customs.actor("law_officer")
    basket = proposed(customs, draft(customs))
    approve(customs.actor("director"), basket)
    back = _reversal(customs, basket, day)
    with pytest.raises(Refused) as refused:
        _reversal(customs, basket, day)
    assert codes(refused) == ["TQ-LWD-012"]
    operations.discard_workbasket(actor=officer, workbasket=back, words="Chưa cần", at=now())
    other = rows(b"name,value,source\nfee_import_vnd,30000,other\n", "parameters.csv", day)
    publish_rows(rows=other, actor="user:1", origin="other", at=now())
    with pytest.raises(Refused) as refused:
        _reversal(customs, basket, day)
    assert codes(refused) == ["TQ-LWD-009"]


def _reversal(customs: World, basket: int, day: date) -> int:
    return operations.reverse_workbasket(
        actor=customs.actor("law_officer"), workbasket=basket, effective_on=day, words="Rút lại", at=now()
    )


def _content(law: LawOfDay) -> object:
    """What a slice says, without its version and the days on which it began to say so."""
    parameters = {name: one.value for name, one in law.parameters.items()}
    lines = [
        ([(cell.tax, cell.schedule, cell.options, cell.source) for cell in one.cells], [c.code for c in one.conditions])
        for one in law.lines
    ]
    return parameters, lines, law.known_codes


def test_loading_the_shipped_law_again_leaves_a_release_alone(customs: World) -> None:
    filed(customs)
    basket = proposed(customs, draft(customs))
    version = approve(customs.actor("director"), basket)
    report = load_reference(at=now())
    assert (report.changed, report.version) == (False, version)


def shipped_with(directory: Path, fee: str) -> Path:
    """The shipped law with another fee from the day of the release on."""
    copied = Path(shutil.copytree(SHIPPED, directory / fee))
    day = localdate(now()) + timedelta(days=10)
    file = copied / "parameters.csv"
    kept = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in kept if row["name"] == "fee_import_vnd")
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(row))
        writer.writeheader()
        writer.writerows([*kept, {**row, "value": fee, "valid_from": day.isoformat(), "source": "Circular Y"}])
    return copied


def fee_from_then() -> list[str]:
    day = localdate(now()) + timedelta(days=10)
    return list(Parameter.objects.live().filter(name="fee_import_vnd", valid_from=day).values_list("value", flat=True))


def test_a_shipped_row_of_the_same_key_and_day_is_told_and_the_release_stands(customs: World, tmp_path: Path) -> None:
    filed(customs)
    version = approve(customs.actor("director"), proposed(customs, draft(customs)))
    for _again in range(2):
        report = load_reference(at=now(), directory=shipped_with(tmp_path / str(_again), "30000"))
        assert not report.changed
        (conflict,) = report.conflicts
        assert (conflict.table, conflict.key) == ("Parameter", ("fee_import_vnd",))
        assert conflict.values["value"] == ("25000", "30000")
        assert conflict.origin.startswith("workbasket ")
        assert "'25000', not '30000'" in report.summary()
    assert fee_from_then() == ["25000"]
    assert LawVersion.objects.order_by("-id").values_list("id", flat=True).first() == version


def test_a_conflict_ends_when_a_workbasket_brings_the_other_value(customs: World, tmp_path: Path) -> None:
    filed(customs)
    approve(customs.actor("director"), proposed(customs, draft(customs)))
    directory = shipped_with(tmp_path, "30000")
    assert load_reference(at=now(), directory=directory).conflicts
    same = FEE.replace(b"25000", b"30000").replace(b"Circular X", b"Circular Y")
    approve(customs.actor("director"), proposed(customs, draft(customs, same)))
    assert load_reference(at=now(), directory=directory).conflicts == ()
    assert fee_from_then() == ["30000"]


def test_a_release_that_corrects_a_shipped_row_is_no_conflict_with_that_row(customs: World) -> None:
    row = Parameter.objects.live().get(name="fee_import_vnd")
    told = {name: getattr(row, name) for name in columns_of("Parameter")}
    correction = as_law_row("Parameter", {**told, "value": "21000"})
    publish_rows(rows=[correction], actor="user:1", origin="workbasket 1: x", at=now())
    LawVersion.objects.update(files="")
    report = load_reference(at=now())
    assert (report.changed, report.conflicts) == (False, ())
    assert Parameter.objects.live().get(name="fee_import_vnd", valid_from=row.valid_from).value == "21000"


def test_a_dry_run_is_made_once_and_keeps_what_was_tried(customs: World) -> None:
    number = filed(customs)
    run = tried(customs, draft(customs))
    operations.make_dry_run(run=run, clock=now)
    kept = dry_run_file(actor=customs.actor("director"), run=run, at=now(), rows=True)
    assert (kept.state, kept.share, kept.total, kept.done) == ("done", 100, 1, 1)
    assert [row.number for row in kept.rows] == [number]
    assert kept.outcome is not None
    assert kept.outcome.more_vnd == 5000
    assert kept.changes[0]["table"] == "Parameter"
    assert Break.objects.count() == 0


def test_a_dry_run_that_breaks_down_says_so(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = tried(customs, draft(customs))
    DryRun.objects.filter(id=run).update(state="queued", changes=[{"table": "Nothing", "values": {}}])
    with pytest.raises(KeyError):
        operations.make_dry_run(run=run, clock=now)
    assert DryRun.objects.get(id=run).state == "failed"
    with pytest.raises(NotFound):
        operations.make_dry_run(run=run + 1, clock=now)


class Killed(BaseException):
    """What a process that is killed leaves behind: nothing is caught, nothing is written."""


def test_a_dry_run_whose_maker_died_is_told_as_stopped_and_made_anew(
    customs: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(customs)
    run = tried(customs, draft(customs))
    queued = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%dry_run' GROUP BY 1"
    DryRun.objects.filter(id=run).update(state="queued", outcome=None, done=0)
    customs.run_sql("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name LIKE '%%dry_run'")

    def killed(*args: object, progress: Callable[[int], None], **kwargs: object) -> None:
        progress(1)
        raise Killed

    monkeypatch.setattr("thongquan.clearance.lawdesk.operations.running.try_changes", killed)
    with pytest.raises(Killed):
        operations.make_dry_run(run=run, clock=now)
    monkeypatch.undo()
    director, later = customs.actor("director"), now() + timedelta(minutes=3)
    assert dry_run_file(actor=director, run=run, at=now()).state == "running"
    assert operations.take_up_stopped(at=now()) == 0
    stopped = dry_run_file(actor=director, run=run, at=later)
    assert (stopped.state, stopped.is_under_way, stopped.is_over_without_result) == ("stopped", False, True)
    assert operations.take_up_stopped(at=later) == 1
    assert dict(customs.run_sql(queued)) == {"failed": 1, "todo": 1}
    operations.make_dry_run(run=run, clock=now)
    assert dry_run_file(actor=director, run=run, at=later).state == "done"
    assert operations.take_up_stopped(at=later) == 0


def test_a_maker_whose_run_was_given_to_another_stops(customs: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(customs)
    run = tried(customs, draft(customs))
    DryRun.objects.filter(id=run).update(state="queued", outcome=None)

    def slow(*args: object, progress: Callable[[int], None], **kwargs: object) -> None:
        operations.take_up_stopped(at=now() + timedelta(minutes=3))
        operations.make_dry_run(run=run, clock=now)
        progress(1)
        raise AssertionError

    real = operations.try_changes
    answers: Iterator[Callable[..., object]] = iter([slow, real])
    monkeypatch.setattr(
        "thongquan.clearance.lawdesk.operations.running.try_changes", lambda *a, **k: next(answers)(*a, **k)
    )
    operations.make_dry_run(run=run, clock=now)
    kept = dry_run_file(actor=customs.actor("director"), run=run, at=now())
    assert (kept.state, kept.done) == ("done", 1)


def test_a_draft_needs_a_title_rows_and_a_period(customs: World) -> None:
    officer, at = customs.actor("law_officer"), now()
    with pytest.raises(Refused) as refused:
        operations.start_workbasket(actor=officer, title=" ", why="", effective_on=at.date(), at=at)
    assert codes(refused) == ["TQ-LWD-002"]
    basket = operations.start_workbasket(actor=officer, title="x", why="", effective_on=at.date(), at=at)
    with pytest.raises(Refused) as refused:
        operations.ask_dry_run(actor=officer, workbasket=basket, since=at, until=at + timedelta(days=1), at=at)
    assert codes(refused) == ["TQ-LWD-010"]
    operations.add_changes(actor=officer, workbasket=basket, content=FEE, file="parameters.csv", at=at)
    with pytest.raises(Refused) as refused:
        operations.ask_dry_run(actor=officer, workbasket=basket, since=at, until=at, at=at)
    assert codes(refused) == ["TQ-LWD-011"]
    with pytest.raises(NotFound):
        operations.remove_change(actor=officer, workbasket=basket, change=0, at=at)
    (change,) = Workbasket.objects.get(id=basket).changes.all()
    operations.remove_change(actor=officer, workbasket=basket, change=change.id, at=at)
    assert not Workbasket.objects.get(id=basket).changes.exists()


@pytest.mark.parametrize("role", ["declarant", "team_leader", "neighbor_customs", "administrator"])
def test_a_stranger_to_the_law_desk_reads_and_does_nothing(customs: World, role: str) -> None:
    basket, actor, at = draft(customs), customs.actor(role), now()
    day = at.date()
    for step in (
        lambda: baskets(actor=actor),
        lambda: basket_file(actor=actor, workbasket=basket, at=now()),
        lambda: operations.start_workbasket(actor=actor, title="x", why="", effective_on=day, at=at),
        lambda: operations.add_changes(actor=actor, workbasket=basket, content=FEE, file="p.csv", at=at),
        lambda: operations.ask_dry_run(actor=actor, workbasket=basket, since=at, until=at, at=at),
        lambda: operations.propose_workbasket(actor=actor, workbasket=basket, words="", at=at),
        lambda: operations.return_workbasket(actor=actor, workbasket=basket, words="x", at=at),
        lambda: approve(actor, basket),
        lambda: operations.reverse_workbasket(actor=actor, workbasket=basket, effective_on=day, words="x", at=at),
        lambda: operations.discard_workbasket(actor=actor, workbasket=basket, words="x", at=at),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_a_neighbor_who_reads_the_law_desk_changes_nothing(customs: World) -> None:
    basket, auditor, director = draft(customs), customs.actor("auditor"), customs.actor("director")
    assert [row.id for row in baskets(actor=auditor)] == [basket]
    for actor in (auditor, director):
        with pytest.raises(NotAllowed):
            operations.add_changes(actor=actor, workbasket=basket, content=FEE, file="parameters.csv", at=now())
    with pytest.raises(NotAllowed):
        operations.ask_dry_run(actor=auditor, workbasket=basket, since=now(), until=now(), at=now())
