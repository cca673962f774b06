"""Pages: whom an enterprise lets lodge in its name, and for whom a broker may."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.forms import MandateForm
from thongquan.base.accounts.operations import give_mandate, withdraw_mandate
from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, Mandates, actor_of_request, mandates_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.web.guard import page


@never_cache
@page
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """Mandates given and held; a POST gives one."""
    at = now()
    actor = actor_of_request(request, at)
    if not is_trader(actor):
        raise NotAllowed
    found = mandates_of(actor, at)
    form = MandateForm(request.POST or None, own=found.own) if found.own else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed
        if form.is_valid() and _give(actor, form, at):
            messages.success(request, _("The broker may lodge in your name from now on."))
            return redirect("accounts:mandates")
    return _shown(request, found, form)


def _shown(request: HttpRequest, found: Mandates, form: MandateForm | None) -> HttpResponse:
    context = {"found": found, "form": form}
    return render(request, "accounts/mandates.html", context, status=422 if form and form.errors else 200)


def _give(actor: Actor, form: MandateForm, at: datetime) -> bool:
    """False, with the fault on the form, when it could not be done."""
    data = form.cleaned_data
    last = data["last_day"]
    ends = timezone.make_aware(datetime.combine(last + timedelta(days=1), time())) if last else None
    try:
        give_mandate(actor=actor, enterprise=data["enterprise"], broker=data["broker"], valid_to=ends, at=at)
    except NotFound:
        form.add_error("broker", _("No customs broker has this tax code."))
    except Conflict as refusal:
        if refusal.detail == "period":
            form.add_error("last_day", _("This day has passed: choose today or a later one."))
        else:
            form.add_error("broker", _("This broker has a mandate already."))
    return not form.errors


@page
@require_POST
def withdraw(request: HttpRequest, enterprise: str, broker: str) -> HttpResponse:
    """End a mandate now: the broker sees nothing more and lodges nothing more."""
    at = now()
    withdraw_mandate(actor=actor_of_request(request, at), enterprise=enterprise, broker=broker, at=at)
    messages.success(request, _("The mandate has ended."))
    return redirect("accounts:mandates")
