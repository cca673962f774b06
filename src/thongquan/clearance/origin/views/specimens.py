"""The specimen book: looked through, added to, and marked where a specimen was withdrawn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.attachments.handing import shown
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin.entry_labels import KINDS
from thongquan.clearance.origin.forms.entry import told
from thongquan.clearance.origin.forms.specimens import SpecimenForm, WithdrawForm
from thongquan.clearance.origin.operations.specimens import enter_specimen, withdraw_specimen
from thongquan.clearance.origin.permissions import offices_for
from thongquan.clearance.origin.queries.specimens import specimen_picture, specimens
from thongquan.rules.decision import Fault

LARGEST = 10 * 2**20


@page
@never_cache
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    """The book; `POST` puts a specimen into it."""
    actor = reader(request)
    if request.method != "POST":
        return _answer(request, actor, SpecimenForm())
    form = SpecimenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answer(request, actor, form, status=422)
    given = dict(form.cleaned_data)
    file = given.pop("picture")
    try:
        enter_specimen(actor=actor, name=file.name, content=file.read(LARGEST), at=now(), **given)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error(fault.path if fault.path in form.fields else None, told(fault).text)
        return _answer(request, actor, form, status=422)
    return redirect("origin:specimens")


def reader(request: HttpRequest) -> Actor:
    """Officers read the book; traders do not. Raises `NotAllowed`."""
    actor = actor_of_request(request, now())
    if not offices_for(actor, "origin.see"):
        raise NotAllowed("origin.see")
    return actor


def _answer(
    request: HttpRequest, actor: Actor, form: SpecimenForm, *, faults: tuple[Fault, ...] = (), status: int = 200
) -> HttpResponse:
    country = request.GET.get("country", "")[:2]
    works = bool(offices_for(actor, "origin.work"))
    context: dict[str, Any] = {
        "rows": [(one, KINDS.get(one.kind, one.kind)) for one in specimens(country=country)],
        "country": country,
        "form": form if works else None,
        "withdraw": WithdrawForm(),
        "problems": [Problem(said.text, "", said.remedy, str(fault.code)) for fault in faults if (said := told(fault))],
    }
    return render(request, "origin/specimens.html", context, status=status)


@page
@require_POST
def withdraw(request: HttpRequest, specimen: int) -> HttpResponse:
    """Withdraw a specimen with a reason."""
    actor = reader(request)
    try:
        withdraw_specimen(actor=actor, specimen=specimen, words=request.POST.get("words", ""), at=now())
    except Refused as refused:
        return _answer(request, actor, SpecimenForm(), faults=refused.faults, status=422)
    return redirect("origin:specimens")


@page
@require_GET
def picture(request: HttpRequest, specimen: int) -> HttpResponse:
    """The picture of a specimen."""
    reader(request)
    return shown(specimen_picture(specimen))
