"""Small forms about a lodged declaration: instruct, ask to cancel, cancel, lapse, decide on what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor, name_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.fieldpaths import fields_of
from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.forms import told_faults_of
from thongquan.clearance.declarations.operations.cancelling import (
    GROUNDS,
    cancel_declaration,
    refuse_cancellation,
    request_cancellation,
)
from thongquan.clearance.declarations.operations.correcting import confirm_correction, reject_correction
from thongquan.clearance.declarations.operations.expiring import expire_declaration
from thongquan.clearance.declarations.operations.instructing import MOST, instruct_declaration
from thongquan.clearance.declarations.operations.previewing import preview_waiting
from thongquan.clearance.declarations.operations.requesting import approve_amendment, refuse_amendment
from thongquan.clearance.declarations.permissions import check_may
from thongquan.clearance.declarations.queries import (
    Instruction,
    Stand,
    declaration_file,
    stand_of,
    waiting_on,
)
from thongquan.clearance.declarations.states import STEPS, Step
from thongquan.clearance.declarations.views.changing import back_with
from thongquan.clearance.declarations.views.common import actor_of_page, language_now, today
from thongquan.clearance.declarations.views.comparing import compared
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values
from thongquan.rules.decision import Fault

ROWS = 3
Act = Callable[[], object]


def _opened(request: HttpRequest, number: str, step: Step) -> tuple[Actor, Stand]:
    """The person and the declaration. Raises `NotFound` outside the scope, `NotAllowed` for those who may not."""
    actor = actor_of_page(request)
    stand = stand_of(actor=actor, number=number)
    check_may(actor, STEPS[step].who, office=stand.office, tax_code=stand.tax_code)
    return actor, stand


def _tried(
    request: HttpRequest, stand: Stand, act: Act, done: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Do it and go to the declaration, or show the form again with what refuses."""
    try:
        act()
    except Refused as refused:
        faults = _told(refused.faults)
        return render(request, template, {**context, "errors": faults, "stand": stand}, status=422)
    messages.success(request, done)
    return redirect("declarations:file", stand.number)


def _told(faults: Iterable[Fault]) -> list[object]:
    return list(told_faults_of(Content("import", {}, []), faults))


@page
@never_cache
@require_http_methods(["GET", "POST"])
def instruct(request: HttpRequest, number: str) -> HttpResponse:
    """Name the fields to correct, say what is wrong, give an example."""
    actor, stand = _opened(request, number, Step.INSTRUCT)
    document = declaration_file(actor=actor, number=number).document
    rows = _rows(request)
    context = {"stand": stand, "groups": fields_of(document), "rows": rows, "most": MOST}
    if request.method != "POST" or request.POST.get("do") == "row":
        return render(request, "declarations/instruct.html", context)
    fields = tuple(Instruction(**row) for row in rows if any(row.values()))
    return _tried(
        request,
        stand,
        lambda: instruct_declaration(actor=actor, number=number, fields=fields, at=now()),
        _("The declarant is asked to correct."),
        "declarations/instruct.html",
        context,
    )


def _rows(request: HttpRequest) -> list[dict[str, str]]:
    """Rows as typed, with a blank one to begin with and another when it is asked for."""
    names = ("path", "words", "example")
    columns = [request.POST.getlist(name)[:MOST] for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=False)]
    more = 1 if request.POST.get("do") == "row" else 0
    return (rows + [dict.fromkeys(names, "")] * max(more, ROWS - len(rows)))[:MOST]


@page
@never_cache
@require_http_methods(["GET", "POST"])
def ask_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The declarant asks to cancel."""
    actor, stand = _opened(request, number, Step.REQUEST_CANCEL)
    reason, ground = request.POST.get("reason", ""), request.POST.get("ground", "")
    context = {"stand": stand, "grounds": _grounds(), "reason": reason, "ground": ground, "asks": True}
    if request.method != "POST":
        return render(request, "declarations/cancel.html", context)
    return _tried(
        request,
        stand,
        lambda: request_cancellation(actor=actor, number=number, ground=ground, reason=reason, at=now()),
        _("The request to cancel was sent to customs."),
        "declarations/cancel.html",
        context,
    )


@page
@never_cache
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """An officer cancels, on the request that waits or on a ground of the law, or refuses the request."""
    actor, stand = _opened(request, number, Step.CANCEL)
    asked = waiting_on(number).get("cancellation")
    reason, ground = request.POST.get("reason", ""), request.POST.get("ground", asked.ground if asked else "")
    context = {"stand": stand, "grounds": _grounds(), "reason": reason, "ground": ground, "asked": asked}
    if asked is not None:
        context["asked_ground"] = code_name(GROUNDS, asked.ground, today(), language_now())
    if request.method != "POST":
        return render(request, "declarations/cancel.html", context)
    refuses = request.POST.get("do") == "refuse"
    done = _("The request was refused.") if refuses else _("The declaration is cancelled.")

    def act() -> object:
        if refuses:
            return refuse_cancellation(actor=actor, number=number, reason=reason, at=now())
        return cancel_declaration(actor=actor, number=number, reason=reason, ground=ground, at=now())

    return _tried(request, stand, act, done, "declarations/cancel.html", context)


def _grounds() -> tuple[object, ...]:
    return code_values(GROUNDS, today(), language_now())


@page
@never_cache
@require_http_methods(["GET", "POST"])
def expire(request: HttpRequest, number: str) -> HttpResponse:
    """Write down that a declaration has lapsed."""
    actor, stand = _opened(request, number, Step.EXPIRE)
    if request.method != "POST":
        return redirect("declarations:file", stand.number)
    try:
        expire_declaration(actor=actor, number=number, at=now())
    except Refused as refused:
        return back_with(request, stand.number, refused)
    messages.success(request, _("It is written down that the declaration has lapsed."))
    return redirect("declarations:file", stand.number)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Decide on an amendment after clearance (an officer) or on a correction by customs (a second person)."""
    step = Step.REFUSE_AMENDMENT if kind == "amendment" else Step.CONFIRM_CORRECTION
    actor, stand = _opened(request, number, step)
    asked = waiting_on(number).get(kind)
    if asked is None:
        raise NotFound(number)
    reason = request.POST.get("reason", "")
    preview = preview_waiting(actor=actor, number=number, waiting=asked, at=now())
    context = {
        "stand": stand,
        "kind": kind,
        "asked": asked,
        "by": name_of(asked.by),
        "own": asked.by == actor.reference and kind == "correction",
        "reason": reason,
        "compared": compared(
            preview.changes,
            preview.taxes,
            channel_before=preview.channel_before,
            channel_after=preview.channel_after,
        ),
        "refused": _told(preview.faults),
    }
    if request.method != "POST":
        return render(request, "declarations/decision.html", context)
    done = _("Accepted.") if request.POST.get("do") == "accept" else _("Refused.")
    act = _act(actor, number, kind, reason, accepts=request.POST.get("do") == "accept")
    return _tried(request, stand, act, done, "declarations/decision.html", context)


def _act(actor: Actor, number: str, kind: str, reason: str, *, accepts: bool) -> Act:
    yes = approve_amendment if kind == "amendment" else confirm_correction
    no = refuse_amendment if kind == "amendment" else reject_correction
    if accepts:
        return lambda: yes(actor=actor, number=number, at=now(), answer=reason)
    return lambda: no(actor=actor, number=number, reason=reason, at=now())
