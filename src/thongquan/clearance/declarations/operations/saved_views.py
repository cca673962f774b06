"""Keeping filters under names, sharing them with one's office, and choosing the columns of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.permissions import readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.models import ListColumns, SavedView
from thongquan.clearance.declarations.queries.saved_views import own_view
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_NAME, MOST_QUERY, MOST_VIEWS = 60, 500, 30


def save_view(*, actor: Actor, name: str, query: str, office: str, at: datetime) -> int:
    """Keep the query of an address under a name; `office` shares it at once. Gives its id.

    Raises `NotAllowed` for nobody, `Refused` with TQ-VIE-005 for a name that is empty, too long or used, TQ-VIE-006
    with too many, TQ-VIE-009 for an office of others.
    """
    owner = _person(actor)
    with transaction.atomic():
        if SavedView.objects.filter(owner_id=owner).count() >= MOST_VIEWS:
            raise _refused(Code.TQ_VIE_006, max=MOST_VIEWS)
        told = _name(actor, name)
        _check_office(actor, office)
        row = SavedView.objects.create(owner_id=owner, name=told, query=query[:MOST_QUERY], office=office, at=at)
        return int(row.pk)


def rename_view(*, actor: Actor, view_id: int, name: str) -> None:
    """Give one's own saved filter another name. Raises `NotFound`, and `Refused` with TQ-VIE-005."""
    row = own_view(actor=actor, view_id=view_id)
    row.name = _name(actor, name, but=row.pk)
    row.save(update_fields=["name"])


def share_view(*, actor: Actor, view_id: int, office: str) -> None:
    """Share one's own saved filter with an office, or with nobody (empty). Raises `NotFound`, TQ-VIE-009."""
    row = own_view(actor=actor, view_id=view_id)
    _check_office(actor, office)
    row.office = office
    row.save(update_fields=["office"])


def delete_view(*, actor: Actor, view_id: int) -> None:
    """Throw one's own saved filter away, for everybody it was shared with too. Raises `NotFound`."""
    own_view(actor=actor, view_id=view_id).delete()


def choose_columns(*, actor: Actor, names: Sequence[str]) -> None:
    """Keep which columns the list shows to this person; none means those it shows by itself."""
    ListColumns.objects.update_or_create(owner_id=_person(actor), defaults={"names": list(names)})


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotAllowed("declarations.view")
    return actor.user_id


def _name(actor: Actor, name: str, *, but: int = 0) -> str:
    told = storable(name)
    used = SavedView.objects.filter(owner_id=actor.user_id, name=told).exclude(pk=but)
    if not told or len(told) > MOST_NAME or used.exists():
        raise _refused(Code.TQ_VIE_005, path="name", value=told[:MOST_NAME], max=MOST_NAME)
    return told


def _check_office(actor: Actor, office: str) -> None:
    if office and office not in readable_offices(actor):
        raise _refused(Code.TQ_VIE_009, path="office", value=office[:6])


def _refused(code: Code, *, path: str = "", value: str = "", **values: int) -> Refused:
    told = {name: str(one) for name, one in values.items()}
    return Refused((Fault(code=code, path=path, value=value, values=told),))
