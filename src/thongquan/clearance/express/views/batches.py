"""Batches: the list, sending a file, one batch with its progress and results, and its results as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.express import operations, queries
from thongquan.clearance.express.formats.results import CSV_TYPE, EXCEL_TYPE, csv_lines, excel_file
from thongquan.clearance.express.formats.sample import sample_csv
from thongquan.clearance.express.labels import BATCH_STATES, ONLY, PARCEL_STATES
from thongquan.clearance.express.permissions import checking_offices, registering_offices
from thongquan.clearance.express.queries.law import limits_on
from thongquan.clearance.express.queries.parcels import all_results
from thongquan.clearance.express.views.common import actor_of_page, problems_of, told_of, whole
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

PAGE, RESULTS = 50, 100


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Batches in scope, newest first, and the search of one parcel."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("express.see")
    place = max(whole(request.GET.get("page", "1"), most=9999), 1)
    state = request.GET.get("state", "")
    state = state if state in BATCH_STATES else ""
    rows, more = queries.batches_in_scope(actor=actor, state=state, offset=(place - 1) * PAGE, limit=PAGE)
    number = request.GET.get("number", "").strip()[:40]
    found = queries.found_parcels(actor=actor, consignment=number) if number else []
    context = {
        "rows": [(row, BATCH_STATES[row.state]) for row in rows],
        "states": BATCH_STATES,
        "state": state,
        "number": number,
        "found": [(one, PARCEL_STATES[one.state]) for one in found],
        "sends": bool(actor.enterprises and queries.own_carriers(actor)),
        "checks": bool(checking_offices(actor)),
        "registers": bool(registering_offices(actor)),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "express/list.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Send a file: in parts with a progress bar, or whole where there is no script."""
    actor = actor_of_page(request)
    carriers = queries.own_carriers(actor) if actor.enterprises else []
    if not is_trader(actor):
        raise NotAllowed("express.send")
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            return redirect("express:batch", _sent_whole(request))
        except Refused as refused:
            problems = problems_of(refused.faults)
    goes_on = _unfinished(request)
    at = now()
    context = {
        "carriers": carriers,
        "problems": problems,
        "goes_on": goes_on,
        "waiting": queries.waiting_now(at),
        "ready_at": at + timedelta(seconds=queries.waiting_now(at).seconds),
        "part_bytes": settings.EXPRESS_PART_BYTES,
        "most_mb": settings.EXPRESS_MAX_BYTES // 2**20,
        "most_parcels": settings.EXPRESS_MAX_PARCELS,
        "limits": limits_on(at),
    }
    return render(request, "express/new.html", context, status=422 if problems else 200)


def _unfinished(request: HttpRequest) -> queries.BatchFile | None:
    """The batch whose upload broke off, when the address names one."""
    batch = whole(request.GET.get("batch", ""))
    if not batch:
        return None
    file = queries.batch_file(actor=actor_of_page(request), batch=batch)
    return file if file.state == "receiving" else None


def _sent_whole(request: HttpRequest) -> int:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        raise Refused([Fault(code=Code.TQ_EXP_006, path="file")])
    tax_code, _separator, office = request.POST.get("carrier", "").replace("\x00", "").partition("/")
    actor, at = actor_of_page(request), now()
    opened = operations.open_batch(
        actor=actor, tax_code=tax_code[:14], office=office[:6], name=file.name or "", size=file.size, at=at
    )
    offset = 0
    for content in file.chunks(settings.EXPRESS_PART_BYTES):
        operations.add_part(actor=actor, batch=opened.batch, offset=offset, content=content, at=at)
        offset += len(content)
    messages.success(request, _("The file is here; its parcels are judged one after the other."))
    return opened.batch


@page
@never_cache
@require_GET
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """One batch with its results."""
    actor = actor_of_page(request)
    file = queries.batch_file(actor=actor, batch=batch)
    only = request.GET.get("only", "")
    only = only if only in ONLY else ""
    after = whole(request.GET.get("after", "0"))
    rows = queries.results_of(actor=actor, batch=batch, only=only, after=after, limit=RESULTS)
    context = {
        **_progress(file),
        "only": only,
        "filters": ONLY,
        "after": after,
        "rows": [(row, PARCEL_STATES[row.state], told_of(row.faults)) for row in rows],
        "next": rows[-1].place if len(rows) == RESULTS else 0,
        "problems": problems_of(file.faults),
        "goes_on": file.state == "receiving" and file.tax_code in actor.enterprises,
        "subject": f"parcels:{file.id}",
    }
    return render(request, "express/batch.html", context)


def _progress(file: queries.BatchFile) -> dict[str, object]:
    at = now()
    waiting = queries.waiting_now(at) if file.is_moving else None
    return {
        "file": file,
        "state": BATCH_STATES[file.state],
        "ready_at": at + timedelta(seconds=waiting.seconds) if waiting else None,
    }


@page
@never_cache
@require_GET
def progress(request: HttpRequest, batch: int) -> HttpResponse:
    """How far a batch is, asked again every few seconds; the whole page is asked for once it stands still."""
    file = queries.batch_file(actor=actor_of_page(request), batch=batch)
    answer = render(request, "express/_progress.html", _progress(file))
    if not file.is_moving:
        answer["HX-Refresh"] = "true"
    return answer


@page
@never_cache
@require_GET
def results(request: HttpRequest, batch: int, kind: str) -> Any:
    """Every result as `csv` or `xlsx`, written as it is read (so no plain `HttpResponse`)."""
    actor = actor_of_page(request)
    file = queries.batch_file(actor=actor, batch=batch)
    if kind not in ("csv", "xlsx"):
        raise NotFound(kind)
    only = request.GET.get("only", "")
    found = all_results(actor=actor, batch=batch, only=only if only in ONLY else "")
    if kind == "xlsx":
        name = f"{file.name}.xlsx"
        return FileResponse(excel_file(file.name, found), as_attachment=True, filename=name, content_type=EXCEL_TYPE)
    answer = StreamingHttpResponse(_encoded(csv_lines(found)), content_type=CSV_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}.csv"'
    return answer


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"  # Excel asks for it
    for line in lines:
        yield line.encode()


@page
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """A file to begin with: the columns and two parcels."""
    answer = HttpResponse(sample_csv(), content_type=CSV_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="parcels.csv"'
    return answer
