"""Changing the channel, and the report of every lowered one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.clearance.control.operations.channel import (
    lower_channel,
    propose_lower_channel,
    raise_channel,
    reject_lower_channel,
)
from thongquan.clearance.control.permissions import led_offices, overseen_offices
from thongquan.clearance.control.queries.channels import (
    lowered_channels,
    open_proposal,
    rejected_proposal,
    waiting_proposals,
)
from thongquan.clearance.control.views.common import actor_of_page, strip_of
from thongquan.clearance.control.views.steps import Context, can_take, tried
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.states import Step

TEMPLATE = "control/channel.html"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest, number: str) -> HttpResponse:
    """Raise, propose to lower, sign or refuse a lower channel. POST `act`: `raise`, `propose`, `sign` or `reject`."""
    actor, at = actor_of_page(request), now()
    if request.method != "POST":
        return render(request, TEMPLATE, _context(actor, number))
    which, wanted = request.POST.get("act", ""), request.POST.get("channel", "")
    words, asked = request.POST.get("reason", ""), int(wanted) if wanted in {"1", "2", "3"} else 0

    def act() -> object:
        if which == "sign":
            return lower_channel(actor=actor, number=number, note=request.POST.get("note", ""), at=at)
        if which == "reject":
            return reject_lower_channel(actor=actor, number=number, reason=words, at=at)
        change = propose_lower_channel if which == "propose" else raise_channel
        return change(actor=actor, number=number, channel=asked, reason=words, at=at)

    return tried(
        request,
        act,
        done={
            "sign": _("The channel is lowered and reported to internal control."),
            "propose": _("The proposal waits for a team leader."),
            "reject": _("The proposal is refused; whoever made it is told."),
        }.get(which, _("The channel is raised.")),
        leads_to=("declarations:file", number),
        template=TEMPLATE,
        context=lambda: _context(actor, number),
    )


def _context(actor: Actor, number: str) -> Context:
    stand = stand_of(actor=actor, number=number)
    proposal = open_proposal(actor, number)
    can_sign = can_take(actor, stand, Step.LOWER_CHANNEL) and proposal is not None
    return {
        "stand": stand,
        "strip": strip_of(stand),
        "proposal": proposal,
        "rejected": None if proposal else rejected_proposal(actor, number),
        "stricter": [one for one in (2, 3) if one > stand.channel]
        if can_take(actor, stand, Step.RAISE_CHANNEL)
        else [],
        "lighter": [one for one in (1, 2) if one < stand.channel]
        if can_take(actor, stand, Step.PROPOSE_LOWER_CHANNEL)
        else [],
        "can_sign": can_sign and proposal is not None and proposal.proposer != actor.reference,
        "is_own": can_sign and proposal is not None and proposal.proposer == actor.reference,
    }


@page
@never_cache
@require_GET
def lowered(request: HttpRequest) -> HttpResponse:
    """Every lowered channel, for internal control, directors and auditors; proposals that wait, for team leaders."""
    actor = actor_of_page(request)
    if not overseen_offices(actor) and not led_offices(actor):
        raise NotAllowed("control.lowered")
    context = {
        "changes": lowered_channels(actor),
        "waiting": waiting_proposals(actor),
        "oversees": bool(overseen_offices(actor)),
    }
    return render(request, "control/lowered.html", context)
