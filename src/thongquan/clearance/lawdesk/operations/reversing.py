"""Taking a published workbasket back: another one that puts back what was, tried and approved like any other."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.lawdesk.models import Workbasket
from thongquan.clearance.lawdesk.operations.drafting import key_text, new_basket, put_rows, rows_of
from thongquan.clearance.lawdesk.operations.steps import check_words, happened, locked
from thongquan.clearance.lawdesk.states import State, Step
from thongquan.clearance.tariff.queries.changes import LawRow, changed_since, rows_back
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


def reverse_workbasket(*, actor: Actor, workbasket: int, effective_on: date, words: str, at: datetime) -> int:
    """Draft the workbasket that takes a published one back from a day on; gives its number.

    Rows that hold only after `effective_on` never come to hold; days before it stay as they were declared under.
    Raises `NotAllowed`, `NotFound`; `Refused` with TQ-LWD-001, -002, TQ-LWD-009 for each row another load changed
    since, TQ-LWD-012 when it is being taken back already.
    """
    with transaction.atomic():
        row = locked(actor, workbasket, Step.REVERSE)
        check_words(words=words)
        rows, version = rows_of(row), row.version or 0
        faults = [*_again(row), *_overtaken(rows, version)]
        if faults:
            raise Refused(faults)
        back = new_basket(
            actor=actor,
            title=f"↩ {row.title}",
            why=words,
            effective_on=effective_on,
            at=at,
            reverses=row,
        )
        put_rows(back, rows_back(rows, version, effective_on), actor, at)
        back.revision = 1
        back.save(update_fields=["revision"])
        happened(row, Step.REVERSE, actor, at, words=words, data={"reversal": back.id})
        return back.id


def _again(row: Workbasket) -> list[Fault]:
    if row.reversals.exclude(state=State.DISCARDED).exists():
        return [Fault(code=Code.TQ_LWD_012, path="state", value=row.title)]
    return []


def _overtaken(rows: list[LawRow], version: int) -> list[Fault]:
    return [
        Fault(code=Code.TQ_LWD_009, path="changes", value=f"{one.table} {key_text(one)}")
        for one in changed_since(rows, version)
    ]
