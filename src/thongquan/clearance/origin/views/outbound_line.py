"""One line of an export certificate: goods, cost statement, production steps; judged as it is typed."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin import outbound_labels as labels
from thongquan.clearance.origin.formats.costs import costs_workbook, read_costs
from thongquan.clearance.origin.forms.outbound import (
    COSTS,
    ROWS,
    CostsForm,
    LineForm,
    costs_initial,
    line_initial,
    posted_line,
    rows_of,
)
from thongquan.clearance.origin.operations.outbound import save_outbound
from thongquan.clearance.origin.queries.outbound import OutboundFile, examined_application
from thongquan.clearance.origin.views.outbound import editable, language_now, shown, told_line
from thongquan.rules.origin.outbound import Application, GoodsLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, outbound_id: int, line: int) -> HttpResponse:
    """The form of one line; the one behind the last adds a line."""
    actor, at = actor_of_request(request, now()), now()
    kept = editable(actor, outbound_id)
    before = _line_of(kept, line)
    if request.method != "POST":
        return _page(request, kept, before, [])
    if request.POST.get("act") == "remove":
        save_outbound(actor=actor, outbound=outbound_id, application=_without(kept.application, line), at=at)
        return redirect("origin:outbound", outbound_id)
    given, faults = posted_line(request.POST, line, language_now())
    if request.POST.get("act") == "rows":
        return _page(request, kept, given, [], more=ROWS)
    problems = [labels.problem_of(one) for one in faults]
    if not problems:
        try:
            save_outbound(actor=actor, outbound=outbound_id, application=_with(kept.application, given), at=at)
        except Refused as refused:
            problems = [labels.problem_of(one) for one in refused.faults]
    if problems:
        return _page(request, kept, given, problems, status=422)
    after = request.POST.get("act") == "another"
    return redirect(*(("origin:outbound_line", outbound_id, line + 1) if after else ("origin:outbound", outbound_id)))


@page
@never_cache
@require_POST
def judged(request: HttpRequest, outbound_id: int, line: int) -> HttpResponse:
    """What the line as typed comes to, for the panel beside the form; nothing is kept."""
    kept = editable(actor_of_request(request, now()), outbound_id)
    given, faults = posted_line(request.POST, line, language_now())
    return render(request, "origin/outbound_judged.html", _judged(kept, given, [labels.problem_of(f) for f in faults]))


def _judged(kept: OutboundFile, given: GoodsLine, problems: list[Problem]) -> dict[str, Any]:
    alone = msgspec.structs.replace(kept.application, lines=(msgspec.structs.replace(given, number=1),))
    found = examined_application(alone, now())
    told = [labels.problem_of(one) for one in found.faults if one.path.startswith("lines[0]")]
    return {"told": told_line(found.judged[0]), "judged_problems": problems or told}


def _line_of(kept: OutboundFile, number: int) -> GoodsLine:
    """The line, or an empty one behind the last. Raises `NotFound`."""
    lines = kept.application.lines
    if not 1 <= number <= len(lines) + 1:
        raise NotFound(str(number))
    return lines[number - 1] if number <= len(lines) else GoodsLine(number=number)


def _with(application: Application, line: GoodsLine) -> Application:
    lines = (*application.lines[: line.number - 1], line, *application.lines[line.number :])
    return msgspec.structs.replace(application, lines=lines)


def _without(application: Application, number: int) -> Application:
    left = [one for one in application.lines if one.number != number]
    lines = tuple(msgspec.structs.replace(one, number=place) for place, one in enumerate(left, 1))
    return msgspec.structs.replace(application, lines=lines)


def _page(
    request: HttpRequest,
    kept: OutboundFile,
    given: GoodsLine,
    problems: list[Problem],
    *,
    more: int = 0,
    status: int = 200,
) -> HttpResponse:
    language = language_now()
    rows, costs = rows_of(given, language), costs_initial(given, language)
    context = {
        "kept": kept,
        "number": given.number,
        "is_new": given.number > len(kept.application.lines),
        "form": LineForm(initial=line_initial(given, language), label_suffix=""),
        "materials": rows["materials"] + [{}] * (ROWS + more),
        "steps": rows["steps"] + [{}] * (1 + more),
        "done": labels.DONE,
        "costs": [(name, labels.COSTS[name], costs[name]) for name in COSTS],
        "problems": problems,
        **_judged(kept, given, []),
    }
    return render(request, "origin/outbound_line.html", context, status=status)


@page
@require_GET
def sheet(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """The sheet of costs of an application, filled with what is known."""
    kept = editable(actor_of_request(request, now()), outbound_id)
    answer = HttpResponse(costs_workbook(kept.application), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{kept.row.reference}-chi-phi.xlsx"'
    return answer


@page
@never_cache
@require_POST
def upload(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """Put the costs of a filled sheet into the application: all of it or nothing."""
    actor, at = actor_of_request(request, now()), now()
    kept, form = editable(actor, outbound_id), CostsForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return shown(request, actor, outbound_id, problems=[Problem(str(one[0])) for one in form.errors.values()])
    try:
        filled = read_costs(form.cleaned_data["file"].read(), kept.application, language=language_now())
        save_outbound(actor=actor, outbound=outbound_id, application=filled, at=at)
    except Refused as refused:
        problems = [labels.problem_of(one) for one in refused.faults]
        return shown(request, actor, outbound_id, problems=problems)
    return redirect("origin:outbound", outbound_id)
