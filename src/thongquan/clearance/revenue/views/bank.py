"""Bank files: upload, the bookings that wait, and one booking with what can be done with its money."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.revenue.formats.bank import MAX_BYTES
from thongquan.clearance.revenue.formats.bookings import refuse
from thongquan.clearance.revenue.money_forms import AssignForm, BankFileForm
from thongquan.clearance.revenue.operations.banking import Taken, assign_payment, return_payment, take_bank_file
from thongquan.clearance.revenue.permissions import check_keeps_any_money
from thongquan.clearance.revenue.queries.bank import Booked, booking, statements, waiting
from thongquan.clearance.revenue.views.sharing import PAGE, actor_of_page, attempt, page_number, problems_of
from thongquan.clearance.revenue.words import OUTCOMES
from thongquan.rules.codes import Code


@page
@never_cache
@require_http_methods(["GET", "POST"])
def bank(request: HttpRequest) -> HttpResponse:
    """Upload a bank file; the bookings that wait; the latest files."""
    actor = actor_of_page(request)
    form = BankFileForm(request.POST or None, request.FILES or None, offices=check_keeps_any_money(actor))
    problems: list[Problem] | None = []
    if request.method == "POST":
        done: list[Taken] = []
        problems = attempt(form, lambda: done.append(_take(actor, form)))
        if done:
            messages.success(request, _told(done[0]))
            return redirect("revenue:bank")
    number = page_number(request)
    rows, more = waiting(actor=actor, offset=(number - 1) * PAGE, limit=PAGE)
    context = {
        "form": form,
        "problems": problems or [],
        "rows": [(row, OUTCOMES.get(row.outcome, row.outcome)) for row in rows],
        "files": statements(actor=actor),
        "previous": number - 1,
        "next": number + 1 if more else 0,
    }
    return render(request, "revenue/bank.html", context, status=422 if request.method == "POST" else 200)


def _take(actor: Actor, form: BankFileForm) -> Taken:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    if (file.size or 0) > MAX_BYTES:
        raise refuse(Code.TQ_FMT_010, limit=str(MAX_BYTES // 2**20))
    office = form.cleaned_data["office"]
    return take_bank_file(actor=actor, office=office, name=file.name or "", content=file.read(), at=now())


def _told(taken: Taken) -> str:
    if taken.again:
        return _("This file was taken in before; nothing was posted again.")
    words = ngettext("%(n)s new booking.", "%(n)s new bookings.", taken.lines_new)
    return words % {"n": taken.lines_new}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One booking; a POST assigns its money to a declaration."""
    actor = actor_of_page(request)
    booked = booking(actor=actor, line_id=line_id)
    start = {"number": booked.subject.partition(":")[2], "amount_vnd": booked.left_vnd}
    form = AssignForm(request.POST or None, initial=start)
    problems: list[Problem] | None = []
    if request.method == "POST":
        problems = attempt(form, lambda: _assign(actor, line_id, form))
        if problems is None:
            messages.success(request, _("The money is assigned."))
            return redirect("revenue:line", line_id)
    return _shown(request, booked, form, problems or [], status=422 if request.method == "POST" else 200)


def _assign(actor: Actor, line_id: int, form: AssignForm) -> None:
    values = {"number": form.cleaned_data["number"].strip(), "amount_vnd": form.cleaned_data["amount_vnd"]}
    assign_payment(actor=actor, line_id=line_id, at=now(), **values)


@page
@never_cache
@require_POST
def send_back(request: HttpRequest, line_id: int) -> HttpResponse:
    """Return what waits on a booking to its payer."""
    actor = actor_of_page(request)
    booked = booking(actor=actor, line_id=line_id)
    try:
        return_payment(actor=actor, line_id=line_id, at=now())
    except Refused as refused:
        return _shown(request, booked, AssignForm(), problems_of(refused.faults), status=422)
    messages.success(request, _("The money is sent back to its payer."))
    return redirect("revenue:line", line_id)


def _shown(
    request: HttpRequest, booked: Booked, form: AssignForm, problems: list[Problem], *, status: int
) -> HttpResponse:
    context = {
        "booked": booked,
        "outcome": OUTCOMES.get(booked.outcome, booked.outcome),
        "form": form,
        "problems": problems,
    }
    return render(request, "revenue/line.html", context, status=status)
