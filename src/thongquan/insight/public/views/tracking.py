"""Following a declaration by its number and its code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.clock import now
from thongquan.base.web.guard import open_page
from thongquan.clearance.declarations.labels import ACTIONS
from thongquan.insight.public.forms import TrackForm
from thongquan.insight.public.limits import few_tries
from thongquan.insight.public.queries.tracking import Tracked, tracked
from thongquan.insight.public.views.sharing import problems_of
from thongquan.insight.public.words import NEXT, PLAIN
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

TEMPLATE = "public/track.html"


@require_safe
@never_cache
@open_page
@open_to_public
def track(request: HttpRequest) -> HttpResponse:
    """Where the declaration stands; the same words for a wrong number and a wrong code (404)."""
    is_asked = bool(request.GET.get("number") or request.GET.get("code"))
    form = TrackForm(request.GET if is_asked else None, label_suffix="")
    if not is_asked:
        return render(request, TEMPLATE, {"form": form})
    if not form.is_valid():
        return render(request, TEMPLATE, {"form": form}, status=422)
    return _answered(request, form)


@few_tries
def _answered(request: HttpRequest, form: TrackForm) -> HttpResponse:
    found = tracked(number=form.cleaned_data["number"], code=form.cleaned_data["code"], at=now())
    if found is None:
        problems = problems_of([Fault(code=Code.TQ_PUB_001)])
        return render(request, TEMPLATE, {"form": form, "problems": problems}, status=404)
    return render(request, TEMPLATE, {"form": form, "found": found, **told(found)})


def told(found: Tracked) -> dict[str, Any]:
    """The same in words."""
    return {
        "state": PLAIN.get(found.state, found.state),
        "next": NEXT.get(found.next, ""),
        "events": [{"text": ACTIONS.get(f"declaration.{kind}", kind), "at": at, "by": ""} for kind, at in found.story],
    }
