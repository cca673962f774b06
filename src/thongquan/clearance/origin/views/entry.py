"""Entry of certificates by the form: written, rows added and taken away, registered; nothing is kept before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, enterprise_names
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.clearance.origin.formats.excel import blank_workbook
from thongquan.clearance.origin.formats.texts import Written
from thongquan.clearance.origin.forms.entry import (
    Choices,
    Holder,
    changed_rows,
    posted,
    posted_holder,
    shown_form,
)
from thongquan.clearance.origin.operations.entering import enter_certificate
from thongquan.clearance.origin.permissions import may, offices_for
from thongquan.clearance.tariff.queries.code_lists import code_values
from thongquan.rules.decision import Fault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form: empty, with a row more or less, or with every fault of what was sent."""
    actor, at = enterer(request), now()
    if request.method != "POST":
        return form_page(request, actor, Written(), Holder())
    language = request.POST.get("language") or language_now()
    written, holder = posted(request.POST, language), posted_holder(request.POST)
    if action := request.POST.get("rows", ""):
        return form_page(request, actor, changed_rows(written, action), holder)
    try:
        made = enter_certificate(
            actor=actor,
            office=holder.office,
            tax_code=holder.tax_code,
            trader_name=holder.trader_name,
            written=written,
            at=at,
        )
    except Refused as refused:
        return form_page(request, actor, written, holder, faults=refused.faults, status=422)
    return redirect("origin:certificate", made)


@page
@require_GET
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with labels in the reader's language."""
    enterer(request)
    answer = HttpResponse(blank_workbook(language=language_now()), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="mau-chung-nhan-xuat-xu.xlsx"'
    return answer


def enterer(request: HttpRequest) -> Actor:
    """Who enters certificates: officers of an office, traders for their own enterprises. Raises `NotAllowed`."""
    actor = actor_of_request(request, now())
    own = any(may(actor, "origin.register", office="", tax_code=code) for code in actor.enterprises)
    if not own and not offices_for(actor, "origin.register"):
        raise NotAllowed("origin.register")
    return actor


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def choices_for(actor: Actor) -> dict[str, Choices]:
    """Offices and enterprises that this person may choose; officers type the tax code."""
    offices = offices_for(actor, "origin.register")
    names = {one.code: one.name for one in code_values("office", timezone.localdate(now()), language_now())}
    codes = sorted(offices) if offices else list(names)
    traders = [] if offices else list(enterprise_names(actor.enterprises).items())
    return {
        "office": [(code, f"{code} · {names.get(code, '')}".rstrip(" ·")) for code in codes],
        "enterprise": [(code, f"{code} · {name}") for code, name in traders],
    }


def form_page(
    request: HttpRequest,
    actor: Actor,
    written: Written,
    holder: Holder,
    *,
    faults: Iterable[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    """The form as a page."""
    form = shown_form(
        written, holder, choices_for(actor), on=timezone.localdate(now()), language=language_now(), faults=faults
    )
    context: dict[str, Any] = {"form": form, "language": language_now(), "problems": form.problems}
    return render(request, "origin/entry_new.html", context, status=status)
