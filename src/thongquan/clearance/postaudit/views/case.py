"""An audit: one column of what was asked, found and concluded, its story beside it, the steps open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.postaudit.formats.conclusion import conclusion_pdf
from thongquan.clearance.postaudit.forms import Fields
from thongquan.clearance.postaudit.labels import OBJECTIONS, OUTCOMES, PLACES, STATES, STEPS, name_of_field, name_of_tax
from thongquan.clearance.postaudit.queries import AuditFile, audit_file
from thongquan.clearance.postaudit.states import OPEN, State, Step
from thongquan.clearance.postaudit.views.common import actor_of_page, language_now
from thongquan.clearance.postaudit.views.steps import answered_by, form_of, open_steps, take
from thongquan.clearance.violations.queries import act_on

SILENT = frozenset({Step.ANSWER, Step.OBJECT, Step.APPEAL, Step.ASK})
"""Steps whose words stand in the page itself and are not told again in the story."""


@page
@never_cache
@require_GET
def case(request: HttpRequest, audit_id: int) -> HttpResponse:
    """The page of an audit."""
    actor = actor_of_page(request)
    return _shown(request, actor, audit_file(actor=actor, audit=audit_id), {}, [])


def step_view(step: Step) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the case again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, audit_id: int) -> HttpResponse:
        actor = actor_of_page(request)
        kept = audit_file(actor=actor, audit=audit_id)
        if request.method != "POST":
            return redirect("postaudit:case", audit_id)
        form = form_of(step, kept, request.POST)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                take(step, form, actor=actor, audit=audit_id, at=now())
                return redirect("postaudit:case", audit_id)
            except Refused as refused:
                problems = problems_of(refused.faults, f"{step}-")
        return _shown(request, actor, kept, {step: form}, problems)

    return view


def _shown(
    request: HttpRequest, actor: Actor, kept: AuditFile, bound: dict[Step, Fields], problems: list[Problem]
) -> HttpResponse:
    at = now()
    context: dict[str, Any] = {
        "case": kept,
        "state": STATES[kept.row.state],
        "place": PLACES[kept.row.place],
        "today": timezone.localdate(at),
        "findings": [(one, name_of_field(one.field), _act(one.act, kept)) for one in kept.findings],
        "differences": [(one, name_of_tax(one.tax)) for one in kept.differences],
        "objections": [(one, OBJECTIONS[one.kind], OUTCOMES[one.outcome]) for one in kept.objections],
        "events": _story(kept, actor),
        "steps": open_steps(actor, kept, bound, at),
        "signed": State(kept.row.state) not in OPEN,
        "waits_for_another": kept.row.state == State.APPEALED and answered_by(kept, actor),
        "problems": problems,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "postaudit/case.html", context, status=422 if bound else 200)


def _act(code: str, kept: AuditFile) -> str:
    """The name of a violation in the reader's language."""
    act = act_on(code, timezone.localdate(kept.row.registered_at)) if code else None
    return act.name(language_now()) if act else code


def _story(kept: AuditFile, actor: Actor) -> list[Event]:
    """Steps, newest first; traders are not told the names of officers."""
    names = names_of({event.actor for event in kept.events}) if kept.works else {actor.reference: actor.name}
    return [
        Event(_told(event.step, event.words, kept), event.at, names.get(event.actor, ""))
        for event in reversed(kept.events)
    ]


def _told(step: str, words: str, kept: AuditFile) -> str:
    shows = words and kept.works and step not in SILENT
    return f"{STEPS[step]}: {words}" if shows else str(STEPS[step])


@page
@never_cache
@require_GET
def conclusion(request: HttpRequest, audit_id: int) -> HttpResponse:
    """The signed conclusion as PDF. Raises `NotFound` before it is signed."""
    kept = audit_file(actor=actor_of_page(request), audit=audit_id)
    if kept.row.signed_at is None:
        raise NotFound(str(audit_id))
    response = HttpResponse(conclusion_pdf(kept), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ket-luan-{audit_id}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
