"""One act on the chosen rows of the list: what will happen is told first, what happened afterwards, row by row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor, names_of, officers_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.operations.assigning import HANDLERS, give_back_declaration, take_declaration
from thongquan.clearance.declarations.operations.bulk import ASSIGN, GIVE_BACK, TAKE, act_on_many, check_rows
from thongquan.clearance.declarations.queries import stand_of
from thongquan.clearance.declarations.queries.queueing import QueueRow, rows_of_numbers
from thongquan.clearance.declarations.states import ENDED
from thongquan.clearance.declarations.views.asking import asked_in
from thongquan.clearance.declarations.views.common import tell_refusal
from thongquan.clearance.declarations.views.lists import declarations_table, reader

TITLES: dict[str, Promise] = {
    TAKE: gettext_lazy("Take declarations"),
    GIVE_BACK: gettext_lazy("Give declarations back"),
    ASSIGN: gettext_lazy("Assign declarations"),
}
FILES = {"csv": "csv", "xlsx": "xlsx"}


@page
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Tell what an act on the chosen rows will do; do it once that is confirmed. A table is given at once."""
    actor = reader(request)
    act, numbers = request.POST.get("act", ""), list(dict.fromkeys(request.POST.getlist("number")))
    back = f"{reverse('declarations:list')}?{asked_in(actor, request.POST.get('query', '')).query()}"
    try:
        if act in FILES:
            check_rows(TAKE, numbers)
            return declarations_table(act, actor, rows_of_numbers(actor=actor, numbers=numbers))
        check_rows(act, numbers)
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(back)
    if "confirmed" in request.POST:
        return _done(request, actor, act, numbers, back)
    return _asked(request, actor, act, numbers, back)


def _asked(request: HttpRequest, actor: Actor, act: str, numbers: list[str], back: str) -> HttpResponse:
    rows = rows_of_numbers(actor=actor, numbers=numbers)
    names = names_of({row.assigned_to for row in rows})
    told = [{"row": row, "has": names.get(row.assigned_to, ""), "words": _outlook(actor, act, row)} for row in rows]
    context = {
        "act": act,
        "title": TITLES[act],
        "rows": told,
        "back": back,
        "list_query": request.POST.get("query", ""),
        "officers": _officers(rows) if act == ASSIGN else {},
        "needs_reason": any(row.assigned_to not in ("", actor.reference) for row in rows),
        "asks_reason": act != TAKE,
    }
    return render(request, "declarations/bulk.html", context)


def _outlook(actor: Actor, act: str, row: QueueRow) -> str:
    """What will become of a row, as far as it can be known now."""
    if row.state in ENDED:
        return _("Nothing: it has ended")
    mine = row.assigned_to == actor.reference
    if act == ASSIGN:
        return _("Moves to the officer you choose") if row.assigned_to else _("Goes to the officer you choose")
    if act == GIVE_BACK:
        return _("Goes back to the team's queue") if mine else _("Nothing: it is not yours")
    if mine:
        return _("Nothing: it is yours already")
    return _("Nothing: another officer has it") if row.assigned_to else _("Becomes yours")


def _officers(rows: list[QueueRow]) -> dict[str, str]:
    """Who may handle all of these: officers of each of their offices."""
    several = [officers_of(office, HANDLERS, now()) for office in {row.office for row in rows}]
    common = set.intersection(*map(set, several)) if several else set()
    return {who: name for who, name in (several[0] if several else {}).items() if who in common}


def _done(request: HttpRequest, actor: Actor, act: str, numbers: list[str], back: str) -> HttpResponse:
    to, reason = request.POST.get("to", ""), request.POST.get("reason", "")
    outcomes = act_on_many(actor=actor, act=act, numbers=numbers, to=to, reason=reason, at=now())
    rows = [{"outcome": one, "faults": [sentence(fault) for fault in one.faults]} for one in outcomes]
    done = sum(one.done for one in outcomes)
    context = {"title": TITLES[act], "rows": rows, "done": done, "failed": len(rows) - done, "back": back}
    return render(request, "declarations/bulk_done.html", context)


@page
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take this declaration; from its page."""
    return _one(request, number, lambda actor: take_declaration(actor=actor, number=number, at=now()))


@page
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give this declaration back to the team; from its page."""
    return _one(request, number, lambda actor: give_back_declaration(actor=actor, number=number, reason="", at=now()))


def _one(request: HttpRequest, number: str, act: Any) -> HttpResponse:
    actor = reader(request)
    stand_of(actor=actor, number=number)
    if request.method == "POST":
        try:
            act(actor)
        except Refused as refusal:
            tell_refusal(request, refusal)
    return redirect("declarations:file", number)
