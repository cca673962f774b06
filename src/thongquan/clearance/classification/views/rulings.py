"""Pages of advance rulings: the list with its clocks, a new application, and one application step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import ruling_labels as words
from thongquan.clearance.classification.forms.rulings import ChoosingForm, NewRulingForm
from thongquan.clearance.classification.operations.ruling_decisions import GROUNDS
from thongquan.clearance.classification.operations.rulings import start_ruling
from thongquan.clearance.classification.permissions import may
from thongquan.clearance.classification.queries.ruling_values import RulingClock, RulingFile, ruling_name
from thongquan.clearance.classification.queries.rulings import ruling_file, rulings
from thongquan.clearance.classification.ruling_states import RulingAct
from thongquan.clearance.classification.views.ruling_common import (
    PAGE,
    actor_of_page,
    attempt,
    language_now,
    page_asked,
    reader,
    words_asked,
)
from thongquan.clearance.classification.views.ruling_forms import SPECS, form_of, goods_given, open_steps, take_step
from thongquan.clearance.tariff.queries.code_lists import code_name, code_values


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
    """Applications, newest first: of the actor's enterprises, or filed at the actor's offices."""
    actor, works = reader(request)
    state = request.GET.get("state", "")
    state = state if state in words.STATES else ""
    place = page_asked(request)
    rows, more = rulings(
        actor=actor, at=now(), state=state, text=words_asked(request), offset=(place - 1) * PAGE, limit=PAGE
    )
    context = {
        "rows": [(row, ruling_name(row.id), words.STATES[row.state], shown(row.clock)) for row in rows],
        "state": state,
        "states": words.STATES,
        "text": words_asked(request),
        "works": works,
        "applies": bool(_own(actor)),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "classification/rulings.html", context)


def shown(clock: RulingClock | None) -> ClockShown | None:
    """A clock as a page shows it."""
    if clock is None:
        return None
    return ClockShown(
        name=words.CLOCKS[clock.name],
        words=words.clock_words(clock),
        exactly=words.clock_exactly(clock),
        late=clock.left.overdue,
        running=clock.runs,
    )


def _own(actor: Actor) -> list[str]:
    return sorted(code for code in actor.enterprises if may(actor, "classification.apply", tax_code=code))


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an application; its papers and samples come to its page as files."""
    actor = actor_of_page(request)
    own = _own(actor)
    if not own:
        raise NotAllowed("classification.apply")
    offices = code_values("office", now().date(), language_now())
    choices = {
        "tax_code": [(code, code) for code in own],
        "office": [(one.code, f"{one.code} · {one.name}") for one in offices],
    }
    form = NewRulingForm(request.POST if request.method == "POST" else None, choices=choices)
    made: list[int] = []

    def step() -> None:
        given = form.cleaned_data
        key = start_ruling(
            actor=actor,
            office=given["office"],
            tax_code=given["tax_code"],
            given=goods_given(given),
            at=now(),
        )
        made.append(key)

    problems = attempt(form, step) if request.method == "POST" else []
    if made:
        return redirect("classification:ruling", made[0])
    context = {"form": form, "problems": problems, "works": False}
    return render(request, "classification/ruling_new.html", context, status=422 if form.is_bound else 200)


@page
@never_cache
@require_GET
def one(request: HttpRequest, ruling_id: int) -> HttpResponse:
    """The page of an application."""
    actor = actor_of_page(request)
    return _shown(request, actor, ruling_file(actor=actor, ruling=ruling_id, at=now()), {}, [])


@page
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, ruling_id: int, step: str) -> HttpResponse:
    """Take one step and show the application again."""
    actor, at = actor_of_page(request), now()
    kept = ruling_file(actor=actor, ruling=ruling_id, at=at)
    if step not in set(SPECS):
        raise NotFound(step)
    if request.method != "POST":
        return redirect("classification:ruling", ruling_id)
    chosen = RulingAct(step)
    form = form_of(chosen, kept, request.POST)
    taken = lambda: take_step(chosen, form, actor=actor, ruling=ruling_id, at=at)  # noqa: E731  # one line, used once
    problems = attempt(form, taken, f"{chosen}-")
    if problems is None:
        return redirect("classification:ruling", ruling_id)
    return _shown(request, actor, kept, {chosen: form}, problems)


def _shown(
    request: HttpRequest,
    actor: Actor,
    kept: RulingFile,
    bound: dict[RulingAct, ChoosingForm],
    problems: list[Problem],
) -> HttpResponse:
    ground = code_name(GROUNDS, kept.ground, now().date(), language_now()) or kept.ground
    context: dict[str, Any] = {
        "file": kept,
        "name": ruling_name(kept.row.id),
        "state": words.STATES[kept.row.state],
        "outcome": words.OUTCOMES.get(kept.row.outcome, ""),
        "ground": ground,
        "goods": _goods(kept),
        "clocks": [shown(clock) for clock in kept.clocks],
        "events": _story(kept),
        "steps": open_steps(actor, kept, bound),
        "subject": f"ruling:{kept.row.id}",
        "problems": problems,
        "form": next(iter(bound.values()), None),
        "works": kept.works,
    }
    return render(request, "classification/ruling.html", context, status=422 if bound else 200)


def _goods(kept: RulingFile) -> list[tuple[Promise, str, bool]]:
    """What was told of the goods, and whether it is a trade secret."""
    told = {"goods": kept.row.goods, **{name: getattr(kept, name) for name in words.FIELDS if name != "goods"}}
    return [(words.FIELDS[name], text, name in kept.secret) for name, text in told.items() if text]


def _story(kept: RulingFile) -> list[Happening]:
    names = names_of({event.actor for event in kept.events if event.actor})
    silent = frozenset({"ask", "answer"})
    return [
        Happening(
            words.STEPS[event.step], "" if event.step in silent else event.words, event.at, names.get(event.actor, "")
        )
        for event in kept.events
    ]
