"""Export certificates: the list, an application with its derivation and steps, its head and its lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, enterprise_names, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin import outbound_labels as labels
from thongquan.clearance.origin.exports import ExportRow, recent_exports
from thongquan.clearance.origin.formats.form_e import form_pdf
from thongquan.clearance.origin.forms.certificates import WordsForm
from thongquan.clearance.origin.forms.outbound import AnswerForm, CostsForm, HeadForm, head_initial
from thongquan.clearance.origin.operations import outbound_answers as answers
from thongquan.clearance.origin.operations.outbound import prepare_outbound, save_outbound, submit_outbound
from thongquan.clearance.origin.outbound_states import EDITABLE, OUTBOUND_STEPS, OutboundState, OutboundStep
from thongquan.clearance.origin.permissions import may, offices_for, own_enterprises
from thongquan.clearance.origin.queries.outbound import (
    OutboundFile,
    exports_with_application,
    outbound_file,
    outbound_list,
)
from thongquan.clearance.tariff.queries.origins import agreements_on
from thongquan.rules.origin.outbound import Application, LineOrigin

PAGE, EXPORTS, EXPORTS_SHOWN = 50, 30, 5
_WORDED: dict[OutboundStep, Callable[..., None]] = {
    OutboundStep.QUESTION: answers.question_outbound,
    OutboundStep.REFUSE: answers.refuse_outbound,
    OutboundStep.CANCEL: answers.cancel_outbound,
}
FORMS: dict[OutboundStep, type[WordsForm | AnswerForm] | None] = {
    OutboundStep.SUBMIT: None,
    OutboundStep.ISSUE: AnswerForm,
    OutboundStep.QUESTION: WordsForm,
    OutboundStep.REFUSE: WordsForm,
    OutboundStep.REPLACE: None,
    OutboundStep.CANCEL: WordsForm,
}
MAIN = (OutboundStep.SUBMIT, OutboundStep.ISSUE)


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Applications, newest first: of the actor's enterprises, or handed over for exports at the actor's offices."""
    actor = actor_of_request(request, now())
    if not (offices_for(actor, "origin.see") or own_enterprises(actor)):
        raise NotAllowed("origin.see")
    state, number = request.GET.get("state", ""), request.GET.get("number", "")[:80]
    state = state if state in labels.STATES else ""
    given = request.GET.get("page", "1")
    place = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    rows, more = outbound_list(actor=actor, state=state, number=number, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, labels.STATES[row.state]) for row in rows],
        "exports": _exports_without(actor) if place == 1 else [],
        "state": state,
        "number": number,
        "states": labels.STATES,
        "prepares": bool(enterprises_of(actor)),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "origin/outbound_list.html", context)


def _exports_without(actor: Actor) -> list[ExportRow]:
    """The newest exports for which this person may prepare a certificate and none was begun."""
    own = {code for code, _name in enterprises_of(actor)}
    newest = [one for one in recent_exports(actor, EXPORTS) if one.tax_code in own] if own else []
    begun = exports_with_application([one.number for one in newest]) if newest else set()
    return [one for one in newest if one.number not in begun][:EXPORTS_SHOWN]


def enterprises_of(actor: Actor) -> list[tuple[str, str]]:
    """The enterprises for which this person prepares certificates."""
    own = [code for code in actor.enterprises if may(actor, "origin.prepare", office="", tax_code=code)]
    return [(code, f"{code} · {name}") for code, name in sorted(enterprise_names(own).items())]


def _agreements() -> list[tuple[str, str]]:
    language = language_now()
    return [
        (f"{one.code}/{form}", f"{one.name(language)} · {form}")
        for one in sorted(agreements_on(timezone.localdate(now())), key=lambda one: one.code != "ACFTA")
        for form in one.forms
    ]


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The head of a new application."""
    actor, at = actor_of_request(request, now()), now()
    enterprises = enterprises_of(actor)
    if not enterprises:
        raise NotAllowed("origin.prepare")
    name = enterprises[0][1].partition(" · ")[2]
    form = _head(request, enterprises, {"exporter": name, "currency": "USD"})
    if form.is_valid():
        code = form.cleaned_data["tax_code"]
        try:
            made = prepare_outbound(
                actor=actor,
                tax_code=code,
                trader_name=enterprise_names([code]).get(code, ""),
                application=form.applied(Application()),
                office=form.cleaned_data["office"],
                at=at,
            )
        except Refused as refused:
            return _head_page(request, form, [labels.problem_of(one) for one in refused.faults])
        return redirect("origin:outbound_line", made, 1)
    return _head_page(request, form, [])


def _head(request: HttpRequest, enterprises: list[tuple[str, str]], initial: dict[str, Any]) -> HeadForm:
    posted = request.POST if request.method == "POST" else None
    return HeadForm(posted, initial=initial, agreements=_agreements(), enterprises=enterprises, label_suffix="")


def _head_page(
    request: HttpRequest, form: HeadForm, problems: list[Problem], kept: OutboundFile | None = None
) -> HttpResponse:
    context = {"form": form, "problems": problems, "kept": kept}
    return render(request, "origin/outbound_head.html", context, status=422 if form.errors or problems else 200)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """The head of an application that may be changed."""
    actor, at = actor_of_request(request, now()), now()
    kept = editable(actor, outbound_id)
    own = [(kept.row.tax_code, f"{kept.row.tax_code} · {kept.row.trader_name}")]
    form = _head(request, own, head_initial(kept.application, kept.row.tax_code, kept.row.office))
    if form.is_valid():
        try:
            save_outbound(actor=actor, outbound=outbound_id, application=form.applied(kept.application), at=at)
            return redirect("origin:outbound", outbound_id)
        except Refused as refused:
            return _head_page(request, form, [labels.problem_of(one) for one in refused.faults], kept)
    return _head_page(request, form, [], kept)


def editable(actor: Actor, outbound: int) -> OutboundFile:
    """The application when its reader prepares it. Raises `NotFound`, `NotAllowed`."""
    kept = outbound_file(actor=actor, outbound=outbound, at=now())
    if not kept.prepares:
        raise NotAllowed("origin.prepare")
    return kept


@page
@never_cache
@require_GET
def application(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """One application: what each line meets and why, what is missing, the steps open to the reader, its story."""
    return shown(request, actor_of_request(request, now()), outbound_id)


def shown(
    request: HttpRequest,
    actor: Actor,
    outbound_id: int,
    *,
    bound: dict[OutboundStep, Any] | None = None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    """The page of an application."""
    kept = outbound_file(actor=actor, outbound=outbound_id, at=now())
    state = OutboundState(kept.row.state)
    names = names_of({one.actor for one in kept.events})
    context = {
        "kept": kept,
        "state": labels.STATES[kept.row.state],
        "marks": [labels.MARKS[one] for one in kept.marks],
        "lines": list(zip(kept.application.lines, map(told_line, kept.judged), strict=True)),
        "waits": [labels.problem_of(one) for one in kept.faults] if state in EDITABLE and not problems else [],
        "edits": kept.prepares and state in EDITABLE,
        "steps": _open_steps(kept, bound or {}),
        "costs": CostsForm(label_suffix=""),
        "next_line": len(kept.application.lines) + 1,
        "events": [
            {"text": labels.STEPS[one.step], "reason": one.words, "at": one.at, "by": names.get(one.actor, "")}
            for one in kept.events
        ],
        "problems": problems,
    }
    return render(request, "origin/outbound.html", context, status=422 if bound or problems else 200)


def told_line(judged: LineOrigin) -> dict[str, Any]:
    """What a line meets, each way with its steps in words."""
    return {
        "judged": judged,
        "ways": [(way, [labels.step_words(step) for step in way.steps]) for way in judged.ways],
    }


def _open_steps(kept: OutboundFile, bound: dict[OutboundStep, Any]) -> list[dict[str, Any]]:
    """A form for each step that state and permission open to the reader; the main one is shown open."""
    state = OutboundState(kept.row.state)
    if not kept.prepares:
        return []
    found = []
    for step, kind in FORMS.items():
        if state in OUTBOUND_STEPS[step].moves:
            label: Promise = labels.VERBS[step]
            form = bound.get(step) or (kind(prefix=step.value, label_suffix="") if kind else None)
            url = reverse("origin:outbound_step", args=[kept.row.id, step.value])
            found.append({"label": label, "url": url, "form": form, "main": step in MAIN})
    return found


@page
@never_cache
@require_http_methods(["POST"])
def take_step(request: HttpRequest, outbound_id: int, step: str) -> HttpResponse:
    """Take one step."""
    actor, at = actor_of_request(request, now()), now()
    outbound_file(actor=actor, outbound=outbound_id, at=at)
    known = {one.value: one for one in FORMS}
    if step not in known:
        raise NotAllowed(step)
    kind = FORMS[known[step]]
    form = kind(request.POST, prefix=step, label_suffix="") if kind else None
    if form is not None and not form.is_valid():
        return shown(request, actor, outbound_id, bound={known[step]: form})
    try:
        return redirect("origin:outbound", _taken(actor, outbound_id, known[step], form, at))
    except Refused as refused:
        problems = [labels.problem_of(one) for one in refused.faults]
        return shown(request, actor, outbound_id, bound={known[step]: form} if form else None, problems=problems)


def _taken(actor: Actor, outbound_id: int, step: OutboundStep, form: Any, at: Any) -> int:
    """Take it, and say which application to show then."""
    if step is OutboundStep.REPLACE:
        return answers.replace_outbound(actor=actor, outbound=outbound_id, at=at)
    if step is OutboundStep.SUBMIT:
        submit_outbound(actor=actor, outbound=outbound_id, at=at)
    elif step is OutboundStep.ISSUE:
        answers.issue_outbound(actor=actor, outbound=outbound_id, at=at, **form.cleaned_data)
    else:
        _WORDED[step](actor=actor, outbound=outbound_id, words=form.cleaned_data["words"], at=at)
    return outbound_id


@page
@never_cache
@require_GET
def printed(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """The form as PDF."""
    kept = outbound_file(actor=actor_of_request(request, now()), outbound=outbound_id, at=now())
    response = HttpResponse(form_pdf(kept, request.build_absolute_uri("/"), now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kept.row.reference}.pdf"'
    return response
