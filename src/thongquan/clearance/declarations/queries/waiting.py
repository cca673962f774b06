"""What waits on a declaration: proposals of others, and what customs asked to correct."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db.models import F

from thongquan.clearance.declarations.models import Event, Link, Proposal, Version
from thongquan.clearance.declarations.numbers import key_of_number
from thongquan.clearance.declarations.states import State, Step
from thongquan.rules.document import Document
from thongquan.rules.encoding import decoded_document


class Instruction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to correct: `path` of the field, what is wrong, and a value that would be accepted."""

    path: str
    words: str
    example: str = ""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that waits for a decision."""

    kind: str
    base: int
    ground: str
    reason: str
    by: str
    at: datetime
    document: Document | None = None


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration among those that one upload was split into."""

    number: str
    branch: int
    branches: int
    state: str
    channel: int
    lines: int


def instructions_of(number: str) -> tuple[Instruction, ...]:
    """What customs asks to correct now; empty unless the declaration is instructed."""
    found = (
        Event.objects.filter(declaration_id=key_of_number(number), kind=Step.INSTRUCT)
        .select_related("declaration")
        .order_by("-id")
        .first()
    )
    if found is None or found.declaration.state != State.INSTRUCTED:
        return ()
    return tuple(Instruction(**one) for one in found.data.get("fields", ()))


def waiting_on(number: str) -> dict[str, Waiting]:
    """Proposals that wait, by kind. The caller has checked that the reader may see the declaration."""
    rows = Proposal.objects.filter(declaration_id=key_of_number(number), outcome="")
    return {row.kind: _waiting(row) for row in rows}


def _waiting(row: Proposal) -> Waiting:
    document = bytes(row.document)
    return Waiting(
        kind=row.kind,
        base=row.base,
        ground=row.ground,
        reason=row.reason,
        by=row.by,
        at=row.at,
        document=decoded_document(document) if document else None,
    )


def branches_of(number: str) -> list[Branch]:
    """The declarations this one was split with, itself among them, in order; empty when it stands alone."""
    link = Link.objects.filter(declaration_id=key_of_number(number)).first()
    if link is None:
        return []
    rows = Link.objects.filter(first_id=link.first_id).select_related("declaration").order_by("branch")
    return [
        Branch(
            number=row.declaration.number,
            branch=row.branch,
            branches=row.branches,
            state=row.declaration.state,
            channel=row.declaration.channel,
            lines=row.declaration.lines.filter(version=row.declaration.version).count(),
        )
        for row in rows
    ]


def settled_since(*, since: datetime, until: datetime, most: int) -> dict[int, int]:
    """Settled declarations by key whose version in force was made in [since, until], oldest first: their versions."""
    rows = Version.objects.filter(
        declaration__state=State.SETTLED, version=F("declaration__version"), at__gte=since, at__lte=until
    )
    return dict(rows.order_by("at").values_list("declaration_id", "version")[:most])
