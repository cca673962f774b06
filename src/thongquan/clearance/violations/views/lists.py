"""The list of cases in one's scope, and the recording of a new act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.permissions import is_trader
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.clearance.violations.forms import MAX_WORDS, RecordForm
from thongquan.clearance.violations.labels import STATES
from thongquan.clearance.violations.operations import Recorded, record_act
from thongquan.clearance.violations.permissions import check_may, own_enterprises, working_offices
from thongquan.clearance.violations.queries import acts_on, worklist
from thongquan.clearance.violations.subjects import About, about
from thongquan.clearance.violations.views.common import actor_of_page, attempt, language_now

PAGE = 50
PREFILLED = ("act", "on", "line", "declared", "found")


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Cases, newest first: of the actor's offices, or decided ones of the actor's enterprises."""
    actor = actor_of_page(request)
    if not (working_offices(actor) or own_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("violations.view")
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    number = request.GET.get("page", "1")
    place = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    rows, more = worklist(actor=actor, state=state, offset=(place - 1) * PAGE, limit=PAGE)
    context = {
        "rows": [(row, STATES[row.state]) for row in rows],
        "state": state,
        "states": STATES,
        "is_trader": is_trader(actor),
        "previous": place - 1,
        "next": place + 1 if more else 0,
    }
    return render(request, "violations/list.html", context)


def _initial(request: HttpRequest, target: About) -> dict[str, object]:
    """What the form holds to begin with: a suggestion of the page that led here, to be looked at and corrected."""
    asked = {name: request.GET[name][:MAX_WORDS] for name in PREFILLED if request.GET.get(name)}
    return {"on": target.on, **asked}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Record an act against the subject named in the address (`?subject=declaration:...`).

    What else the address says (`act`, `on`, `line`, `declared`, `found`) stands in the form to begin with.
    """
    actor, at = actor_of_page(request), now()
    target = about(actor, request.GET.get("subject", "")[:64])
    check_may(actor, "violations.record", target.office)
    acts = acts_on(at.date())
    form = RecordForm(request.POST or None, acts=acts, language=language_now(), initial=_initial(request, target))
    done: list[Recorded] = []

    def step() -> None:
        values = {name: form.cleaned_data[name] for name in ("act", "on", "line", "declared", "found")}
        known = {name: getattr(target, name) for name in ("subject", "tax_code", "trader_name", "office")}
        done.append(record_act(actor=actor, at=at, difference_vnd=form.difference, **known, **values))

    problems = attempt(form, step) if request.method == "POST" else []
    if done:
        return redirect("violations:case", done[0].case)
    context = {"form": form, "target": target, "problems": problems}
    return render(request, "violations/record.html", context, status=422 if request.method == "POST" else 200)
