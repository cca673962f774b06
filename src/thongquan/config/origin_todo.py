"""Certificates of origin in a broker's list of things to do: the room of certificates knows nothing of that list."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.todo import Source, Todo
from thongquan.clearance.origin.queries.balances import Low, low_certificates

WHAT = {
    "ends": _("Use or replace the certificate of origin: its validity ends soon"),
    "little": _("Ask for another certificate of origin: little of this one is left"),
}


def low(actor: Actor, at: datetime, most: int) -> list[Todo]:
    """Certificates whose validity ends within 30 days, or of which no more than a tenth is left."""
    return [_todo(one) for one in low_certificates(actor=actor, on=timezone.localdate(at), most=most)]


def _todo(one: Low) -> Todo:
    ends = one.on if one.why == "ends" else None
    return Todo(
        what=WHAT[one.why],
        button=_("Balance"),
        url=reverse("origin:balance", args=[one.id]),
        name=f"{one.agreement} {one.number}",
        tax_code=one.tax_code,
        trader=one.trader_name,
        due_at=timezone.make_aware(datetime.combine(ends, time.max)) if ends else None,
    )


TODO_SOURCES = [Source(_("Certificates of origin"), "origin:list", low)]
