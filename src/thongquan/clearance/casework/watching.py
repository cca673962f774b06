"""On which pages presence is told: those that name a declaration, to officers."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.people import Actor as AnyActor
from thongquan.clearance.casework.permissions import colleague_offices

WORK = {
    "control:documents": "check",
    "control:inspection": "inspect",
    "control:channel": "channel",
    "control:release": "release",
    "control:specialized": "check",
    "control:preservation": "decide",
    "declarations:amendment_decision": "decide",
    "declarations:correction_decision": "decide",
    "declarations:cancel": "decide",
    "declarations:instruct": "amend",
    "declarations:correct": "amend",
}
"""Pages where somebody works on the declaration, and at what; on all others they read."""
WATCHED = frozenset({"declarations", "control", "postaudit", "casework"})


def heartbeat(request: HttpRequest, actor: AnyActor) -> dict[str, str] | None:
    """Address and work of the heartbeat that this page sends; None for pages and people without one."""
    match = request.resolver_match
    number = match.kwargs.get("number", "") if match else ""
    if not number or match is None or match.app_names[:1] not in [[name] for name in WATCHED]:
        return None
    if not isinstance(actor, Actor) or is_trader(actor) or not colleague_offices(actor):
        return None
    return {"url": reverse("casework:presence", args=[number]), "work": WORK.get(match.view_name, "")}
