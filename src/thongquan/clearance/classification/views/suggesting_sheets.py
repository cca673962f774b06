"""Workbooks of descriptions: sent in, followed while they are answered, and taken home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict
from thongquan.base.core.workbooks import MAX_BYTES
from thongquan.base.web.guard import page
from thongquan.clearance.classification.formats.suggest_excel import Answer, answered_sheet, blank_sheet
from thongquan.clearance.classification.forms.suggesting import DescriptionsForm
from thongquan.clearance.classification.operations.suggesting_sheets import send_sheet
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.suggesting import check_may_ask
from thongquan.clearance.classification.queries.suggesting_models import model_in_force
from thongquan.clearance.classification.queries.suggesting_sheets import names_in, sheet_of, sheets_of
from thongquan.clearance.classification.suggesting_labels import SHEETS
from thongquan.clearance.classification.views.ruling_common import attempt

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """What this person sent; `POST` sends one more."""
    at = now()
    actor = actor_of_request(request, at)
    check_may_ask(actor)
    form = DescriptionsForm(request.POST or None, request.FILES or None)
    sent: list[int] = []

    def step() -> None:
        upload = form.cleaned_data["file"]
        made = send_sheet(
            actor=actor,
            data=upload.read(MAX_BYTES + 1),
            name=upload.name,
            language=get_language() or "vi",
            at=at,
        )
        sent.append(made)

    problems = attempt(form, step) if request.method == "POST" else None
    if sent:
        return redirect("classification:suggest_sheet", sent[0])
    context = {
        "form": form,
        "problems": problems,
        "rows": [(row, SHEETS[row.state]) for row in sheets_of(actor)],
        "works": bool(offices_for(actor, "classification.see")),
    }
    return render(
        request, "classification/suggest_sheets.html", context, status=422 if request.method == "POST" else 200
    )


@page
@never_cache
@require_GET
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """How far one is; htmx asks for that part alone."""
    actor = actor_of_request(request, now())
    row = sheet_of(actor, sheet_id)
    context = {"row": row, "state": SHEETS[row.state], "works": bool(offices_for(actor, "classification.see"))}
    alone = request.headers.get("HX-Request") == "true"
    return render(
        request, "classification/_suggest_progress.html" if alone else "classification/suggest_sheet.html", context
    )


@page
@require_GET
def answers(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """The workbook with its answers. Raises `Conflict` while they are not all there."""
    at = now()
    row = sheet_of(actor_of_request(request, at), sheet_id, whole=True)
    if row.is_under_way:
        raise Conflict("answers are still to come")
    names = names_in(row.answers, localdate(at), get_language() or "vi")
    force = model_in_force()
    found = [Answer(*one) for one in row.answers]  # type: ignore[arg-type]  # as the operation wrote them
    content = answered_sheet(row.rows, found, names, force.version if force else "")
    return _file(content, f"goi-y-ma-{row.id}.xlsx")


@page
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The template of the workbook."""
    check_may_ask(actor_of_request(request, now()))
    return _file(blank_sheet(), "mo-ta-hang-hoa.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
