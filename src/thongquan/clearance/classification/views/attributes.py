"""The table of deciding attributes: proposed by one officer, put into force or ended by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import ruling_labels as words
from thongquan.clearance.classification.forms.attributes import AttributeForm, ReasonForm
from thongquan.clearance.classification.operations import attributes as operations
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.attributes import AttributeShown, attributes
from thongquan.clearance.classification.views.ruling_common import actor_of_page, attempt, language_now, problems_of
from thongquan.learning.suggest.knowledge import digits_of

STEPS: dict[str, Callable[..., None]] = {
    "sign": operations.sign_attribute,
    "reject": operations.reject_attribute,
    "end": operations.propose_attribute_end,
}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """The table; `POST` proposes an attribute."""
    actor = _reader(request)
    if request.method != "POST":
        return _shown(request, actor)
    form = AttributeForm(request.POST)
    problems = attempt(form, lambda: operations.propose_attribute(actor=actor, given=form.given(), at=now()))
    return redirect("classification:attributes") if problems is None else _shown(request, actor, form, problems)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, attribute_id: int, step: str) -> HttpResponse:
    """Sign, reject, or propose the end."""
    actor = _reader(request)
    if step not in STEPS:
        raise NotFound(step)
    if request.method != "POST":
        return redirect("classification:attributes")
    told = {} if step == "sign" else {"words": request.POST.get("words", "")}
    try:
        STEPS[step](actor=actor, attribute=attribute_id, at=now(), **told)
    except Refused as refused:
        return _shown(request, actor, problems=problems_of(refused.faults))
    return redirect("classification:attributes")


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of_page(request)
    if not offices_for(actor, "classification.see"):
        raise NotAllowed("classification.see")
    return actor


def _shown(
    request: HttpRequest, actor: Actor, form: AttributeForm | None = None, problems: list[Problem] | None = None
) -> HttpResponse:
    code = digits_of(request.GET.get("code", "")[:20])
    teaches = bool(offices_for(actor, "classification.teach"))
    context: dict[str, Any] = {
        "rows": [_row(one, actor, teaches=teaches) for one in attributes(code=code, history="history" in request.GET)],
        "code": code,
        "form": (form or AttributeForm()) if teaches else None,
        "problems": problems or [],
        "works": True,
    }
    failed = form is not None or bool(problems)
    return render(request, "classification/attributes.html", context, status=422 if failed else 200)


def _row(one: AttributeShown, actor: Actor, *, teaches: bool) -> dict[str, Any]:
    waits = one.state in ("proposed", "leaving")
    limits = ", ".join(f"{limit:g}" for limit in one.limits)
    return {
        "one": one,
        "name": one.called(language_now()),
        "kind": words.ATTRIBUTE_KINDS[one.kind],
        "state": words.ATTRIBUTE_STATES[one.state],
        "answers": [answer.replace("|", ", ") for answer in one.values],
        "limits": f"{limits} {one.unit}" if limits else "",
        "signs": teaches and waits and one.proposed_by != actor.reference,
        "rejects": teaches and waits,
        "ends": teaches and one.state == "in_force",
        "reason": ReasonForm(auto_id=f"id_{one.id}_%s"),
    }
