"""What this room shows on the page of a declaration: the code and the square with which others may follow it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.actions import Panel
from thongquan.clearance.declarations.queries import Stand
from thongquan.insight.public.queries.tracking import tracking_code


def tracking(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The declarant's side alone: whoever has the code reads where the declaration stands."""
    if not can_lodge(actor, stand.tax_code):
        return None
    code = tracking_code(stand.number)
    return {"code": code, "url": f"{reverse('public:track')}?{urlencode({'number': stand.number, 'code': code})}"}


PANELS = [Panel("public/_tracking.html", tracking, place="aside")]
