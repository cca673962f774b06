"""Pages of verifications: the list with its clocks, opening one, one case with its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.origin import verification_labels as words
from thongquan.clearance.origin.forms.verification import CaseForm, OpenCaseForm
from thongquan.clearance.origin.operations import open_verification
from thongquan.clearance.origin.permissions import check_may, offices_for, own_enterprises
from thongquan.clearance.origin.queries import (
    CaseClock,
    VerificationFile,
    case_number,
    certificate_file,
    verification_file,
    verifications,
)
from thongquan.clearance.origin.queries.verification_files import beside
from thongquan.clearance.origin.verification_states import CaseStep
from thongquan.clearance.origin.views.filters import VERIFICATIONS, case_query, saved_beside
from thongquan.clearance.origin.views.verification_steps import SPECS, form_of, open_steps, take_step
from thongquan.rules.decision import Fault

PAGE = 50
SILENT = frozenset({"explain", "documents", "answer"})
"""Steps whose words stand in the page itself and are not told again in the story."""


@dataclass(frozen=True)
class ClockShown:
    """A clock in words."""

    name: Promise
    words: str
    exactly: str
    late: bool
    running: bool


@dataclass(frozen=True)
class Happening:
    """A step of the story in words."""

    text: Promise
    reason: str
    at: object
    by: str


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Verifications, newest first: of the actor's offices or enterprises."""
    actor, at = actor_of_request(request, now()), now()
    if not (offices_for(actor, "origin.see") or own_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("origin.see")
    state = request.GET.get("state", "")
    state = state if state in words.STATES else ""
    text = request.GET.get("text", "")[:80].replace("\x00", "").strip()
    given = request.GET.get("page", "1")
    place = max(int(given), 1) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    rows, more = verifications(actor=actor, at=at, state=state, text=text, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [
            (row, case_number(row.id), words.STATES[row.state], words.OUTCOMES[row.outcome], shown(row.clock))
            for row in rows
        ],
        "state": state,
        "text": text,
        "states": words.STATES,
        "works": bool(offices_for(actor, "origin.see")),
        **saved_beside(actor, VERIFICATIONS, case_query(state, text)),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "origin/verification_list.html", context)


def shown(one: CaseClock | None) -> ClockShown | None:
    """A clock as a page shows it."""
    if one is None:
        return None
    return ClockShown(
        name=words.CLOCKS[one.clock.name],
        words=words.clock_words(one),
        exactly=words.clock_exactly(one),
        late=one.left.overdue,
        running=one.clock.runs(),
    )


@page
@never_cache
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, proof_id: int) -> HttpResponse:
    """Open a case on a certificate, and on others of the same trader, agreement and country."""
    actor, at = actor_of_request(request, now()), now()
    kept = certificate_file(actor=actor, certificate=proof_id)
    check_may(actor, "origin.verify", office=kept.row.office, tax_code=kept.row.tax_code)
    choices = {"certificates": [(str(key), number) for key, number in beside(actor=actor, certificate=proof_id)]}
    initial = {"certificates": [proof_id], "carry": True}
    form = OpenCaseForm(request.POST if request.method == "POST" else None, choices=choices, initial=initial)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            return redirect("origin:verification", open_verification(actor=actor, at=at, **form.cleaned_data))
        except Refused as refused:
            problems = problems_of(refused.faults)
    context = {"kept": kept, "form": form, "problems": problems}
    return render(request, "origin/verification_open.html", context, status=422 if form.is_bound else 200)


@page
@never_cache
@require_GET
def verification(request: HttpRequest, verification_id: int) -> HttpResponse:
    """The page of a case."""
    actor = actor_of_request(request, now())
    kept = verification_file(actor=actor, verification=verification_id, at=now())
    return _shown(request, actor, kept, {}, [])


@page
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, verification_id: int, step: str) -> HttpResponse:
    """Take one step and show the case again."""
    actor, at = actor_of_request(request, now()), now()
    kept = verification_file(actor=actor, verification=verification_id, at=at)
    if step not in set(SPECS):
        raise NotFound(step)
    if request.method != "POST":
        return redirect("origin:verification", verification_id)
    chosen = CaseStep(step)
    form = form_of(chosen, kept, request.POST)
    problems: list[Problem] = []
    if form.is_valid():
        try:
            take_step(chosen, form, actor=actor, verification=verification_id, at=at)
            return redirect("origin:verification", verification_id)
        except Refused as refused:
            problems = problems_of(refused.faults, f"{chosen}-")
    return _shown(request, actor, kept, {chosen: form}, problems)


def problems_of(faults: Iterable[Fault], prefix: str = "") -> list[Problem]:
    """Faults as an error summary shows them, each leading to its field; a step is named in words."""
    found = []
    for fault in faults:
        told = sentence(words.named(fault))
        anchor = f"id_{prefix}{fault.path}" if fault.path.isidentifier() else ""
        found.append(Problem(told.text, anchor, told.remedy, fault.code, told.example, told.basis))
    return found


def _shown(
    request: HttpRequest,
    actor: Actor,
    kept: VerificationFile,
    bound: dict[CaseStep, CaseForm],
    problems: list[Problem],
) -> HttpResponse:
    language, on = get_language() or "vi", now().date()
    signers = names_of({one.signed_by for one in kept.letters if one.signed_by})
    context: dict[str, Any] = {
        "case": kept,
        "number": case_number(kept.row.id),
        "state": words.STATES[kept.row.state],
        "outcome": words.OUTCOMES[kept.row.outcome],
        "answer": words.ANSWERS[kept.row.answer],
        "why": words.WHYS[kept.row.why],
        "clocks": [shown(one) for one in kept.clocks],
        "doubts": [words.doubt_words(one, on, language) for one in kept.doubts],
        "questions": [(one, words.QUESTIONS[one.kind], shown(one.clock)) for one in kept.questions],
        "letters": [
            (
                one,
                words.LETTERS[one.kind],
                [(key, words.LANGUAGES[key]) for key in one.languages],
                signers.get(one.signed_by, ""),
            )
            for one in kept.letters
        ],
        "followed": [(one, words.FOLLOWED[one.what], one.subject.partition(":")[2]) for one in kept.followed],
        "waiting": [one.partition(":")[2] for one in kept.uses] if not kept.followed else [],
        "events": _story(kept),
        "steps": open_steps(actor, kept, bound),
        "subject": f"verification:{kept.row.id}",
        "problems": problems,
        "form": next(iter(bound.values()), None),
    }
    return render(request, "origin/verification.html", context, status=422 if bound else 200)


def _story(kept: VerificationFile) -> list[Happening]:
    names = names_of({one.actor for one in kept.events if one.actor})
    return [
        Happening(words.STEPS[one.step], "" if one.step in SILENT else one.words, one.at, names.get(one.actor, ""))
        for one in kept.events
    ]
