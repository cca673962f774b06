"""Writing a profile: everything that is wrong with it is told at once, and nothing half-written is kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import msgspec
from django.db import transaction
from django.utils import timezone

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.faults import Refused
from thongquan.clearance.risk.expressions import Problem, problems_of
from thongquan.clearance.risk.models import Profile, RiskList
from thongquan.clearance.risk.operations.steps import happened, locked, take
from thongquan.clearance.risk.permissions import check_may
from thongquan.clearance.risk.states import State, Step
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_CAP, MOST_PRIORITY = 10_000, 100


class ProfileBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an analyst writes of a profile: see `models.Profile`. `expected_share` is a fraction."""

    name: str
    expression: str
    channel: int
    look_at: str
    basis: str
    valid_from: date
    valid_to: date
    expected_share: Decimal
    cap: int
    priority: int = 50
    lists: tuple[str, ...] = ()


def start_profile(*, actor: Actor, body: ProfileBody, at: datetime) -> int:
    """Begin a draft; gives its number. Raises `NotAllowed`; `Refused` with every fault at once (TQ-RSK)."""
    check_may(actor, "risk.draft")
    _check(body, at)
    with transaction.atomic():
        row = Profile(owner=actor.reference, state=State.DRAFT)
        _fill(row, body, actor, at)
        row.save()
        happened(row, Step.START, actor, at)
        return row.pk


def edit_profile(*, actor: Actor, profile: int, body: ProfileBody, at: datetime) -> None:
    """Write a draft anew; its dry run no longer counts. Raises as `start_profile`, and `NotFound`, TQ-RSK-008."""
    _check(body, at)
    with transaction.atomic():
        row = locked(actor, profile, Step.EDIT)
        _fill(row, body, actor, at)
        row.revision += 1
        row.save()
        take(row, Step.EDIT, actor, at, data={"revision": row.revision})


def revise_profile(*, actor: Actor, profile: int, at: datetime) -> int:
    """Begin a draft that will follow a live profile; gives its number. Raises `NotAllowed`, `NotFound`, TQ-RSK-008."""
    with transaction.atomic():
        row = locked(actor, profile, Step.REVISE)
        standing = row.successors.filter(state__in=(State.DRAFT, State.PROPOSED)).first()
        if standing is not None:
            return standing.pk
        made = Profile(owner=actor.reference, state=State.DRAFT, replaces=row)
        _fill(made, body_of(row), actor, at)
        made.save()
        happened(made, Step.START, actor, at, data={"replaces": row.pk})
        return made.pk


def body_of(row: Profile) -> ProfileBody:
    """What was written of a profile."""
    names = [field.name for field in msgspec.structs.fields(ProfileBody) if field.name != "lists"]
    return ProfileBody(**{name: getattr(row, name) for name in names}, lists=tuple(row.lists))


def _fill(row: Profile, body: ProfileBody, actor: Actor, at: datetime) -> None:
    for name, value in msgspec.structs.asdict(body).items():
        setattr(row, name, storable(value).strip() if isinstance(value, str) else value)
    row.lists = sorted(set(body.lists))
    row.changed_by, row.changed_at = actor.reference, at


def _check(body: ProfileBody, at: datetime) -> None:
    """Raise `Refused` with everything that is wrong."""
    faults = [fault_of(one) for one in problems_of(body.expression)]
    texts = {"name": (body.name, 120), "look_at": (body.look_at, 300), "basis": (body.basis, 300)}
    faults += [Fault(code=Code.TQ_RSK_009, path=path) for path, (text, _most) in texts.items() if not text.strip()]
    faults += [_bounds(path, text[:40]) for path, (text, most) in texts.items() if len(text) > most]
    if body.valid_to < max(body.valid_from, timezone.localdate(at)):
        faults.append(Fault(code=Code.TQ_RSK_013, path="valid_to", value=body.valid_to.isoformat()))
    faults += [_bounds(path, value) for path, value, is_good in _numbers(body) if not is_good]
    known = set(RiskList.objects.values_list("code", flat=True)) if body.lists else set()
    faults += [_bounds("lists", name[:40]) for name in body.lists if name not in known]
    if faults:
        raise Refused(faults)


def _numbers(body: ProfileBody) -> list[tuple[str, object, bool]]:
    share = body.expected_share
    return [
        ("channel", body.channel, body.channel in (2, 3)),
        ("expected_share", share, share.is_finite() and 0 < share <= 1),
        ("cap", body.cap, 0 < body.cap <= MOST_CAP),
        ("priority", body.priority, 0 <= body.priority <= MOST_PRIORITY),
    ]


def _bounds(path: str, value: object) -> Fault:
    return Fault(code=Code.TQ_RSK_014, path=path, value=str(value))


_CODES = {
    "unreadable": Code.TQ_RSK_001,
    "limit": Code.TQ_RSK_002,
    "answer": Code.TQ_RSK_003,
    "facts": Code.TQ_RSK_004,
    "field": Code.TQ_RSK_005,
    "slow": Code.TQ_RSK_006,
    "fails": Code.TQ_RSK_007,
}


def fault_of(problem: Problem) -> Fault:
    """A problem of an expression as a fault of its field."""
    values = {"line": str(problem.line), "column": str(problem.column)}
    if problem.kind == "limit":
        limit, _space, most = problem.what.partition(" ")
        values = {"limit": limit, "most": most}
    return Fault(code=_CODES[problem.kind], path="expression", value=problem.what, values=values)
