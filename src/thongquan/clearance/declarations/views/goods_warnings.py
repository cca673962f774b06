"""What is told beside a draft while it is typed: own earlier codes for the same goods, and codes that customs gave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from thongquan.base.accounts.permissions import can_lodge
from thongquan.base.core.clock import now
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.classification.queries.warning import LineAsked, warnings_for
from thongquan.clearance.declarations.formats.content import Content
from thongquan.clearance.declarations.queries import draft_of
from thongquan.clearance.declarations.views.common import drafter_of_page, fragment
from thongquan.clearance.declarations.views.drafting import posted


@page
@never_cache
@require_http_methods(["GET", "POST"])
def goods_warnings(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The warnings for the lines as they stand; nothing is kept."""
    if request.method != "POST":
        return redirect("declarations:draft", draft_id)
    actor = drafter_of_page(request)
    content = posted(request, actor, draft_id)
    tax_code = content.fields.get("trader.tax_code", "")
    amends = draft_of(actor=actor, draft_id=draft_id).amends
    found = (
        warnings_for(
            lines=_lines(content),
            tax_code=tax_code,
            on=timezone.localdate(now()),
            apart_from=int(amends[:11]) if amends[:11].isdigit() else 0,
        )
        if can_lodge(actor, tax_code)
        else []
    )
    return fragment(
        request, "declarations/_goods_warnings.html", {"rows": [(one, sentence(one.fault)) for one in found]}
    )


def _lines(content: Content) -> list[LineAsked]:
    return [
        LineAsked(number=number, hs=line.get("hs", ""), description=line.get("description", ""))
        for number, line in enumerate(content.lines, start=1)
    ]
