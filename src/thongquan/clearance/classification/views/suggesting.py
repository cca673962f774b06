"""The page of suggested codes, and the list under the box of a declaration's description as somebody types there."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.suggesting import (
    GoodsQuestion,
    SuggestedCode,
    SuggestedCodes,
    check_may_ask,
    lines_under,
    suggestion,
)
from thongquan.clearance.classification.views.ruling_common import problems_of
from thongquan.clearance.tariff.queries.goods import Goods
from thongquan.learning.text import MOST_CHARACTERS

NEXT = {2: 4, 4: 6, 6: 8, 8: 0}
SHORTEST = 4


class Shown(NamedTuple):
    """A candidate with its chance in whole percent, None where it was never measured."""

    code: SuggestedCode
    percent: int | None


def shown(found: SuggestedCodes) -> list[Shown]:
    """Candidates as pages show them."""
    return [
        Shown(one, None if one.sureness is None else min(99, round(100 * one.sureness))) for one in found.candidates
    ]


@page
@never_cache
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """Ask by a form; the answer is part of the page, or alone when htmx asks."""
    actor = actor_of_request(request, now())
    check_may_ask(actor)
    context: dict[str, Any] = {"works": bool(offices_for(actor, "classification.see")), **_answer(request, actor)}
    alone = request.headers.get("HX-Request") == "true"
    return render(request, "classification/_suggested.html" if alone else "classification/suggest.html", context)


@page
@never_cache
@require_GET
def options(request: HttpRequest) -> HttpResponse:
    """The same as options of a list, for the box of a description."""
    actor = actor_of_request(request, now())
    check_may_ask(actor)
    return render(request, "classification/_suggest_options.html", _answer(request, actor))


def _answer(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    text = request.GET.get("description", "").replace("\x00", "")[:MOST_CHARACTERS]
    under = request.GET.get("under", "")[:8].strip()
    digits = _digits(request.GET.get("digits", ""), under)
    context: dict[str, Any] = {"description": text, "under": under, "digits": digits, "next": NEXT.get(digits, 0)}
    context["back"] = under[:-2] if len(under) > SHORTEST else ""
    if "description" not in request.GET:
        return context
    on, language = localdate(now()), get_language() or "vi"
    try:
        found = suggestion(
            actor=actor,
            question=GoodsQuestion(description=text, digits=digits, under=under),
            on=on,
            language=language,
        )
    except Refused as refused:
        return {**context, "problems": problems_of(refused.faults)}
    rest: list[Goods] = [] if found.outcome == "refused" else lines_under(under, found, on, language)
    return {**context, "found": found, "candidates": shown(found), "rest": rest}


def _digits(given: str, under: str) -> int:
    """What is asked for, else the level below the branch, else four."""
    if given.isascii() and given.isdigit() and len(given) == 1:
        return int(given)
    return NEXT.get(len(under), 4) or 8
