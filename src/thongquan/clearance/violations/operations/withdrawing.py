"""Findings that fall: what rested on them falls too, the rest stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.violations.models import Finding
from thongquan.clearance.violations.operations.steps import check_words, locked_case, take_step
from thongquan.clearance.violations.states import NOTHING_LEFT, STEPS, State, Step


def withdraw_findings(*, actor: Actor, findings: Collection[int], words: str, at: datetime) -> Decimal:
    """Take findings back, for instance those an objection overthrew; gives the dong of fines taken back.

    A case without any finding left ends: dropped, or annulled when it was decided; a proposal is opened again.
    Announced per case as `violation.withdrawn` with `fine_vnd` to be taken back. Raises `NotFound`, `NotAllowed`;
    `Refused` with TQ-VIO-002, TQ-VIO-006.
    """
    check_words(words)
    with transaction.atomic():
        found = Finding.objects.filter(id__in=findings, withdrawn_at=None).order_by("case_id", "id")
        by_case: dict[int, list[Finding]] = {}
        for finding in found:
            by_case.setdefault(finding.case_id, []).append(finding)
        if sum(map(len, by_case.values())) != len(set(findings)):
            raise NotFound(",".join(map(str, sorted(findings))))
        return sum((_withdrawn(case, rows, words, actor, at) for case, rows in by_case.items()), Decimal(0))


def _withdrawn(case: int, rows: list[Finding], words: str, actor: Actor, at: datetime) -> Decimal:
    """The findings of one case; gives what of its fine falls with them."""
    row = locked_case(case, actor, Step.WITHDRAW)
    ids = {one.id for one in rows}
    back = Decimal(0)
    if row.state == State.DECIDED:
        decision = row.moves.filter(step=Step.DECIDE).order_by("-id")[0]
        back = sum((Decimal(line["amount_vnd"]) for line in decision.fines if line["finding"] in ids), Decimal(0))
        row.fine_vnd = (row.fine_vnd or Decimal(0)) - back
    Finding.objects.filter(id__in=ids).update(withdrawn_at=at)
    state = State(row.state)
    left = row.findings.filter(withdrawn_at=None).exists()
    row.state = STEPS[Step.WITHDRAW].moves[state] if left else NOTHING_LEFT[state]
    row.save(update_fields=["state", "fine_vnd"])
    details = {"findings": sorted(ids), "fine_vnd": str(back)}
    take_step(row, Step.WITHDRAW, actor, at, words=words, details=details, fine_vnd=back)
    return back
