"""Pages of the store of precedents: looked through, added to by form and workbook, and what contradicts it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.core.workbooks import MAX_BYTES
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import ruling_labels as words
from thongquan.clearance.classification.formats.precedents import blank_sheet, read_sheet
from thongquan.clearance.classification.forms.precedents import JudgeForm, PrecedentForm, SheetForm
from thongquan.clearance.classification.operations.meeting import judge_met
from thongquan.clearance.classification.operations.precedents import (
    PrecedentGiven,
    enter_precedents,
    withdraw_precedent,
)
from thongquan.clearance.classification.permissions import offices_for, own_enterprises
from thongquan.clearance.classification.queries.precedents import (
    PrecedentShown,
    contradictions,
    may_see_met,
    precedent,
    precedents,
    uses_of,
)
from thongquan.clearance.classification.views.ruling_common import (
    PAGE,
    actor_of_page,
    attempt,
    page_asked,
    problems_of,
    reader,
    words_asked,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The store; `POST` puts one document into it. Traders read what was told to them."""
    actor, works = reader(request)
    if request.method != "POST":
        return _answer(request, actor, works=works)
    form = PrecedentForm(request.POST)
    problems = attempt(
        form, lambda: enter_precedents(actor=actor, given=[PrecedentGiven(**form.cleaned_data)], at=now())
    )
    if problems is None:
        return redirect("classification:precedents")
    return _answer(request, actor, works=works, form=form, problems=problems)


@page
@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Enter every row of a workbook, all or none."""
    actor, works = reader(request)
    if not offices_for(actor, "classification.judge"):
        raise NotAllowed("classification.judge")
    form = SheetForm(request.POST, request.FILES)

    def step() -> None:
        data = form.cleaned_data["file"].read(MAX_BYTES + 1)
        enter_precedents(actor=actor, given=read_sheet(data), at=now(), rows=True)

    problems = attempt(form, step)
    if problems is None:
        return redirect("classification:precedents")
    return _answer(request, actor, works=works, file=form, problems=problems)


@page
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The template of the workbook."""
    if not reader(request)[1]:
        raise NotAllowed("classification.see")
    response = HttpResponse(blank_sheet(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="precedents.xlsx"'
    return response


def _answer(
    request: HttpRequest,
    actor: Actor,
    *,
    works: bool,
    form: PrecedentForm | None = None,
    file: SheetForm | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    place, kind = page_asked(request), request.GET.get("kind", "")
    kind = kind if kind in words.PRECEDENT_KINDS else ""
    rows, more = precedents(
        text=words_asked(request),
        code=words_asked(request, "code"),
        kind=kind,
        addressees=None if works else own_enterprises(actor),
        offset=(place - 1) * PAGE,
        limit=PAGE,
    )
    enters = bool(offices_for(actor, "classification.judge"))
    context: dict[str, Any] = {
        "rows": [(one, words.PRECEDENT_KINDS[one.kind]) for one in rows],
        "works": works,
        "text": words_asked(request),
        "code": words_asked(request, "code"),
        "kind": kind,
        "kinds": words.PRECEDENT_KINDS,
        "form": (form or PrecedentForm()) if enters else None,
        "file": (file or SheetForm()) if enters else None,
        "problems": problems or [],
        "previous": place - 1,
        "next": place + 1 if more else 0,
        "today": now().date(),
    }
    return render(request, "classification/precedents.html", context, status=422 if form or file else 200)


@page
@never_cache
@require_GET
def one(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """One document of the store."""
    actor, works = reader(request)
    return _shown(request, actor, _readable(actor, precedent_id, works=works), works=works)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, precedent_id: int) -> HttpResponse:
    """Withdraw a document with a reason."""
    actor, works = reader(request)
    kept = _readable(actor, precedent_id, works=works)
    if request.method != "POST":
        return redirect("classification:precedent", precedent_id)
    try:
        withdraw_precedent(actor=actor, precedent=kept.id, words=request.POST.get("words", ""), at=now())
    except Refused as refused:
        return _shown(request, actor, kept, works=works, problems=problems_of(refused.faults))
    return redirect("classification:precedent", precedent_id)


def _readable(actor: Actor, key: int, *, works: bool) -> PrecedentShown:
    found = precedent(key)
    if found is None or not (works or (found.addressee and found.addressee in own_enterprises(actor))):
        raise NotFound(str(key))
    return found


def _shown(
    request: HttpRequest, actor: Actor, kept: PrecedentShown, *, works: bool, problems: list[Problem] | None = None
) -> HttpResponse:
    may_end = works and bool(offices_for(actor, "classification.lead")) and kept.withdrawn_at is None
    context = {
        "kept": kept,
        "kind": words.PRECEDENT_KINDS[kept.kind],
        "works": works,
        "uses": uses_of(kept.id) if works else None,
        "withdraws": may_end and kept.ruling_id is None,
        "problems": problems or [],
    }
    return render(request, "classification/precedent.html", context, status=422 if problems else 200)


@page
@never_cache
@require_GET
def against(request: HttpRequest) -> HttpResponse:
    """Declared lines of the officer's offices that contradict a document, guidance to the same trader first."""
    return _against(request, actor_of_page(request))


@page
@never_cache
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, met_id: int) -> HttpResponse:
    """Say what is right about such a line."""
    actor = actor_of_page(request)
    if request.method != "POST":
        if not may_see_met(actor, met_id):
            raise NotFound(str(met_id))
        return redirect("classification:against")
    form = JudgeForm(request.POST)
    problems = attempt(form, lambda: judge_met(actor=actor, met=met_id, at=now(), **form.cleaned_data))
    if problems is None:
        return redirect("classification:against")
    return _against(request, actor, (met_id, form), problems)


def _against(
    request: HttpRequest,
    actor: Actor,
    bound: tuple[int, JudgeForm] | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    if not offices_for(actor, "classification.see"):
        raise NotAllowed("classification.see")
    place = page_asked(request)
    rows, more = contradictions(actor=actor, offset=(place - 1) * PAGE, limit=PAGE)
    judges = offices_for(actor, "classification.judge")
    context = {
        "rows": [
            {
                "met": row,
                "number": row.subject.partition(":")[2],
                "kind": words.MET_KINDS[row.kind],
                "told": told,
                "document": words.PRECEDENT_KINDS[row.precedent.kind],
                "form": _form_of(row.id, bound) if row.office in judges else None,
            }
            for row in rows
            if (told := sentence(row.reason) if row.reason else None)
        ],
        "works": True,
        "problems": problems or [],
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "classification/against.html", context, status=422 if bound else 200)


def _form_of(key: int, bound: tuple[int, JudgeForm] | None) -> JudgeForm:
    return bound[1] if bound and bound[0] == key else JudgeForm(auto_id=f"id_{key}_%s")
