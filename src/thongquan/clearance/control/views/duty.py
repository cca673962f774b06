"""The page of the duty roster, kept by the team leader."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor, officers_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.operations.duty import enter_turn, withdraw_turn
from thongquan.clearance.control.permissions import INSPECTORS, inspector_offices, led_offices
from thongquan.clearance.control.queries.duty import roster_of
from thongquan.clearance.control.views.common import actor_of_page, problems_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


@page
@never_cache
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Who is on duty now and later; the team leader enters and withdraws turns."""
    actor = actor_of_page(request)
    if not inspector_offices(actor):
        raise NotAllowed("control.roster")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            _change(request, actor)
        except Refused as refused:
            problems = problems_of(refused.faults)
        else:
            return redirect("control:duty")
    return _shown(request, actor, problems)


def _change(request: HttpRequest, actor: Actor) -> None:
    if "turn" in request.POST:
        turn = request.POST["turn"]
        if not (turn.isascii() and turn.isdigit() and len(turn) < 19):
            raise NotFound("turn")
        withdraw_turn(actor=actor, turn_id=int(turn), at=now())
        return
    enter_turn(
        actor=actor,
        office=request.POST.get("office", "")[:6],
        officer=request.POST.get("officer", "")[:32],
        starts_at=_moment(request, "starts_at"),
        ends_at=_moment(request, "ends_at"),
        at=now(),
    )


def _moment(request: HttpRequest, name: str) -> datetime:
    """A local moment as the browser sends it. Raises `Refused` (TQ-FMT-018)."""
    text = request.POST.get(name, "")[:32]
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise Refused([Fault(code=Code.TQ_FMT_018, path=name, value=text)])
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _shown(request: HttpRequest, actor: Actor, problems: list[Problem]) -> HttpResponse:
    at = now()
    led = led_offices(actor)
    offices = [
        {
            "code": office,
            "turns": roster_of(actor=actor, office=office, at=at),
            "officers": list(officers_of(office, INSPECTORS, at).items()) if office in led else [],
            "leads": office in led,
        }
        for office in sorted(inspector_offices(actor) - actor.regions)
    ]
    today = timezone.localtime(at)
    context = {
        "offices": offices,
        "problems": problems,
        "starts": today.replace(minute=0).strftime("%Y-%m-%dT%H:%M"),
        "ends": today.replace(hour=23, minute=0).strftime("%Y-%m-%dT%H:%M"),
        "leads": bool(led),
    }
    return render(request, "control/duty.html", context, status=422 if problems else 200)
