"""The log of e-mails, for administrators: what kind, how far, why not; neither address nor name."""

from __future__ import annotations

from datetime import datetime

import msgspec

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.errors import NotAllowed
from thongquan.base.notices.models import Mail
from thongquan.base.notices.permissions import can_see_mail

PAGE = 50


class MailRow(msgspec.Struct, frozen=True, kw_only=True):
    """One e-mail of the log; `fault` names what stood in the way."""

    id: int
    kind: str
    at: datetime
    state: str
    tries: int
    next_at: datetime | None
    done_at: datetime | None
    fault: str


def mail_log(*, actor: Actor, after: int | None = None, size: int = PAGE) -> tuple[list[MailRow], int | None]:
    """The e-mails, newest first, and where the next page begins. Raises NotAllowed."""
    if not can_see_mail(actor):
        raise NotAllowed("notices.mail")
    rows = Mail.objects.select_related("notice")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: size + 1])
    return [_row(row) for row in found[:size]], found[size - 1].pk if len(found) > size else None


def _row(row: Mail) -> MailRow:
    return MailRow(
        id=row.pk,
        kind=row.notice.kind,
        at=row.notice.at,
        state=row.state,
        tries=row.tries,
        next_at=row.next_at if row.state == "waiting" else None,
        done_at=row.done_at,
        fault=row.fault,
    )
