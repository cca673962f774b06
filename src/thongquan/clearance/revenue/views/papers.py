"""Papers of money: receipts, decisions, and the account of a trader as a page and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, enterprise_names
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.tables import csv_table, excel_table
from thongquan.base.web.guard import page
from thongquan.clearance.revenue.claim_forms import StatementForm
from thongquan.clearance.revenue.claim_words import tax_name
from thongquan.clearance.revenue.formats.papers import decision_pdf, receipt_pdf
from thongquan.clearance.revenue.queries.claims import claim_of
from thongquan.clearance.revenue.queries.statements import (
    AccountStatement,
    Row,
    account_statement,
    payment,
    traders_in_scope,
)
from thongquan.clearance.revenue.views.sharing import actor_of_page, attached, today
from thongquan.clearance.revenue.words import ENTRIES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DECIDED = frozenset({"approved", "refused", "paid"})


@page
@never_cache
@require_GET
def receipt(request: HttpRequest, payment_id: int) -> HttpResponse:
    """The receipt of a payment."""
    paid = payment(actor=actor_of_page(request), entry=payment_id)
    return attached(receipt_pdf(paid), "application/pdf", f"bien-lai-{paid.entry:07d}.pdf")


@page
@never_cache
@require_GET
def decision(request: HttpRequest, claim: str) -> HttpResponse:
    """The decision on a claim."""
    told = claim_of(actor=actor_of_page(request), number=claim)
    if told.state not in DECIDED:
        raise NotFound(claim)
    return attached(decision_pdf(told), "application/pdf", f"quyet-dinh-{told.number}.pdf")


@page
@never_cache
@require_GET
def statement(request: HttpRequest) -> HttpResponse:
    """The account of a trader over some days."""
    actor = actor_of_page(request)
    form = _form(actor, request)
    shown = _stated(actor, form) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "statement": shown,
        "rows": [(row, ENTRIES.get(row.kind, row.kind), tax_name(row.tax)) for row in shown.rows] if shown else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "revenue/statement.html", context, status=422 if form.is_bound and form.errors else 200)


@page
@never_cache
@require_GET
def statement_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as Excel or CSV."""
    actor = actor_of_page(request)
    form = _form(actor, request)
    if kind not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    shown = _stated(actor, form)
    head = [_("Day"), _("Kind of entry"), _("About"), _("Tax"), _("Charged (VND)"), _("Settled (VND)")]
    head += [_("Paid back (VND)"), _("Owed (VND)")]
    name = f"{shown.tax_code}-{shown.since:%Y%m%d}-{shown.until:%Y%m%d}"
    rows = list(_table(shown))
    if kind == "csv":
        return attached(csv_table(head, rows), "text/csv; charset=utf-8", f"{name}.csv")
    return attached(excel_table(name, head, rows), XLSX, f"{name}.xlsx")


def _form(actor: Actor, request: HttpRequest) -> StatementForm:
    if not (readable_enterprises(actor) or readable_offices(actor) or is_trader(actor)):
        raise NotAllowed("revenue.see")
    codes = traders_in_scope(actor)
    names = enterprise_names(codes)
    offered = [(code, f"{code} · {names[code]}" if code in names else code) for code in codes]
    first = today().replace(day=1)
    bound = request.GET if "tax_code" in request.GET else None
    return StatementForm(bound, enterprises=offered, initial={"since": first, "until": today()})


def _stated(actor: Actor, form: StatementForm) -> AccountStatement:
    return account_statement(actor=actor, **form.cleaned_data)


def _table(shown: AccountStatement) -> Iterator[list[Any]]:
    yield [shown.since, _("Owed before"), "", "", None, None, None, shown.opening_vnd]
    for row in shown.rows:
        yield _cells(row)


def _cells(row: Row) -> list[Any]:
    kind, tax = str(ENTRIES.get(row.kind, row.kind)), tax_name(row.tax)
    return [
        row.on,
        kind,
        row.number,
        tax,
        row.charged_vnd,
        row.settled_vnd,
        row.refunded_vnd,
        row.owed_vnd,
    ]
