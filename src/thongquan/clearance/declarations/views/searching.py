"""The search of the top bar: a number leads straight to its declaration, words to declarations and to the law."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.clearance.declarations.queries import Filters, worklist
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.views.common import actor_of_page, language_now, today
from thongquan.clearance.tariff.queries import goods

SHOWN, LAW_SHOWN = 30, 10
NUMBER_DIGITS = 11


@page
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Declarations in scope and goods of the tariff that fit the words."""
    text = request.GET.get("q", "")[:200].strip()
    digits = "".join(text.split())
    actor = actor_of_page(request)
    filters = Filters(text=digits if digits.isdigit() else text)
    rows, more = worklist(actor=actor, filters=filters, limit=SHOWN) if text else ([], False)
    if len(rows) == 1 and digits.isdigit() and len(digits) >= NUMBER_DIGITS:
        return redirect("declarations:file", rows[0].number)
    law = goods.search(text, today(), language_now(), limit=LAW_SHOWN) if len(text) > 1 else []
    clocks = clocks_that_matter(actor=actor, rows=rows, at=now()) if rows else {}
    context = {"query": text, "rows": rows, "clocks": clocks, "more": more, "law": law}
    return render(request, "declarations/search.html", context)
