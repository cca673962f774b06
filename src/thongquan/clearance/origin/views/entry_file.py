"""A file in place of the form: the workbook and the message at once, the paper by way of its reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.workbooks import MAX_BYTES
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin.entry_labels import STATES
from thongquan.clearance.origin.formats.eformd import is_message, read_message
from thongquan.clearance.origin.formats.excel import Workbook, read_workbook
from thongquan.clearance.origin.formats.texts import Written
from thongquan.clearance.origin.forms.entry import Holder, posted_holder, shown_form, told
from thongquan.clearance.origin.operations.entering import enter_certificate
from thongquan.clearance.origin.operations.entering_papers import enter_paper
from thongquan.clearance.origin.queries.entering import open_entries
from thongquan.clearance.origin.views.entry import choices_for, enterer, form_page, language_now
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

ZIP = b"PK\x03\x04"
PAPERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"RIFF")


@dataclass
class Incoming:
    """An uploaded file: what was read of it. Nothing of it is kept."""

    name: str
    written: Written = field(default_factory=Written)
    book: Workbook | None = None

    def problem(self, fault: Fault) -> Problem:
        """A fault in words, with its cell in a workbook or its path in a message."""
        said = told(fault)
        where = self.book.cell_of(fault) if self.book else fault.path
        text = f"{where}: {said.text}" if where and where != "file" else said.text
        return Problem(text, "", said.remedy, str(fault.code), said.example, said.basis)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Take a file: a workbook or a message is registered or opened in the form, a paper is read first."""
    actor = enterer(request)
    if request.method != "POST":
        return _answer(request, actor, Holder(), [])
    holder, given = posted_holder(request.POST), request.FILES.get("file")
    incoming = Incoming(given.name or "" if given else "")
    try:
        data = _content(given)
        if data.startswith(PAPERS):
            return redirect("origin:entry_paper", _paper(actor, holder, incoming.name, data))
        _read(incoming, data)
        return _handled(request, actor, holder, incoming)
    except Refused as refused:
        return _answer(request, actor, holder, [incoming.problem(fault) for fault in refused.faults], status=422)


def _paper(actor: Actor, holder: Holder, name: str, data: bytes) -> int:
    """Hand a paper to the machine; gives the number of its entry."""
    return enter_paper(
        actor=actor,
        office=holder.office,
        tax_code=holder.tax_code,
        trader_name=holder.trader_name,
        name=name,
        content=data,
        at=now(),
    )


def _content(given: UploadedFile[bytes] | None) -> bytes:
    """The bytes sent. Raises `Refused` with TQ-ATT-001 for nothing, TQ-FMT-010 for too much."""
    if given is None or not given.size:
        raise Refused([Fault(code=Code.TQ_ATT_001, path="file")])
    if given.size > MAX_BYTES:
        raise Refused([Fault(code=Code.TQ_FMT_010, values={"limit": str(MAX_BYTES // 2**20)})])
    return bytes(given.read())


def _read(incoming: Incoming, data: bytes) -> None:
    """By what the file is, not by its name. Raises `Refused`."""
    if is_message(data):
        incoming.written = read_message(data, on=timezone.localdate(now()))
    elif data.startswith(ZIP):
        incoming.book = read_workbook(data, language=language_now())
        incoming.written = incoming.book.written
    else:
        raise Refused([Fault(code=Code.TQ_ORI_077, path="file", value=incoming.name.rpartition(".")[2][:20] or "?")])


def _handled(request: HttpRequest, actor: Actor, holder: Holder, incoming: Incoming) -> HttpResponse:
    if not holder.tax_code:
        holder = replace(holder, tax_code=incoming.written.fields.get("consignee_tax_code", ""))
    if request.POST.get("do") == "form":
        return form_page(request, actor, incoming.written, holder)
    made = enter_certificate(
        actor=actor,
        office=holder.office,
        tax_code=holder.tax_code,
        trader_name=holder.trader_name,
        written=incoming.written,
        at=now(),
    )
    return redirect("origin:certificate", made)


def _answer(
    request: HttpRequest, actor: Actor, holder: Holder, problems: list[Problem], *, status: int = 200
) -> HttpResponse:
    form = shown_form(
        Written(), holder, choices_for(actor), on=timezone.localdate(now()), language=language_now(), blank_rows=0
    )
    context: dict[str, Any] = {"form": form, "problems": problems, "limit": MAX_BYTES // 2**20}
    context["open"] = [(one, STATES[one.state]) for one in open_entries(actor)]
    return render(request, "origin/entry_file.html", context, status=status)
