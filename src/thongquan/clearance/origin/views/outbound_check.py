"""Proving an export certificate by number and code, open to everyone; each try counts, right or wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import ApiThrottle, open_to_public, within
from thongquan.base.web.guard import open_page
from thongquan.clearance.origin import outbound_labels as labels
from thongquan.clearance.origin.forms.outbound import CheckForm
from thongquan.clearance.origin.queries.outbound import checked_certificate
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TEMPLATE = "origin/outbound_check.html"
check_throttle = ApiThrottle("TRACK_RATE_LIMIT")


@require_safe
@never_cache
@open_page
@open_to_public
def check(request: HttpRequest) -> HttpResponse:
    """Valid, replaced or cancelled, with form, number, day and weight; one answer for a wrong number or code (404)."""
    is_asked = bool(request.GET.get("number") or request.GET.get("code"))
    form = CheckForm(request.GET if is_asked else None, label_suffix="")
    if not is_asked or not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=422 if is_asked else 200)
    return _answered(request, form)


@within(check_throttle)
def _answered(request: HttpRequest, form: CheckForm) -> HttpResponse:
    found = checked_certificate(number=form.cleaned_data["number"], code=form.cleaned_data["code"])
    if found is None:
        problems = [labels.problem_of(Fault(code=Code.TQ_ORI_127))]
        return render(request, TEMPLATE, {"form": form, "problems": problems}, status=404)
    return render(request, TEMPLATE, {"form": form, "found": found, "state": labels.PLAIN[found.state]})
