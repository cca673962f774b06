"""The money of a declaration: where it stands, every posting, a guarantee for it; and the list of what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.revenue.claim_words import tax_name
from thongquan.clearance.revenue.money_forms import CoverForm
from thongquan.clearance.revenue.operations import guarantee_liability
from thongquan.clearance.revenue.permissions import can_guarantee, may_claim, may_propose, money_offices
from thongquan.clearance.revenue.queries.guarantees import usable_for
from thongquan.clearance.revenue.queries.stories import Entered, MoneyFile, money_file, owing
from thongquan.clearance.revenue.views.sharing import PAGE, actor_of_page, attempt, page_number
from thongquan.clearance.revenue.words import ACCOUNTS, ENTRIES


@dataclass(frozen=True)
class Told:
    """An entry in words: its postings as (from, to, tax, dong)."""

    entry: Entered
    name: Promise | str
    by: str
    moves: list[tuple[Promise | str, Promise | str, str, Decimal]]


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is open in the reader's scope."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("revenue.see")
    number = page_number(request)
    rows, more = owing(actor=actor, at=now(), offset=(number - 1) * PAGE, limit=PAGE)
    context = {
        "rows": rows,
        "previous": number - 1,
        "next": number + 1 if more else 0,
        "is_trader": is_trader(actor),
        "keeps_money": bool(money_offices(actor)),
    }
    return render(request, "revenue/owing.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def money(request: HttpRequest, subject: str) -> HttpResponse:
    """The money page; a POST lets a guarantee stand for what is open."""
    actor, at = actor_of_page(request), now()
    file = money_file(actor=actor, subject=subject, at=at)
    form = _cover_form(request, actor, file, at)
    problems: list[Problem] | None = []
    if request.method == "POST":
        if form is None:
            raise NotAllowed("revenue.guarantee")
        problems = attempt(form, lambda: _cover(actor, subject, form, at))
        if problems is None:
            messages.success(request, _("The guarantee stands for what is open."))
            return redirect("revenue:money", subject)
    status = 422 if request.method == "POST" else 200
    context = {**_context(file, form, problems or []), "asks": _asks(actor, file)}
    return render(request, "revenue/money.html", context, status=status)


def _asks(actor: Actor, file: MoneyFile) -> Promise | str:
    """What this person may ask for here: the trader a refund, of a fine only when it is overpaid; an officer that a
    tax is not collected."""
    if may_claim(actor, file.tax_code) and (file.is_declaration or file.balance.overpaid_vnd):
        return _("Ask for a refund")
    if file.is_declaration and may_propose(actor, file.office) and file.balance.open_vnd:
        return _("Propose that a tax is not collected")
    return ""


def _cover_form(request: HttpRequest, actor: Actor, file: MoneyFile, at: datetime) -> CoverForm | None:
    """The form to guarantee with, for those who may while something is uncovered."""
    if not can_guarantee(actor, file.tax_code) or not file.balance.uncovered_vnd:
        return None
    usable = usable_for(tax_code=file.tax_code, subject=file.subject, on=timezone.localdate(at))
    return CoverForm(request.POST or None, usable=usable)


def _cover(actor: Actor, subject: str, form: CoverForm, at: datetime) -> None:
    guarantee_liability(actor=actor, subject=subject, guarantee_number=form.cleaned_data["guarantee"], at=at)


def _context(file: MoneyFile, form: CoverForm | None, problems: list[Problem]) -> dict[str, object]:
    names = names_of({entry.actor for entry in file.entries})
    taxes = sorted({*file.balance.assessed_by_tax, *file.balance.open_by_tax})
    return {
        "file": file,
        "balance": file.balance,
        "form": form,
        "problems": problems,
        "taxes": [
            (tax_name(tax), file.balance.assessed_by_tax.get(tax, 0), file.balance.open_by_tax.get(tax, 0))
            for tax in taxes
        ],
        "story": [_told(entry, names) for entry in reversed(file.entries)],
    }


def _told(entry: Entered, names: dict[str, str]) -> Told:
    moves = [
        (ACCOUNTS.get(row.credit, row.credit), ACCOUNTS.get(row.debit, row.debit), tax_name(row.tax), row.amount_vnd)
        for row in entry.postings
    ]
    return Told(entry, ENTRIES.get(entry.kind, entry.kind), names.get(entry.actor, ""), moves)
