"""Pages of refunds and of taxes not collected: those in scope, a new one, one with the steps open to the reader."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.law_words import legal
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.revenue.claim_forms import ClaimForm, PaidForm, ProposalForm, ReasonForm
from thongquan.clearance.revenue.claim_words import CLAIM_STATES, KINDS, tax_name
from thongquan.clearance.revenue.operations.claims import decide_claim, pay_refund, propose_decision, request_claim
from thongquan.clearance.revenue.operations.guaranteeing import subject_of
from thongquan.clearance.revenue.permissions import (
    check_may_see,
    keeps_money,
    may_claim,
    may_decide,
    may_propose,
)
from thongquan.clearance.revenue.queries.claims import (
    LISTS,
    Told,
    claim_of,
    claims,
    owner_of,
    possible_vnd,
    taxes_of,
)
from thongquan.clearance.revenue.views.sharing import (
    PAGE,
    actor_of_page,
    attempt,
    language_now,
    page_number,
    today,
)
from thongquan.clearance.tariff.queries.code_lists import code_name, code_source, code_values


@page
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The claims in scope, those that wait on top."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("revenue.see")
    number = page_number(request)
    found = claims(actor=actor, offset=(number - 1) * PAGE, limit=PAGE + 1)
    context = {
        "rows": [_row(told) for told in found[:PAGE]],
        "is_trader": is_trader(actor),
        "previous": number - 1,
        "next": number + 1 if len(found) > PAGE else 0,
    }
    return render(request, "revenue/claims.html", context)


def _row(told: Told) -> dict[str, Any]:
    return {
        "claim": told,
        "state": CLAIM_STATES[told.state],
        "kind": KINDS[told.kind],
        "case": _case_name(told),
        "tax": tax_name(told.tax),
    }


def _case_name(told: Told) -> str:
    """The case in the reader's language, by the law of the day it was asked under."""
    return code_name(LISTS[told.kind], told.case, told.requested_at.date(), language_now()) or told.case


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for money back, or for a tax not to be collected; `about` is a declaration's number or what else owed."""
    actor = actor_of_page(request)
    subject = _subject(request.GET.get("about", ""))
    tax_code, office = _owner(actor, subject)
    kinds = [kind for kind in KINDS if may_claim(actor, tax_code) or (kind == "waiver" and may_propose(actor, office))]
    if not kinds:
        raise NotAllowed("revenue.claim")
    form = _form(subject, kinds, request.POST if request.method == "POST" else None)
    made: list[Told] = []
    problems: list[Problem] | None = None
    if request.method == "POST":
        problems = attempt(form, lambda: made.append(_asked(actor, subject, form)))
        if problems is None:
            return redirect("revenue:claim", made[0].number)
    context = {"form": form, "problems": problems, "number": subject.partition(":")[2], "possible": _possible(subject)}
    return render(request, "revenue/claim_new.html", context, status=200 if problems is None else 422)


def _subject(about: str) -> str:
    """A declaration by any of its numbers, or whatever else owed, by its typed reference."""
    kind, colon, number = about.rpartition(":")
    return about if colon and kind != "declaration" else subject_of(number)


def _owner(actor: Actor, subject: str) -> tuple[str, str]:
    owner = owner_of(subject)
    if owner is None:
        raise NotFound(subject)
    check_may_see(actor, office=owner[1], tax_code=owner[0])
    return owner


def _asked(actor: Actor, subject: str, form: forms.Form) -> Told:
    kind, _colon, case = form.cleaned_data["case"].partition(":")
    return request_claim(
        actor=actor,
        kind=kind,
        case=case,
        subject=subject,
        tax=form.cleaned_data["tax"],
        amount_vnd=form.cleaned_data["amount_vnd"],
        grounds=form.cleaned_data["grounds"],
        at=now(),
    )


def _form(subject: str, kinds: list[str], data: Any) -> ClaimForm:
    on, language = today(), language_now()
    cases = [
        (str(KINDS[kind]), [(f"{kind}:{one.code}", one.name) for one in code_values(LISTS[kind], on, language)])
        for kind in kinds
    ]
    return ClaimForm(data, cases=cases, taxes=[(tax, tax_name(tax)) for tax in taxes_of(subject)])


def _possible(subject: str) -> list[tuple[str, Decimal, Decimal]]:
    """For each tax, what can be refunded and what can be left uncollected."""
    found = [
        (
            tax_name(tax),
            possible_vnd(subject, kind="refund", case="", tax=tax),
            possible_vnd(subject, kind="waiver", case="", tax=tax),
        )
        for tax in taxes_of(subject)
    ]
    excess = possible_vnd(subject, kind="refund", case="overpaid", tax="")
    return [*found, (_("Paid in excess"), excess, Decimal(0))] if excess else found


@page
@never_cache
@require_GET
def one(request: HttpRequest, claim: str) -> HttpResponse:
    """A claim."""
    return _shown(request, claim)


def _shown(
    request: HttpRequest, number: str, *, problems: list[Problem] | None = None, bound: forms.Form | None = None
) -> HttpResponse:
    actor = actor_of_page(request)
    told = claim_of(actor=actor, number=number)
    context = {
        **_row(told),
        "source": legal(code_source(LISTS[told.kind], told.case, told.requested_at.date())),
        "possible": possible_vnd(told.subject, kind=told.kind, case=told.case, tax=told.tax),
        "steps": {name: bound or form for name, form in _steps(actor, told).items()},
        "events": _story(told, officers=may_propose(actor, told.office) or may_decide(actor, told.office)),
        "problems": problems,
    }
    return render(request, "revenue/claim.html", context, status=200 if problems is None else 422)


def _steps(actor: Actor, told: Told) -> dict[str, forms.Form]:
    """The step that state and permission open to the reader, nobody deciding the own proposal."""
    if told.state == "requested" and may_propose(actor, told.office):
        return {"propose": ProposalForm(initial={"amount_vnd": told.asked_vnd})}
    if told.state == "proposed" and may_decide(actor, told.office) and told.proposed_by != actor.reference:
        return {"decide": ReasonForm()}
    if told.state == "approved" and told.kind == "refund" and keeps_money(actor, told.office):
        return {"pay": PaidForm()}
    return {}


def _story(told: Told, *, officers: bool) -> list[dict[str, Any]]:
    """What happened, newest first; traders are not told names of officers, nor what an officer found and proposed."""
    names = names_of([told.requested_by, told.proposed_by, told.decided_by]) if officers else {}
    decided = CLAIM_STATES["refused" if told.state == "refused" else "approved"]
    events = [
        (_("Requested"), told.requested_at, told.requested_by, ""),
        (_("Decision proposed"), told.proposed_at, told.proposed_by, told.finding if officers else ""),
        (str(decided), told.decided_at, told.decided_by, told.reason),
    ]
    return [
        {"text": text, "at": at, "by": names.get(by, ""), "reason": reason}
        for text, at, by, reason in events[::-1]
        if at
    ]


@page
@never_cache
@require_POST
def propose(request: HttpRequest, claim: str) -> HttpResponse:
    """Propose what to decide."""
    form = ProposalForm(request.POST)
    return _stepped(
        request, claim, form, lambda actor: propose_decision(actor=actor, number=claim, at=now(), **form.cleaned_data)
    )


@page
@never_cache
@require_POST
def decide(request: HttpRequest, claim: str) -> HttpResponse:
    """Approve as proposed, or refuse."""
    form, approve = ReasonForm(request.POST), request.POST.get("decision") == "approve"
    return _stepped(
        request,
        claim,
        form,
        lambda actor: decide_claim(
            actor=actor, number=claim, approve=approve, reason=form.cleaned_data["reason"], at=now()
        ),
    )


@page
@never_cache
@require_POST
def pay(request: HttpRequest, claim: str) -> HttpResponse:
    """Note that the treasury paid."""
    form = PaidForm(request.POST)
    return _stepped(
        request, claim, form, lambda actor: pay_refund(actor=actor, number=claim, at=now(), **form.cleaned_data)
    )


def _stepped(request: HttpRequest, claim: str, form: forms.Form, step: Callable[[Actor], object]) -> HttpResponse:
    actor = actor_of_page(request)
    claim_of(actor=actor, number=claim)  # outside the scope it does not exist, whatever the form says
    problems = attempt(form, lambda: step(actor))
    if problems is None:
        return redirect("revenue:claim", claim)
    return _shown(request, claim, problems=problems, bound=form)
