"""What readers do with their notices: mark them read, and choose how they want to be told.

None of it enters the ledger: it changes nothing for anybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotFound
from thongquan.base.notices.models import Notice, Preference
from thongquan.base.notices.permissions import check_reads_notices
from thongquan.base.notices.queries.notices import WAYS, kinds_of


def mark_read(*, actor: Actor, notice: int, at: datetime, read: bool = True) -> None:
    """Mark one of the actor's notices as read, or as unread again. Raises NotAllowed, NotFound."""
    check_reads_notices(actor)
    rows = Notice.objects.filter(reader=actor.reference, shown=True, pk=notice)
    if not rows.exists():
        raise NotFound(str(notice))
    if read:
        rows.filter(read_at=None).update(read_at=at)
    else:
        rows.update(read_at=None)


def mark_all_read(*, actor: Actor, until: int, at: datetime) -> int:
    """Mark as read what the actor saw: everything up to notice `until`, not what came since. Raises NotAllowed."""
    check_reads_notices(actor)
    rows = Notice.objects.filter(reader=actor.reference, shown=True, read_at=None, pk__lte=until)
    return rows.update(read_at=at)


def choose_ways(*, actor: Actor, ways: Mapping[str, str]) -> None:
    """Choose how to be told of kinds: app, mail, both or none. Kinds the person cannot get are passed over.

    What is chosen as is usual leaves no row, so that a later change of what is usual is felt. Raises NotAllowed.
    """
    check_reads_notices(actor)
    usual = {words.kind: (words.in_app, words.by_mail) for words in kinds_of(actor)}
    chosen = {kind: WAYS[way] for kind, way in ways.items() if kind in usual and way in WAYS}
    with transaction.atomic():
        Preference.objects.filter(reader=actor.reference, kind__in=chosen).delete()
        Preference.objects.bulk_create(
            Preference(reader=actor.reference, kind=kind, in_app=way[0], by_mail=way[1])
            for kind, way in chosen.items()
            if way != usual[kind]
        )
