"""Profiles on pages: the league, a profile with its dry run and the steps open to the reader, drafting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.risk.expressions.facts import GOODS, VARIABLES
from thongquan.clearance.risk.forms.profiles import ProfileForm
from thongquan.clearance.risk.labels import FACTS, GOODS_FACTS, PROFILE_STATES, PROFILE_STEPS
from thongquan.clearance.risk.operations.drafting import edit_profile, start_profile
from thongquan.clearance.risk.permissions import check_may, may
from thongquan.clearance.risk.queries.goods import risk_lists
from thongquan.clearance.risk.queries.profiles import ProfileFile, profile_file, profiles
from thongquan.clearance.risk.states import State
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.clearance.risk.views.steps import SPECS, open_steps, take
from thongquan.rules.decision import Fault


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Profiles, newest first."""
    actor = actor_of_request(request, now())
    state = request.GET.get("state", "")
    rows = profiles(actor=actor, state=state if state in PROFILE_STATES else "")
    names = names_of({row.owner for row in rows})
    context = {
        "rows": [(row, PROFILE_STATES[row.state], names.get(row.owner, "")) for row in rows],
        "state": state,
        "states": PROFILE_STATES,
        "drafts": may(actor, "risk.draft"),
        "tabs": tabs_of(actor, "risk:profiles"),
    }
    return render(request, "risk/profiles.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a profile."""
    actor, at = actor_of_request(request, now()), now()
    check_may(actor, "risk.draft")
    form = ProfileForm(request.POST or None, lists=_lists(at))
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("risk:profile", start_profile(actor=actor, body=form.body(), at=at))
        except Refused as refused:
            problems = _problems(refused.faults)
    return _form(request, actor, form, problems)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Write a draft anew."""
    actor, at = actor_of_request(request, now()), now()
    kept = profile_file(actor=actor, profile=profile_id)
    check_may(actor, "risk.draft")
    form = ProfileForm(request.POST or None, lists=_lists(at), initial=_initial(kept))
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(actor=actor, profile=profile_id, body=form.body(), at=at)
            return redirect("risk:profile", profile_id)
        except Refused as refused:
            problems = _problems(refused.faults)
    return _form(request, actor, form, problems, kept)


@page
@never_cache
@require_GET
def profile(request: HttpRequest, profile_id: int) -> HttpResponse:
    """The page of a profile."""
    actor = actor_of_request(request, now())
    return _shown(request, actor, profile_file(actor=actor, profile=profile_id), {}, [])


def step_view(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the profile again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, profile_id: int) -> HttpResponse:
        at = now()
        actor = actor_of_request(request, at)
        kept = profile_file(actor=actor, profile=profile_id)
        if request.method != "POST":
            return redirect("risk:profile", profile_id)
        form = SPECS[name].form(request.POST, prefix=name)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                made = take(name, form, actor, profile_id, at)
                return redirect("risk:profile", made if name == "revise" else profile_id)
            except Refused as refused:
                problems = _problems(refused.faults)
        return _shown(request, actor, kept, {name: form}, problems)

    return view


def _shown(
    request: HttpRequest, actor: Actor, kept: ProfileFile, bound: dict[str, forms.Form], problems: list[Problem]
) -> HttpResponse:
    names = names_of({*(event.actor for event in kept.events), kept.row.owner, kept.approved_by} - {""})
    chosen = dict(_lists(now()))
    context: dict[str, Any] = {
        "kept": kept,
        "state": PROFILE_STATES[kept.row.state],
        "owner": names.get(kept.row.owner, ""),
        "approver": names.get(kept.approved_by, ""),
        "lists": [chosen.get(name, name) for name in kept.lists],
        "edits": kept.row.state == State.DRAFT and may(actor, "risk.draft"),
        "steps": open_steps(actor, kept, bound),
        "waits_for_another": kept.row.state == State.PROPOSED and actor.reference in kept.wrote,
        "is_under_way": kept.run is not None and kept.run.state in ("queued", "running"),
        "problems": problems,
        "form": next(iter(bound.values()), None),
        "events": [_event(one.step, one.words, one.at, names.get(one.actor, "")) for one in kept.events],
        "tabs": tabs_of(actor, "risk:profiles"),
    }
    return render(request, "risk/profile.html", context, status=422 if bound else 200)


def _event(step: str, words: str, at: datetime, by: str) -> Event:
    told = PROFILE_STEPS[step]
    return Event(f"{told}: {words}" if words else str(told), at, by)


def _form(
    request: HttpRequest, actor: Actor, form: ProfileForm, problems: list[Problem], kept: ProfileFile | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems,
        "kept": kept,
        "facts": [(name, _type(name), FACTS[name]) for name in VARIABLES if name != "goods"],
        "goods": [(name, GOODS_FACTS[name]) for name in GOODS],
        "tabs": tabs_of(actor, "risk:profiles"),
    }
    return render(request, "risk/profile_form.html", context, status=422 if request.method == "POST" else 200)


_TYPES: dict[str, str] = {"STRING": '""', "INT": "0", "DOUBLE": "0.0", "BOOL": "true"}


def _type(name: str) -> str:
    """How a value of a fact is written."""
    return _TYPES.get(VARIABLES[name].name(), "")


def _lists(at: datetime) -> list[tuple[str, str]]:
    return [(one.code, one.name(get_language() or "vi")) for one in risk_lists(at.date())]


def _initial(kept: ProfileFile) -> dict[str, object]:
    row = kept.row
    return {
        "name": row.name,
        "expression": kept.expression,
        "channel": row.channel,
        "look_at": kept.look_at,
        "basis": kept.basis,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "expected_percent": (row.expected_share * 100).normalize(),
        "cap": row.cap,
        "priority": row.priority,
        "lists": kept.lists,
    }


_NAMED = {"expected_share": "expected_percent"}


def _problems(faults: Iterable[Fault]) -> list[Problem]:
    told = [(fault, sentence(fault)) for fault in faults]
    return [
        Problem(one.text, f"id_{_NAMED.get(fault.path, fault.path)}", one.remedy, fault.code, one.example, one.basis)
        for fault, one in told
    ]
