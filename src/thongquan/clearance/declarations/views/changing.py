"""Changing a lodged declaration in the form: begin, and send what was written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.fieldpaths import field_name
from thongquan.clearance.declarations.formats.grafting import grafted
from thongquan.clearance.declarations.forms import box_id
from thongquan.clearance.declarations.labels import PURPOSES, SENT
from thongquan.clearance.declarations.models import Draft
from thongquan.clearance.declarations.operations import mark_lodged, save_draft
from thongquan.clearance.declarations.operations.changing import STEP_OF, send_change, start_change
from thongquan.clearance.declarations.permissions import check_may
from thongquan.clearance.declarations.queries import (
    Stand,
    declaration_file,
    draft_of,
    instructions_of,
    stand_of,
)
from thongquan.clearance.declarations.queries.incomplete import fields_left_out, term_of_completion
from thongquan.clearance.declarations.states import STEPS, State
from thongquan.clearance.declarations.views.common import actor_of_page, drafter_of_page
from thongquan.clearance.declarations.views.drafting import form_page, posted, reason_of, stored_with, title_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault


@page
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, number: str, purpose: str) -> HttpResponse:
    """What a change means, then the draft of it; `focus` names the field at which the form opens."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    check_may(actor, STEPS[STEP_OF[purpose]].who, office=stand.office, tax_code=stand.tax_code)
    if request.method == "POST":
        focus = request.POST.get("focus", "")
        try:
            draft = start_change(actor=actor, number=number, purpose=purpose, at=now(), focus=focus)
        except Refused as refused:
            return back_with(request, stand.number, refused)
        return redirect(f"/declarations/draft/{draft.pk}/" + (f"#{box_id(focus)}" if focus else ""))
    context = {
        "stand": stand,
        "purpose": purpose,
        "title": PURPOSES[purpose],
        "told": _told(stand, purpose),
        "is_open": State(stand.state) in STEPS[STEP_OF[purpose]].moves,
        "instructions": instructions_of(number),
        **_left_out(number, purpose),
    }
    return render(request, "declarations/change.html", context)


def _left_out(number: str, purpose: str) -> dict[str, object]:
    """What is filled in now and by when."""
    if purpose != "complete":
        return {}
    return {
        "left_out": [field_name(path) for path in fields_left_out(number)],
        "complete_by": term_of_completion(number),
    }


def _told(stand: Stand, purpose: str) -> object:
    """What the law attaches to it, told before anything is written."""
    code = {"amend": Code.TQ_LIF_005}.get(purpose)
    return sentence(Fault(code=code, value=stand.number)) if code else None


@page
@never_cache
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Send a change; back to the form with every fault at its field when it is refused."""
    if request.method != "POST":
        return redirect("declarations:draft", draft_id)
    actor, at = drafter_of_page(request), now()
    draft = draft_of(actor=actor, draft_id=draft_id)
    if draft.lodged_number or not draft.amends:
        return (
            redirect("declarations:file", draft.lodged_number)
            if draft.lodged_number
            else redirect("declarations:draft", draft_id)
        )
    content, reason = posted(request, actor, draft_id).without_blank_lines(), reason_of(request)
    save_draft(actor=actor, draft_id=draft_id, content=stored_with(content, reason), title=title_of(content), at=at)
    base = declaration_file(actor=actor, number=draft.amends).document
    try:
        sent = send_change(actor=actor, draft=draft, document=grafted(base, content), reason=reason, at=at)
    except Refused as refused:
        return form_page(request, draft, content, at, faults=refused.faults, checked=True, status=422)
    mark_lodged(actor=actor, draft_id=draft_id, number=sent.number, at=at)
    return _done(request, actor, draft, sent.number, sent.consequences)


def _done(
    request: HttpRequest, actor: Actor, draft: Draft, number: str, consequences: tuple[Fault, ...]
) -> HttpResponse:
    messages.success(request, SENT[draft.purpose] % {"number": number})
    for fault in consequences:
        told = sentence(fault)
        messages.warning(request, f"{told.text} {told.remedy} ({told.basis})")
    return redirect("declarations:file", number)


def back_with(request: HttpRequest, number: str, refused: Refused) -> HttpResponse:
    """Back to the declaration with what refuses, told at its head."""
    for fault in refused.faults:
        told = sentence(fault)
        messages.error(request, f"{told.text} {told.remedy}")
    return redirect("declarations:file", number)
