"""Violations on the page of a declaration: violations stand below declarations and do not know them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from thongquan.base.accounts.queries import Actor
from thongquan.clearance.declarations.queries import Stand
from thongquan.clearance.violations.labels import STATES
from thongquan.clearance.violations.permissions import may
from thongquan.clearance.violations.queries import cases_of_subject, may_see_subject


def panel(actor: Actor, stand: Stand) -> dict[str, Any] | None:
    """The cases of the declaration that this person may read, and the way to record an act."""
    cases = [row for row in cases_of_subject(stand.subject) if may_see_subject(actor, f"violation:{row.id}")]
    records = may(actor, "violations.record", stand.office)
    if not cases and not records:
        return None
    url = f"{reverse('violations:record')}?{urlencode({'subject': stand.subject})}" if records else ""
    return {"rows": [(row, STATES[row.state]) for row in cases], "record_url": url}
