"""Filing an awaited proof of origin, and the list of all that are awaited in the reader's scope."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.declarations.forms.late import LateForm
from thongquan.clearance.declarations.late import awaits_proof, told
from thongquan.clearance.declarations.operations.late_filing import FiledLate, file_late_certificate
from thongquan.clearance.declarations.permissions import check_may
from thongquan.clearance.declarations.queries import Stand, stand_of
from thongquan.clearance.declarations.queries.late import awaited_of, late_counts, late_in_scope, which_of
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.clearance.declarations.views.common import actor_of_page
from thongquan.clearance.origin.queries.late import certificates_of_trader

PAGE = 50
SHOWN: dict[str, Promise] = {
    "": _("All awaited"),
    "soon": _("Due within 30 days"),
    "overdue": _("Overdue"),
    "filed": _("Filed, to be accepted"),
    "ended": _("Granted or dropped"),
}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest, number: str) -> HttpResponse:
    """What is awaited for a declaration, and the certificate that is it."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    choices = certificates_of_trader(stand.tax_code)
    if request.method != "POST":
        return _shown(request, actor, stand, LateForm(choices=choices))
    check_may(actor, STEPS[Step.FILE_LATE].who, office=stand.office, tax_code=stand.tax_code)
    form, problems = LateForm(request.POST, choices=choices), []
    if form.is_valid():
        try:
            filed = file_late_certificate(
                actor=actor, number=stand.number, certificate=form.cleaned_data["certificate"], at=now()
            )
        except Refused as refused:
            problems = [_problem(fault) for fault in refused.faults]
        else:
            messages.success(request, str(_said(filed)))
            return redirect("declarations:late", filed.number)
    return _shown(request, actor, stand, form, problems=problems)


def _problem(fault: Any) -> Problem:
    words = sentence(fault)
    return Problem(words.text, "", words.remedy, fault.code, words.example, words.basis)


def _said(filed: FiledLate) -> Promise:
    if filed.repeated:
        return _("This certificate was filed before; nothing changed.")
    if not filed.granted:
        return _("The certificate is filed in time. Duties are recalculated when an officer has accepted it.")
    if filed.refund:
        return _("The duties were recalculated; the excess is being paid back.")
    return _("The duties were recalculated with the preference.")


def _shown(
    request: HttpRequest, actor: Actor, stand: Stand, form: forms.Form, *, problems: list[Problem] | None = None
) -> HttpResponse:
    context = {
        "stand": stand,
        "rows": [told(one) for one in awaited_of(number=stand.number, at=now())],
        "form": form if awaits_proof(actor, stand) or problems is not None else None,
        "problems": problems,
    }
    return render(request, "declarations/late.html", context, status=200 if problems is None else 422)


@page
@never_cache
@require_GET
def late_proofs(request: HttpRequest) -> HttpResponse:
    """All proofs that are awaited: of the reader's offices, or of the enterprises the reader acts for."""
    actor, at = actor_of_page(request), now()
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("declarations.view")
    which = which_of(request.GET.get("show", ""))
    given = request.GET.get("page", "1")
    place = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    rows, more = late_in_scope(actor=actor, at=at, which=which, offset=(place - 1) * PAGE, limit=PAGE)
    counts = late_counts(actor, at)
    context = {
        "rows": [told(one) for one in rows],
        "tabs": [(key, words, counts[key], key == which) for key, words in SHOWN.items()],
        "is_trader": is_trader(actor),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "declarations/late_list.html", context)
