"""The team leader's page: load and lateness, giving work to others, what waits for a signature, changes of channel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.casework.charts import load_chart
from thongquan.clearance.casework.operations.assigning import reassign
from thongquan.clearance.casework.permissions import led_offices
from thongquan.clearance.casework.queries import team as teams
from thongquan.clearance.casework.queries.questions import count_late, count_to_answer
from thongquan.clearance.casework.queries.signing import Signature, waiting_signatures
from thongquan.clearance.casework.views.common import actor_of_page, typed
from thongquan.clearance.casework.words import CHANGES, FOUND, PROPOSALS, nobody_has, queue_name
from thongquan.clearance.control.queries.duty import on_duty
from thongquan.clearance.control.queries.overview import Changed, changes_since
from thongquan.clearance.declarations.labels import STATES
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.views.lists import as_table

UNTAKEN = "none"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    """A team now; POST gives the chosen declarations to another officer on duty."""
    actor, at = actor_of_page(request), now()
    office = _office(request, actor)
    problems: list[Problem] = []
    if request.method == "POST":
        try:
            moved = reassign(
                actor=actor,
                office=office,
                numbers=request.POST.getlist("number"),
                to=typed(request, "to", 40),
                reason=typed(request, "reason", 4_000),
                at=at,
            )
        except Refused as refused:
            problems = problems_of(refused.faults)
        else:
            messages.success(request, _moved_words(len(moved)))
            return redirect(f"{reverse('casework:team')}?{request.GET.urlencode()}")
    context = _context(request, actor, office, at) | {"problems": problems}
    return render(request, "casework/team.html", context, status=422 if problems else 200)


def _moved_words(n: int) -> str:
    words = ngettext("%(n)s declaration has another officer now.", "%(n)s declarations have another officer now.", n)
    return words % {"n": n}


def _office(request: HttpRequest, actor: Actor) -> str:
    """The office asked for, or the first of those the reader leads. Raises `NotAllowed`."""
    led = led_offices(actor)
    asked = request.GET.get("office", "")
    if not led or (asked and asked not in led):
        raise NotAllowed("casework.lead")
    return asked or min(led)


def _context(request: HttpRequest, actor: Actor, office: str, at: datetime) -> dict[str, Any]:
    loads = teams.load_by_officer(actor=actor, office=office, at=at)
    officer, clock = request.GET.get("officer"), request.GET.get("queue")
    holder = teams.NOBODY if officer == UNTAKEN else officer
    pieces = teams.pieces_of(actor=actor, office=office, officer=holder, clock=clock)
    names = {one.officer: one.name for one in loads}
    duty = [(one, names.get(one, one)) for one in on_duty(office, at)]
    return {
        "office": office,
        "offices": sorted(led_offices(actor)),
        "loads": loads,
        "chart": load_chart([one for one in loads if one.waiting], str(nobody_has())),
        "queues": [(one, queue_name(one.clock)) for one in teams.queues_of(actor=actor, office=office, at=at)],
        "pieces": pieces,
        "clocks": clocks_that_matter(actor=actor, rows=[one.stand for one in pieces], at=at),
        "duty": sorted(duty, key=lambda one: one[1]),
        "officer": officer,
        "queue": clock,
        "narrowed": _narrowed(officer, clock, names),
        "signatures": [_shown(one, actor) for one in waiting_signatures(actor=actor, office=office)],
        "changes": [(one, CHANGES[one.standing], outcome_words(one)) for one in _changes(office, at)],
        "questions": count_to_answer(actor),
        "late_questions": count_late(actor, at),
        "chosen": request.POST.getlist("number"),
        "to": request.POST.get("to", ""),
        "reason": typed(request, "reason", 4_000),
    }


def _narrowed(officer: str | None, clock: str | None, names: dict[str, str]) -> str:
    """Whose work the list shows, in words."""
    parts = []
    if officer is not None:
        parts.append(str(nobody_has()) if officer == UNTAKEN else names.get(officer, officer[:40]))
    if clock is not None:
        parts.append(str(queue_name(clock)))
    return " · ".join(parts)


def _shown(one: Signature, actor: Actor) -> dict[str, Any]:
    return {"one": one, "what": PROPOSALS[one.kind], "is_own": one.reference == actor.reference}


def _changes(office: str, at: datetime) -> list[Changed]:
    return changes_since(office, teams.week_before(at))


def outcome_words(one: Changed) -> str:
    """What came of a changed channel so far: what the checks found, and where the declaration stands."""
    parts: list[str | Promise] = []
    if one.documents:
        parts.append(_("documents: %(found)s") % {"found": FOUND.get(one.documents, one.documents)})
    if one.goods:
        parts.append(_("goods: %(found)s") % {"found": FOUND.get(one.goods, one.goods)})
    parts.append(str(STATES.get(one.state, one.state)))
    return " · ".join(str(part) for part in parts)


@page
@never_cache
@require_GET
def load_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The load of a team as a table to take away."""
    actor, at = actor_of_page(request), now()
    office = _office(request, actor)
    head = [_("Officer"), _("On duty"), _("Wait for customs"), _("Late"), _("Wait for the declarant"), _("Inspections")]
    rows = [_load_row(one) for one in teams.load_by_officer(actor=actor, office=office, at=at)]
    return as_table(kind, f"team-{office}", head, rows)


def _load_row(one: teams.Load) -> list[str | int]:
    figures = [one.waiting, one.late, one.with_declarant, one.inspections]
    return [one.name or str(nobody_has()), _("yes") if one.on_duty else "", *figures]


@page
@never_cache
@require_GET
def changes_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The changes of channel of a week as a table to take away."""
    actor, at = actor_of_page(request), now()
    office = _office(request, actor)
    head = [_("When"), _("Declaration"), _("From"), _("To"), _("By"), _("Signed by"), _("Standing")]
    head += [_("Reason"), _("Outcome so far")]
    return as_table(kind, f"channels-{office}", head, [_change_row(one) for one in _changes(office, at)])


def _change_row(one: Changed) -> list[str | int | datetime]:
    who = [one.by, one.signed_by, str(CHANGES[one.standing])]
    return [timezone.localtime(one.at), one.number, one.before, one.after, *who, one.reason, outcome_words(one)]
