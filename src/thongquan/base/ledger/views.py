"""Pages and downloads of the ledger."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.people import actor_behind
from thongquan.base.ledger import permissions, queries
from thongquan.base.ledger.forms import HeadsAfter, LedgerFilters
from thongquan.base.ledger.lines import write_line
from thongquan.base.web.guard import page
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

HEADS_SHOWN = 10
HEADS_GIVEN = 1000


@require_safe
@page
def ledger(request: HttpRequest) -> HttpResponse:
    """The newest entries, the newest heads, and what waits for the sealer."""
    if not permissions.can_read_ledger(actor_behind(request)):
        raise NotAllowed("ledger.read")
    form = LedgerFilters(request.GET)
    found = queries.ledger_page(form.filters()) if form.is_valid() else queries.EMPTY_PAGE
    window, at = queries.unsealed_window(), now()
    words = {
        "form": form,
        "found": found,
        "window": window,
        "oldest": window.oldest_at,
        "heads": queries.recent_heads(HEADS_SHOWN),
        "at": at,
        "filtered": any(request.GET.get(name) for name in ("action", "subject", "sealed")),
        "reach": queries.ACTION_REACH,
    }
    return render(request, "ledger/list.html", words, status=200 if form.is_valid() else 400)


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Signed heads for anyone to keep: the newest, or with `?after=SIZE` the next ones. Nothing in them is secret."""
    form = HeadsAfter(request.GET)
    if not form.is_valid():
        fault = Fault(code=Code.TQ_FMT_018, path="after", value=request.GET.get("after", "")[:60])
        return answer_json({"faults": told_faults([fault])}, status=400)
    after = form.cleaned_data["after"]
    given = (
        queries.recent_heads(HEADS_GIVEN)[::-1]
        if after is None
        else list(queries.signed_heads(after=after, limit=HEADS_GIVEN))
    )
    answer = answer_json({"heads": [signed.words() for signed in given]})
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@page
def proof(request: HttpRequest, subject: str) -> HttpResponse:
    """The proof file of one subject's entries; who may not see the subject learns nothing of it."""
    if not permissions.can_see_proof(actor_behind(request), subject):
        raise NotFound(subject)
    answer = HttpResponse(write_line(queries.inclusion_proofs(subject)), content_type="application/json")
    name = re.sub(r"[^A-Za-z0-9]+", "-", subject)
    answer["Content-Disposition"] = f'attachment; filename="proof-{name}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
