"""Release and clearance: what is still missing, and the button when nothing is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.control.actions.conditions import linked
from thongquan.clearance.control.operations.releasing import QUESTIONS, clear_goods, release_goods
from thongquan.clearance.control.queries.missing import told_conditions
from thongquan.clearance.control.views.common import actor_of_page, strip_of
from thongquan.clearance.control.views.steps import Context, can_take, tried
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.states import State, Step

TEMPLATE = "control/release.html"
QUESTION_WORDS = {
    "code": gettext_lazy("Goods code: analysis or classification is open"),
    "value": gettext_lazy("Customs value: consultation is open"),
    "other": gettext_lazy("Another open question"),
}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, number: str) -> HttpResponse:
    """The conditions of a declaration; officers release or clear here. POST `act`: `release` or `clear`."""
    actor, at = actor_of_page(request), now()
    if request.method != "POST":
        return render(request, TEMPLATE, _context(actor, number))
    is_release = request.POST.get("act") == "release"

    def act() -> object:
        if is_release:
            question, reason = request.POST.get("question", ""), request.POST.get("reason", "")
            return release_goods(actor=actor, number=number, question=question, reason=reason, at=at)
        return clear_goods(actor=actor, number=number, result=request.POST.get("result", ""), at=at)

    return tried(
        request,
        act,
        done=_("The goods are released.") if is_release else _("The goods are cleared."),
        leads_to=("declarations:file", number),
        template=TEMPLATE,
        context=lambda: _context(actor, number),
    )


def _context(actor: Actor, number: str) -> Context:
    stand = stand_of(actor=actor, number=number)
    told = linked(told_conditions(actor, stand, "clear"), stand)
    for_release = [one for one in told_conditions(actor, stand, "release") if not one.met]
    return {
        "stand": stand,
        "strip": strip_of(stand),
        "conditions": told,
        "missing": sum(not one.met for one, _url in told),
        "may_clear": can_take(actor, stand, Step.CLEAR) and stand.state != State.EXITED,
        "may_release": can_take(actor, stand, Step.RELEASE),
        "release_open": not for_release,
        "was_released": stand.state == State.RELEASED,
        "questions": [(key, QUESTION_WORDS[key]) for key in QUESTIONS],
    }
