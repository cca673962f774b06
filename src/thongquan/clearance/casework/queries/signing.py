"""What waits for a second person at an office, gathered from the rooms that keep it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.urls import reverse

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.clearance.casework.permissions import led_offices
from thongquan.clearance.casework.queries.team import check_office
from thongquan.clearance.control.queries.overview import count_proposals, proposals_of
from thongquan.clearance.declarations.queries import declarations_in_scope
from thongquan.clearance.revenue.queries import claims
from thongquan.clearance.violations import queries as violations

MOST = 100
LOWER, CLAIM, VIOLATION = "lower", "claim", "violation"
ADDRESSES = {
    LOWER: "control:channel",
    "correction": "declarations:correction_decision",
    "amendment": "declarations:amendment_decision",
    "cancellation": "declarations:cancel",
    CLAIM: "revenue:claim",
    VIOLATION: "violations:case",
}
"""Where each kind of proposal is decided."""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that waits: `kind` lower, correction, amendment, cancellation, claim or violation.

    `before` and `after` are channels; `key` is what the address of its page names, the number when empty.
    """

    number: str
    kind: str
    by: str
    reference: str
    at: datetime
    reason: str
    before: int = 0
    after: int = 0
    key: str = ""

    @property
    def url(self) -> str:
        """Where it is decided."""
        return reverse(self.url_name, args=[self.key or self.number])

    @property
    def url_name(self) -> str:
        """The page where it is decided."""
        return ADDRESSES[self.kind]


def waiting_signatures(*, actor: Actor, office: str) -> list[Signature]:
    """Proposals to lower a channel, corrections, requests to amend and to cancel, claims and fines, oldest first.

    Raises `NotAllowed`.
    """
    check_office(actor, office)
    found = [*_lowered(office), *_proposed(actor, office), *_claims(office), *_fines(office)]
    return sorted(found, key=lambda one: one.at)


def count_waiting(actor: Actor) -> int:
    """How many wait at all offices that the actor leads."""
    led = led_offices(actor)
    if not led:
        return 0
    rows = declarations_in_scope(actor).filter(office__in=led, proposals__outcome="", proposals__isnull=False)
    return rows.count() + count_proposals(led) + claims.count_proposed(led) + violations.count_proposed(led)


def _lowered(office: str) -> list[Signature]:
    return [
        Signature(
            number=one.number,
            kind=LOWER,
            by=one.by,
            reference=one.reference,
            at=one.at,
            reason=one.reason,
            before=one.before,
            after=one.after,
        )
        for one in proposals_of(office)
    ]


def _proposed(actor: Actor, office: str) -> list[Signature]:
    rows = declarations_in_scope(actor).filter(office=office, proposals__outcome="", proposals__isnull=False)
    fields = ("number", "proposals__kind", "proposals__by", "proposals__at", "proposals__reason")
    found = list(rows.order_by("proposals__at").values_list(*fields)[:MOST])
    names = names_of({by for _number, _kind, by, _at, _reason in found})
    return [
        Signature(number=number, kind=kind, by=names.get(by, by), reference=by, at=at, reason=reason)
        for number, kind, by, at, reason in found
    ]


def _claims(office: str) -> list[Signature]:
    rows = claims.proposed_claims(office, most=MOST)
    names = names_of({row.proposed_by for row in rows})
    return [
        Signature(
            number=row.number,
            kind=CLAIM,
            by=names.get(row.proposed_by, row.proposed_by),
            reference=row.proposed_by,
            at=row.proposed_at or row.requested_at,
            reason=row.finding,
        )
        for row in rows
    ]


def _fines(office: str) -> list[Signature]:
    rows = violations.proposed_cases(office, most=MOST)
    names = names_of({row.by for row in rows})
    return [
        Signature(
            number=row.subject.partition(":")[2],
            kind=VIOLATION,
            by=names.get(row.by, row.by),
            reference=row.by,
            at=row.at,
            reason=row.words,
            key=str(row.case),
        )
        for row in rows
    ]
