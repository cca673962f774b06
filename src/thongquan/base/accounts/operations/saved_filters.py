"""Keeping filters of lists under names, and sharing them with one's office."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.models import SavedFilter
from thongquan.base.accounts.permissions import readable_offices
from thongquan.base.accounts.queries.actors import Actor
from thongquan.base.accounts.queries.saved_filters import own_filter
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.text import storable

MOST_NAME, MOST_QUERY, MOST_FILTERS = 60, 500, 30
Places = tuple[str, ...]


def save_filter(*, actor: Actor, place: str, name: str, query: str, office: str, at: datetime) -> int:
    """Keep the query of an address under a name; `office` shares it at once. Gives its id.

    Raises `NotAllowed` for nobody, `Refused` with TQ-VIE-005 for a name that is empty, too long or used, TQ-VIE-006
    with too many, TQ-VIE-009 for an office of others.
    """
    if actor.user_id is None:
        raise NotAllowed("filters.save")
    with transaction.atomic():
        if SavedFilter.objects.filter(owner_id=actor.user_id, place=place).count() >= MOST_FILTERS:
            raise _refused(Code.TQ_VIE_006, max=MOST_FILTERS)
        told = _name(actor, place, name)
        _check_office(actor, office)
        kept = {"name": told, "query": query[:MOST_QUERY], "office": office, "at": at}
        return int(SavedFilter.objects.create(owner_id=actor.user_id, place=place, **kept).pk)


def change_filter(*, actor: Actor, filter_id: int, places: Places, act: str, name: str = "", office: str = "") -> None:
    """Do what a page asks with one's own filter: `delete`, `share` (with an office, or nobody), else rename.

    Raises `NotFound`, `Refused` with TQ-VIE-005 or -009.
    """
    if act == "delete":
        delete_filter(actor=actor, filter_id=filter_id, places=places)
    elif act == "share":
        share_filter(actor=actor, filter_id=filter_id, places=places, office=office)
    else:
        rename_filter(actor=actor, filter_id=filter_id, places=places, name=name)


def rename_filter(*, actor: Actor, filter_id: int, places: Places, name: str) -> None:
    """Give one's own saved filter another name. Raises `NotFound`, and `Refused` with TQ-VIE-005."""
    row = own_filter(actor=actor, filter_id=filter_id, places=places)
    row.name = _name(actor, row.place, name, but=row.pk)
    row.save(update_fields=["name"])


def share_filter(*, actor: Actor, filter_id: int, places: Places, office: str) -> None:
    """Share one's own saved filter with an office, or with nobody (empty). Raises `NotFound`, TQ-VIE-009."""
    row = own_filter(actor=actor, filter_id=filter_id, places=places)
    _check_office(actor, office)
    row.office = office
    row.save(update_fields=["office"])


def delete_filter(*, actor: Actor, filter_id: int, places: Places) -> None:
    """Throw one's own saved filter away, for everybody it was shared with too. Raises `NotFound`."""
    own_filter(actor=actor, filter_id=filter_id, places=places).delete()


def _name(actor: Actor, place: str, name: str, *, but: int = 0) -> str:
    told = storable(name)
    used = SavedFilter.objects.filter(owner_id=actor.user_id, place=place, name=told).exclude(pk=but)
    if not told or len(told) > MOST_NAME or used.exists():
        raise _refused(Code.TQ_VIE_005, path="name", value=told[:MOST_NAME], max=MOST_NAME)
    return told


def _check_office(actor: Actor, office: str) -> None:
    if office and office not in readable_offices(actor):
        raise _refused(Code.TQ_VIE_009, path="office", value=office[:6])


def _refused(code: Code, *, path: str = "", value: str = "", **values: int) -> Refused:
    told = {name: str(one) for name, one in values.items()}
    return Refused((Fault(code=code, path=path, value=value, values=told),))
