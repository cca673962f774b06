"""Beginning an application from a lodged export declaration at one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.origin.operations.outbound_begin import begin_outbound


@page
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Begin it, or open the one that was begun already."""
    try:
        made = begin_outbound(actor=actor_of_request(request, now()), declaration=number, at=now())
    except Refused as refused:
        for fault in refused.faults:
            told = sentence(fault)
            messages.error(request, f"{told.text} {told.remedy}")
        return redirect("origin:outbound_list")
    return redirect("origin:outbound", made)
