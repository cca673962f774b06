"""The desk of residents' forms, one form with its steps, its receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.residents.formats.receipt import receipt_pdf
from thongquan.clearance.residents.labels import FLOWS, FORMS, PURPOSES, STATES, STEPS, TAXES
from thongquan.clearance.residents.operations import (
    admit_form,
    cancel_form,
    inspect_goods,
    let_form_out,
    order_inspection,
    refuse_form,
    release_form,
    take_cash,
)
from thongquan.clearance.residents.permissions import may, offices_for
from thongquan.clearance.residents.queries.forms import FormSeen, LineSeen, form_file, forms_of_offices
from thongquan.clearance.residents.states import STEPS as TABLE
from thongquan.clearance.residents.states import State, Step
from thongquan.clearance.residents.views.common import actor_of_page, page_number, problems_of, text_of, unit_name
from thongquan.clearance.revenue.queries import balance_of

Context = dict[str, Any]
_VERBS: dict[str, Callable[..., object]] = {
    "order_inspection": order_inspection,
    "release": release_form,
    "admit": admit_form,
    "exit": let_form_out,
    "pay": take_cash,
    "refuse": refuse_form,
    "cancel": cancel_form,
}
_WITH_WORDS = frozenset({"order_inspection", "refuse", "cancel"})


@page
@never_cache
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Forms under way, the newest first; search by number, plate or name, or by state."""
    actor = actor_of_page(request)
    offices = offices_for(actor, "residents.see")
    if not offices:
        raise NotAllowed("residents.see")
    state, text, number = text_of(request.GET, "state", 10), text_of(request.GET, "q", 60), page_number(request)
    state = state if state in STATES else ""
    rows, more = forms_of_offices(actor, state=state, text=text, page=number)
    context = {
        "rows": [(row, STATES[row.state], FLOWS[row.flow]) for row in rows],
        "states": [(key, label) for key, label in STATES.items() if key != State.PREPARED],
        "state": state,
        "q": text,
        "page": number,
        "more": more,
        "works": bool(offices_for(actor, "residents.work")),
        "watches": bool(offices_for(actor, "residents.watch")),
    }
    return render(request, "residents/desk.html", context)


@page
@never_cache
@require_GET
def form(request: HttpRequest, form: str) -> HttpResponse:
    """One form: goods and money on the left, person and story on the right, the steps open now."""
    actor = actor_of_page(request)
    return render(request, "residents/form.html", _context(actor, form_file(actor=actor, number=form)))


@page
@never_cache
@require_POST
def step(request: HttpRequest, form: str, step: str) -> HttpResponse:
    """Take one step and show the form again."""
    actor, at, words = actor_of_page(request), now(), text_of(request.POST, "words", 2000)
    kept = form_file(actor=actor, number=form)
    try:
        if step == "inspect":
            agrees = request.POST.get("outcome") == "agrees"
            inspect_goods(actor=actor, number=form, agrees=agrees, words=words, at=at)
        elif step in _VERBS:
            extra = {"words": words} if step in _WITH_WORDS else {}
            _VERBS[step](actor=actor, number=form, at=at, **extra)
        else:
            raise NotFound(step)
    except Refused as refused:
        context = {**_context(actor, kept), "problems": problems_of(refused.faults)}
        return render(request, "residents/form.html", context, status=422)
    messages.success(request, _("Done: %(step)s.") % {"step": STEPS[step]})
    return redirect("residents:form", form)


@page
@never_cache
@require_GET
def receipt(request: HttpRequest, form: str) -> HttpResponse:
    """The paper of a form: what was declared, the quota, the duties, what was paid, and the square that proves it."""
    kept = form_file(actor=actor_of_page(request), number=form)
    address = request.build_absolute_uri(reverse("residents:resident_check", args=[kept.code]))
    response = HttpResponse(receipt_pdf(kept, address), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="cu-dan-{kept.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _context(actor: Actor, kept: FormSeen) -> Context:
    open_vnd = balance_of(kept.subject).open_vnd if kept.due_vnd else 0
    names = names_of({one.actor for one in kept.events})
    return {
        "form": kept,
        "state": STATES[kept.state],
        "flow": FLOWS[kept.flow],
        "paper": FORMS[kept.flow],
        "purpose": PURPOSES[kept.purpose],
        "open_vnd": open_vnd,
        "totals": [(TAXES[tax], kept.totals_vnd[tax]) for tax in TAXES if tax in kept.totals_vnd],
        "lines": [(line, unit_name(line.unit, kept.on), _taxes(line)) for line in kept.lines],
        "missing": [TAXES.get(tax, tax) for tax in kept.missing],
        "events": [
            {
                "text": f"{STEPS[one.step]}: {one.words}" if one.words else str(STEPS[one.step]),
                "at": one.at,
                "by": names.get(one.actor, ""),
            }
            for one in reversed(kept.events)
        ],
        "can": _open_steps(actor, kept, bool(open_vnd)),
    }


def _taxes(line: LineSeen) -> list[tuple[object, dict[str, Any]]]:
    """The taxes of the part above the quota with their names."""
    return [(TAXES.get(tax["tax"], tax["tax"]), tax) for tax in line.taxes]


def _open_steps(actor: Actor, kept: FormSeen, owes: bool) -> dict[str, bool]:
    """Which buttons to show: the state opens the step, the actor may, and nothing before it is missing."""
    waits = kept.must_inspect and kept.inspected_at is None
    resold = kept.flow == "import" and kept.purpose == "resale"
    fits = {
        Step.PAY: owes and not waits,
        Step.RELEASE: not owes and not waits and not resold,
        Step.ADMIT: not owes and not waits and resold,
        Step.ORDER_INSPECTION: not kept.must_inspect,
    }
    return {
        one.value: fits.get(one, True)
        and State(kept.state) in rule.moves
        and rule.who != "system"
        and may(actor, rule.who, office=kept.office)
        for one, rule in TABLE.items()
        if rule.who != "residents.gather"
    }
