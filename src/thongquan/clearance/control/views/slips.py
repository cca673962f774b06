"""The exit slips of a declaration: issue, print, withdraw."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.web.guard import page
from thongquan.clearance.control.formats.slips import shown_serial, square_of
from thongquan.clearance.control.operations.slips import issue_slip, withdraw_slip
from thongquan.clearance.control.permissions import gate_offices
from thongquan.clearance.control.queries.slips import gates_of_office, slip_of, slips_of
from thongquan.clearance.control.views.common import actor_of_page, strip_of
from thongquan.clearance.control.views.steps import Context, can_take, tried
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import document_in_force, stand_of
from thongquan.clearance.declarations.states import STEPS, State, Step
from thongquan.clearance.tariff.queries.releases import gates_on

TEMPLATE = "control/slips.html"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def slips(request: HttpRequest, number: str) -> HttpResponse:
    """The slips of a declaration. POST `act`: `issue` or `withdraw`."""
    actor, at = actor_of_page(request), now()
    if request.method != "POST":
        return render(request, TEMPLATE, _context(actor, number))
    posted = request.POST
    is_withdrawal = posted.get("act") == "withdraw"

    def act() -> object:
        if is_withdrawal:
            serial, reason = posted.get("serial", ""), posted.get("reason", "")
            withdraw_slip(actor=actor, number=number, serial=serial, reason=reason, at=at)
            return None
        plate, gate = posted.get("plate", ""), posted.get("gate", "")
        return issue_slip(actor=actor, number=number, plate=plate, gate=gate, at=at)

    return tried(
        request,
        act,
        done=_("The slip is withdrawn.") if is_withdrawal else _("The slip is issued."),
        leads_to=("control:slips", number),
        template=TEMPLATE,
        context=lambda: _context(actor, number),
    )


def _context(actor: Actor, number: str) -> Context:
    at = now()
    stand = stand_of(actor=actor, number=number)
    vehicle, language = document_in_force(number).vehicle, get_language() or "vi"
    asks = STEPS[Step.PRESENT_GOODS].who
    return {
        "stand": stand,
        "strip": strip_of(stand),
        "slips": [(slip, shown_serial(slip.serial)) for slip in slips_of(actor=actor, number=number, at=at)],
        "plate": (vehicle.identifier if vehicle else "") or "",
        "gates": [(one.code, one.name(language)) for one in gates_of_office(stand.office, timezone.localdate(at))],
        "can_issue": State(stand.state) in STEPS[Step.EXIT].moves
        and may(actor, asks, office=stand.office, tax_code=stand.tax_code),
        "can_withdraw": stand.office in gate_offices(actor) and can_take(actor, stand, Step.EXIT),
    }


@page
@never_cache
@require_GET
def slip(request: HttpRequest, number: str, serial: str) -> HttpResponse:
    """A slip to print on A6 or to show on a phone, in the language asked for (`in`) or that of the page."""
    at, actor = now(), actor_of_page(request)
    kept = slip_of(actor=actor, number=number, serial=serial, at=at)
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or "vi"
    gate = gates_on(timezone.localdate(kept.issued_at)).get(kept.gate)
    if gate is None:
        raise NotFound(kept.gate)
    with override(language):
        context = {
            "slip": kept,
            "stand": stand_of(actor=actor, number=number),
            "serial": shown_serial(kept.serial),
            "gate": gate.name(language),
            "square": mark_safe(square_of(kept.code)),  # noqa: S308  (drawn by us from a code of our own)
            "languages": settings.LANGUAGES,
            "here": language,
        }
        return render(request, "control/slip.html", context)
