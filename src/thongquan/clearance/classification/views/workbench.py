"""The workbench of two codes: alarms by what is at stake, the evidence card of one, and its outcome."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import evidence, labels
from thongquan.clearance.classification.formats.card import card_pdf
from thongquan.clearance.classification.operations.judging import OUTCOMES, judge_finding, take_back_outcome
from thongquan.clearance.classification.permissions import check_anywhere, may
from thongquan.clearance.classification.queries.cases import cases
from thongquan.clearance.classification.queries.findings import (
    FindingFile,
    count_open,
    finding_file,
    findings,
    next_finding,
    subject_of_finding,
)
from thongquan.clearance.classification.queries.precedents import precedents_for
from thongquan.clearance.classification.views.ruling_common import (
    PAGE,
    actor_of_page,
    language_now,
    page_asked,
    problems_of,
    words_asked,
)


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Alarms by similarity, duty at stake and value; open ones unless an outcome is asked for."""
    actor = _officer(request)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in (*OUTCOMES, "any") else ""
    place, text = page_asked(request), words_asked(request)
    rows, more = findings(actor=actor, outcome=outcome, text=text, offset=(place - 1) * PAGE, limit=PAGE)
    context: dict[str, Any] = {
        "rows": [(row, labels.OUTCOMES[row.outcome], labels.likeness_words(row.likeness)) for row in rows],
        "outcome": outcome,
        "outcomes": {key: word for key, word in labels.OUTCOMES.items() if key},
        "text": text,
        "open": count_open(actor),
        "cases": len(cases(actor=actor)[0]),
        "works": True,
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "classification/workbench.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """The evidence card; `POST` says what it came to, or takes that back."""
    actor = _officer(request)
    kept = finding_file(actor=actor, finding=finding_id)
    if request.method != "POST":
        return _card(request, actor, kept, [])
    try:
        if request.POST.get("act") == "take_back":
            take_back_outcome(actor=actor, finding=finding_id, at=now())
        else:
            outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
            judge_finding(actor=actor, finding=finding_id, outcome=outcome, words=words, at=now())
    except Refused as refused:
        return _card(request, actor, kept, problems_of(refused.faults))
    return redirect("classification:finding", finding_id)


@page
@never_cache
@require_GET
def finding_pdf(request: HttpRequest, finding_id: int) -> HttpResponse:
    """The evidence card to print, in the language of the page."""
    kept = finding_file(actor=_officer(request), finding=finding_id)
    one, other = kept.row.line, kept.row.other
    ruled = precedents_for(codes=(one.code, other.code), description=one.description, addressee=one.importer)
    response = HttpResponse(card_pdf(kept, ruled), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="two-codes-{finding_id}.pdf"'
    return response


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of_page(request)
    check_anywhere(actor, "classification.see")
    return actor


def _card(request: HttpRequest, actor: Actor, kept: FindingFile, problems: list[Problem]) -> HttpResponse:
    row, language = kept.row, language_now()
    one, other = row.line, row.other
    names = names_of({said.by for said in kept.said} | {said.taken_back_by for said in kept.said if said.taken_back_by})
    context: dict[str, Any] = {
        "kept": kept,
        "row": row,
        "outcome": labels.OUTCOMES[row.outcome],
        "outcomes": [(key, labels.OUTCOMES[key]) for key in OUTCOMES],
        "given": request.POST,
        "one": evidence.pieces(one.description, other.description),
        "other": evidence.pieces(other.description, one.description),
        "like": labels.likeness_words(row.likeness),
        "measured": labels.measured_words(kept.measured),
        "tree": evidence.tree_of(one.code, other.code, one.on, language),
        "taxes": evidence.taxes_beside(kept.owed),
        "difference": kept.owed[1].total_vnd - kept.owed[0].total_vnd,
        "known": all(owed.known for owed in kept.owed),
        "conditions": evidence.conditions_beside(kept.owed),
        "questions": evidence.questions_of(one.code, other.code, language),
        "precedents": precedents_for(codes=(one.code, other.code), description=one.description, addressee=one.importer),
        "certificate": evidence.certificate_told(kept.certificate) if kept.certificate else None,
        "judges": may(actor, "classification.judge", office=row.office) and not row.closed,
        "events": [
            (said, labels.OUTCOMES[said.outcome], names.get(said.by, ""), names.get(said.taken_back_by, ""))
            for said in kept.said
        ],
        "next": next_finding(actor=actor, after=row.id),
        "subject": subject_of_finding(row.id),
        "problems": problems,
    }
    return render(request, "classification/finding.html", context, status=422 if problems else 200)
