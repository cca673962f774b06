"""Versions of a declaration: each whole, and two side by side with what changed, who, why, and what it did."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.clearance.declarations.changes import Change, changes_between
from thongquan.clearance.declarations.models import Declaration, Event, Version
from thongquan.clearance.declarations.numbers import key_of_number, number_of
from thongquan.clearance.declarations.permissions import check_may_see
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_decision, decoded_document

VERSION_STEPS = (
    Step.AMEND,
    Step.COMPLETE,
    Step.CONFIRM_CORRECTION,
    Step.AMEND_AFTER,
    Step.GRANT_LATE,
    Step.CHARGE_LATE,
)
"""The steps whose outcome is a version."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One version: how it came about (`kind` is lodged or a step), who, why, its channel, decision and document.

    `changes` are those from the version before. The decision is whole: redact it before it leaves.
    """

    version: int
    number: str
    kind: str
    state: str
    at: datetime
    actor: str
    reason: str
    channel: int
    document: Document
    decision: Decision
    law_version: str
    changes: tuple[Change, ...] = ()
    consequences: tuple[Fault, ...] = ()


class TaxChange(msgspec.Struct, frozen=True, kw_only=True):
    """One total, in dong, in two versions; `tax` is a tax, or `fee`, `due`, `secured`."""

    tax: str
    before_vnd: Decimal
    after_vnd: Decimal

    @property
    def difference_vnd(self) -> Decimal:
        """After less before."""
        return self.after_vnd - self.before_vnd


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions side by side."""

    before: Kept
    after: Kept
    changes: tuple[Change, ...]
    taxes: tuple[TaxChange, ...]


def versions_of(*, actor: Actor, number: str) -> list[Kept]:
    """All versions in order. Raises `NotFound` also outside the actor's scope."""
    declaration = Declaration.objects.filter(id=key_of_number(number)).first()
    if declaration is None:
        raise NotFound(number)
    check_may_see(actor, office=declaration.office, tax_code=declaration.tax_code)
    events = {
        event.data.get("version"): event for event in declaration.events.filter(kind__in=VERSION_STEPS).order_by("id")
    }
    found: list[Kept] = []
    for row in declaration.versions.order_by("version"):
        found.append(_kept(row, events.get(row.version), found[-1] if found else None))
    return found


def _kept(row: Version, event: Event | None, before: Kept | None) -> Kept:
    document, decision = decoded_document(bytes(row.document)), decoded_decision(bytes(row.decision))
    data = event.data if event else {}
    return Kept(
        version=row.version,
        number=number_of(row.declaration_id, amendments=row.version),
        kind=event.kind if event else "lodged",
        state=event.state if event else State.CHANNELED,
        at=row.at,
        actor=row.actor,
        reason=event.reason if event else "",
        channel=data.get("channel") or decision.channel or 0,
        document=document,
        decision=decision,
        law_version=row.law_version,
        changes=tuple(changes_between(before.document, document)) if before else (),
        consequences=tuple(
            Fault(code=one["code"], values=one["values"], severity="warning") for one in data.get("consequences", ())
        ),
    )


def version_of(*, actor: Actor, number: str, version: int) -> Kept:
    """One version. Raises `NotFound` also outside the actor's scope."""
    for kept in versions_of(actor=actor, number=number):
        if kept.version == version:
            return kept
    raise NotFound(number)


def comparison_of(*, actor: Actor, number: str, before: int, after: int) -> Comparison:
    """Two versions with every difference. Raises `NotFound` also outside the actor's scope."""
    known = {kept.version: kept for kept in versions_of(actor=actor, number=number)}
    if before not in known or after not in known:
        raise NotFound(number)
    one, other = known[before], known[after]
    return Comparison(
        before=one,
        after=other,
        changes=tuple(changes_between(one.document, other.document)),
        taxes=tax_changes(one.decision, other.decision),
    )


def tax_changes(before: Decision, after: Decision) -> tuple[TaxChange, ...]:
    """What changed duties: every tax of either decision, then fee, what is secured, and the whole."""
    taxes = dict.fromkeys((*before.totals_vnd, *after.totals_vnd))
    zero = Decimal(0)
    rows = [(tax, before.totals_vnd.get(tax, zero), after.totals_vnd.get(tax, zero)) for tax in taxes]
    rows.append(("fee", before.fee_vnd, after.fee_vnd))
    if before.secured_vnd or after.secured_vnd:
        rows.append(("secured", before.secured_vnd, after.secured_vnd))
    rows.append(("due", before.due_vnd, after.due_vnd))
    return tuple(TaxChange(tax=tax, before_vnd=old, after_vnd=new) for tax, old, new in rows)
