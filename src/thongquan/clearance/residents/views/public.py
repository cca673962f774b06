"""Pages for everyone: preparing a form on a phone, its code, and what the code on a receipt proves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import open_page
from thongquan.clearance.control.formats.slips import shown_serial, square_of
from thongquan.clearance.residents.labels import FLOWS, FORMS, STATES
from thongquan.clearance.residents.limits import HOUR, may_prepare
from thongquan.clearance.residents.operations import prepare_form
from thongquan.clearance.residents.queries.codes import prepared_of, verified_by
from thongquan.clearance.residents.shapes import FormGiven, PersonGiven
from thongquan.clearance.residents.views.common import form_of, person_of_form, problems_of
from thongquan.clearance.residents.views.counter import shared_context


@open_page
@open_to_public
@never_cache
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest) -> HttpResponse:
    """Fill in a form without an account; the answer is a code for the counter. Nothing is declared with it."""
    if request.method != "POST":
        return render(request, "residents/prepare.html", shared_context(FormGiven(), PersonGiven()))
    given, person, at = form_of(request.POST), person_of_form(request.POST), now()
    if not may_prepare(request, at):
        answer = render(request, "residents/busy.html", status=429)
        answer["Retry-After"] = str(HOUR)
        return answer
    try:
        code = prepare_form(given=given, person=person, at=at)
    except Refused as refused:
        context = {**shared_context(given, person), "problems": problems_of(refused.faults)}
        return render(request, "residents/prepare.html", context, status=422)
    return redirect("residents:resident_prepared", code)


@open_page
@open_to_public
@never_cache
@require_GET
def prepared(request: HttpRequest, code: str) -> HttpResponse:
    """The code as square and letters, to show at the counter; personal data are not shown again."""
    found = prepared_of(code)
    if found is None:
        if verified_by(code) is not None:
            return redirect("residents:resident_check", code)
        raise Http404
    address = request.build_absolute_uri(f"{reverse('residents:counter')}?code={found.code}")
    context = {"code": shown_serial(found.code), "square": _square(address), "at": found.prepared_at}
    return render(request, "residents/prepared.html", context)


@open_page
@open_to_public
@never_cache
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What customs has under the code of a receipt: number, day, state and money, no name."""
    found = verified_by(code)
    if found is None:
        raise Http404
    context = {
        "found": found,
        "state": STATES[found.state],
        "flow": FLOWS[found.flow],
        "paper": FORMS[found.flow],
        "code": shown_serial(code.upper()),
    }
    return render(request, "residents/check.html", context)


def _square(text: str) -> str:
    return mark_safe(square_of(text))  # noqa: S308  (drawn by us from an address of our own)
