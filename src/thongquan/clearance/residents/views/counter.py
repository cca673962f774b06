"""The counter: identity, goods, done; and the same fields for a resident who prepares on a phone."""

from __future__ import annotations

import secrets
from typing import Any

import msgspec
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.residents.labels import FLOWS, KINDS, PURPOSES
from thongquan.clearance.residents.law import CURRENCIES, goods_on, quota_on, rates_of_vat
from thongquan.clearance.residents.operations import register_form
from thongquan.clearance.residents.operations.people import digest_of, plain_number
from thongquan.clearance.residents.operations.previewing import preview_form
from thongquan.clearance.residents.permissions import offices_for
from thongquan.clearance.residents.queries.codes import prepared_of
from thongquan.clearance.residents.queries.quotas import person_of, standing_on, uses_of
from thongquan.clearance.residents.shapes import FormGiven, GoodsGiven, PersonGiven
from thongquan.clearance.residents.views.common import (
    actor_of_page,
    form_of,
    language_now,
    person_of_form,
    problems_of,
    text_of,
)

TEMPLATE = "residents/counter.html"
EMPTY_ROWS = 3
Context = dict[str, Any]


@page
@never_cache
@require_http_methods(["GET", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Register a form. POST `act`: `reckon` shows what it comes to, `register` registers it."""
    actor, offices = actor_of_page(request), _offices(actor_of_page(request))
    if request.method != "POST":
        return _opened(request, offices)
    posted, at = request.POST, now()
    given, person, code = form_of(posted), person_of_form(posted), text_of(posted, "code", 12)
    office = text_of(posted, "office", 6)
    context = _context(given, person, offices, office=office, code=code, attempt=text_of(posted, "attempt", 40))
    try:
        if posted.get("act") == "reckon":
            seen = preview_form(actor=actor, office=office, given=given, person=person, at=at)
            return render(request, TEMPLATE, {**context, "preview": seen})
        made = register_form(
            actor=actor,
            office=office,
            given=given,
            person=person,
            code=code,
            attempt=context["attempt"],
            at=at,
        )
    except Refused as refused:
        return render(request, TEMPLATE, {**context, "problems": problems_of(refused.faults)}, status=422)
    messages.success(request, _("Form %(number)s is registered.") % {"number": made.number})
    return redirect("residents:form", made.number)


def _opened(request: HttpRequest, offices: list[str]) -> HttpResponse:
    """An empty counter, or one filled with a form prepared on a phone."""
    code = text_of(request.GET, "code", 12)
    if not code:
        return render(request, TEMPLATE, _context(FormGiven(), PersonGiven(), offices))
    found = prepared_of(code)
    if found is None:
        problem = Problem(_("No prepared form waits under this code."), "id_code")
        context = _context(FormGiven(), PersonGiven(), offices, code=code)
        return render(request, TEMPLATE, {**context, "problems": [problem]}, status=404)
    given = msgspec.json.decode(found.form, type=FormGiven)
    person = msgspec.convert(found.person, PersonGiven)
    return render(request, TEMPLATE, _context(given, person, offices, code=found.code))


@page
@never_cache
@require_GET
def person(request: HttpRequest) -> HttpResponse:
    """The person of a document and what is left of the quota, for the counter to swap in."""
    _offices(actor_of_page(request))
    kind, number = text_of(request.GET, "kind", 4), plain_number(text_of(request.GET, "number", 24))
    typed = PersonGiven(kind=kind, number=number, **_typed(request))
    found = person_of(digest_of(kind, number)) if number else None
    on = timezone.localdate(now())
    if found is not None and found.full_name:
        typed = PersonGiven(
            kind=kind, number=number, full_name=found.full_name, commune=found.commune, phone=found.phone
        )
    uses = uses_of(found.id, on) if found is not None else []
    context = {"person": typed, "standing": standing_on(uses, quota_on(on), on) if number else None, "known": found}
    return render(request, "residents/_person.html", context)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: text_of(request.GET, name, 120) for name in ("full_name", "commune", "phone")}


def _offices(actor: Actor) -> list[str]:
    """The offices at whose counters the actor works. Raises `NotAllowed` when there is none."""
    offices = sorted(offices_for(actor, "residents.work"))
    if not offices:
        raise NotAllowed("residents.work")
    return offices


def _context(
    given: FormGiven,
    person: PersonGiven,
    offices: list[str],
    *,
    office: str = "",
    code: str = "",
    attempt: str = "",
) -> Context:
    return {
        **shared_context(given, person),
        "offices": offices,
        "office": office if office in offices else offices[0],
        "code": code,
        "attempt": attempt or secrets.token_hex(8),
    }


def shared_context(given: FormGiven, person: PersonGiven) -> Context:
    """What the fields of a form need, at the counter and on a phone."""
    on = timezone.localdate(now())
    goods = goods_on(on, language_now())
    empty = [GoodsGiven()] * EMPTY_ROWS
    return {
        "given": given,
        "person": person,
        "rows": list(enumerate([*given.lines, *empty], 1)),
        "goods": goods,
        "rates": _rates(on),
        "kinds": KINDS.items(),
        "flows": FLOWS.items(),
        "purposes": PURPOSES.items(),
        "currencies": CURRENCIES,
        "quota": quota_on(on),
        "languages": settings.LANGUAGES,
    }


def _rates(on: Any) -> list[str]:
    """Every rate of VAT that some good of the list may have, shortest first."""
    found = {rate for one in goods_on(on, "vi") for rate in rates_of_vat(one.code, on)}
    return sorted(found, key=lambda rate: (len(rate), rate))
