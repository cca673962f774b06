"""A file in place of the form: Excel workbook, WCO XML or JSON; checked, lodged, or opened in the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json
from thongquan.base.core.workbooks import MAX_BYTES
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.formats.content import Content, content_of, document_of, is_whole
from thongquan.clearance.declarations.formats.excel import Workbook, blank_workbook, read_workbook
from thongquan.clearance.declarations.formats.wco import read_declaration
from thongquan.clearance.declarations.forms import Told, told_faults_of
from thongquan.clearance.declarations.operations import (
    Lodged,
    decide_declaration,
    lodge_signed,
    save_draft,
    start_draft,
)
from thongquan.clearance.declarations.operations.signed import split_signed
from thongquan.clearance.declarations.views.common import (
    XLSX,
    attached,
    language_now,
    signature_of,
    today,
    trader_of_page,
)
from thongquan.clearance.declarations.views.drafting import title_of
from thongquan.clearance.declarations.views.lodging import lodged_page
from thongquan.clearance.declarations.views.tried import tried
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault
from thongquan.rules.document import Document

EMPTY = Content("import", {}, [])


@dataclass
class Incoming:
    """An uploaded file on its way: what was read of it, and by which door. Nothing of it is kept."""

    name: str
    door: str = ""
    data: bytes = b""
    document: Document | None = None
    workbook: Workbook | None = None

    @property
    def content(self) -> Content | None:
        """What the form could show of it: all of it, or nothing."""
        if self.workbook is not None:
            return self.workbook.content
        return content_of(self.document) if self.document is not None and is_whole(self.document) else None

    def told(self, faults: Iterable[Fault]) -> list[Told]:
        """Faults with their cell in a workbook, with their path elsewhere."""
        faults = list(faults)
        told = told_faults_of(self.content or EMPTY, faults)
        cells = [self.workbook.cell_of(fault) if self.workbook else fault.path for fault in faults]
        return [replace(one, cell=cell, anchor="") for one, cell in zip(told, cells, strict=True)]


@page
@never_cache
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file. `lodge` lodges it, `draft` opens it in the form, else it is checked and nothing is stored."""
    actor = trader_of_page(request)
    if request.method != "POST":
        return render(request, "declarations/upload.html", {})
    file = request.FILES.get("file")
    if file is None:
        return _answer(request, Incoming(""), [Fault(code=Code.TQ_DEC_001, path="file", values={"field": _("file")})])
    incoming = Incoming(file.name or "")
    try:
        _read(incoming, file)
        return _handled(request, actor, incoming)
    except Refused as refused:
        return _answer(request, incoming, refused.faults)


def _read(incoming: Incoming, file: UploadedFile[bytes]) -> None:
    """Read the file by what it is, not by its name. Raises `Refused`."""
    if (file.size or 0) > MAX_BYTES:
        raise Refused([Fault(code=Code.TQ_FMT_010, values={"limit": str(MAX_BYTES // 2**20)})])
    incoming.data = data = file.read()
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if start.startswith(b"<"):
        incoming.door, incoming.document = "wco", read_declaration(data).document
    elif start.startswith((b"{", b"[")):
        incoming.door, incoming.document = "api", read_json(data, Document)
    else:
        incoming.door = "excel"
        incoming.workbook = read_workbook(data, language=language_now())


def _handled(request: HttpRequest, actor: Actor, incoming: Incoming) -> HttpResponse:
    at, wish = now(), request.POST.get("do", "check")
    if wish == "draft" and incoming.content is not None:
        content = incoming.content.without_blank_lines()
        draft = start_draft(actor=actor, content=content.stored(), at=at)
        save_draft(actor=actor, draft_id=draft.pk, content=content.stored(), title=title_of(content), at=at)
        return redirect("declarations:draft", draft.pk)
    document = incoming.document or document_of(incoming.content or EMPTY)
    if wish == "lodge":
        return lodged_page(request, _lodged(request, actor, incoming, document, at))
    decision = decide_declaration(actor=actor, document=document, at=at)
    outcome = tried(document, decision) if decision.accepted else None
    return _answer(request, incoming, decision.faults, outcome=outcome)


def _lodged(
    request: HttpRequest, actor: Actor, incoming: Incoming, document: Document, at: datetime
) -> tuple[Lodged, ...]:
    """One declaration, or as many as the lines need where the box for a split is ticked."""
    signature = signature_of(request)
    if request.POST.get("split"):
        return split_signed(
            actor=actor, document=document, body=incoming.data, signature=signature, at=at, source=incoming.door
        )
    one = lodge_signed(
        actor=actor, document=document, body=incoming.data, signature=signature, at=at, source=incoming.door
    )
    return (one,)


def _answer(
    request: HttpRequest, incoming: Incoming, faults: Iterable[Fault], *, outcome: object = None
) -> HttpResponse:
    told = incoming.told(faults)
    refused = any(one.severity == "error" for one in told)
    context = {
        "incoming": incoming,
        "faults": told,
        "errors": [one for one in told if one.severity == "error"],
        "warnings": [one for one in told if one.severity != "error"],
        "tried": outcome,
        "checked": True,
        "may_split": any(one.code == Code.TQ_DEC_005 for one in told),
    }
    return render(request, "declarations/upload.html", context, status=422 if refused else 200)


@page
@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with labels in the reader's language and the code lists of the day."""
    trader_of_page(request)
    return attached(blank_workbook(on=today(), language=language_now()), XLSX, "to-khai-mau.xlsx")
