"""Dry runs of files alone, how far a dry run is, what it found, and its declarations as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.lawdesk import operations, queries
from thongquan.clearance.lawdesk.formats.rows import TYPES, rows_file
from thongquan.clearance.lawdesk.forms import FileTryForm
from thongquan.clearance.lawdesk.labels import RUN_STATES
from thongquan.clearance.lawdesk.period import since_of
from thongquan.clearance.lawdesk.permissions import check_may, may
from thongquan.clearance.lawdesk.views.common import actor_of_page, problems_of
from thongquan.clearance.lawdesk.views.results import shown_run


@page
@never_cache
@require_http_methods(["GET", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Dry runs of files that are in no workbasket; POST asks for one."""
    at = now()
    actor = actor_of_page(request, at)
    rows = queries.loose_runs(actor=actor, at=at)
    form = FileTryForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST":
        check_may(actor, "lawdesk.try")
        if form.is_valid():
            try:
                return redirect("lawdesk:run", _asked(request, form))
            except Refused as refused:
                problems = problems_of(refused.faults)
    context = {
        "rows": [(row, RUN_STATES[row.state]) for row in rows],
        "form": form if may(actor, "lawdesk.try") else None,
        "problems": problems,
    }
    return render(request, "lawdesk/runs.html", context, status=422 if request.method == "POST" else 200)


def _asked(request: HttpRequest, form: FileTryForm) -> int:
    at, upload = now(), form.cleaned_data["file"]
    since = since_of(form.cleaned_data["since"], at)
    return operations.ask_file_dry_run(
        actor=actor_of_page(request, at), content=upload.read(), file=upload.name, since=since, until=at, at=at
    )


@page
@never_cache
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, run: int) -> HttpResponse:
    """A dry run; POST has one that came to no result made anew. For htmx only how far it is, then the whole page."""
    at = now()
    if request.method == "POST":
        operations.ask_again(actor=actor_of_page(request, at), run=run, at=at)
        return redirect("lawdesk:run", run)
    kept = queries.dry_run_file(actor=actor_of_page(request, at), run=run, at=at)
    if request.headers.get("HX-Request"):
        answer = render(request, "lawdesk/_progress.html", {"run": kept, "run_state": RUN_STATES[kept.state]})
        if not kept.is_under_way:
            answer["HX-Refresh"] = "true"
        return answer
    again = kept.is_over_without_result and may(actor_of_page(request, at), "lawdesk.try")
    return render(request, "lawdesk/run.html", {**shown_run(kept, at), "again": again})


@page
@never_cache
@require_GET
def rows(request: HttpRequest, run: int, kind: str) -> HttpResponse:
    """The declarations that a dry run found, as `xlsx`, `csv` or `json`."""
    at = now()
    kept = queries.dry_run_file(actor=actor_of_page(request, at), run=run, at=at, rows=True)
    if kept.outcome is None or kind not in TYPES:
        raise NotFound(kind)
    answer = HttpResponse(rows_file(kind, kept.outcome, kept.rows), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="dry-run-{run}.{kind}"'
    return answer
