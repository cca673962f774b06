"""How groups of traders are treated, for everyone to read: aggregates alone, with their intervals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thongquan.base.accounts.throttle import open_to_public
from thongquan.base.core.clock import now
from thongquan.base.web.guard import open_page
from thongquan.clearance.risk.labels import GROUP_KINDS, GROUPS
from thongquan.clearance.risk.plots import plot
from thongquan.clearance.risk.queries.treatment import newest_treatment, published_alarms
from thongquan.clearance.tariff.queries.code_lists import code_name
from thongquan.rules.treatment import LEAST_CHECKED, LEAST_LODGED, LEAST_TRADERS, OTHERS


@require_safe
@never_cache
@open_page
@open_to_public
def treatment(request: HttpRequest) -> HttpResponse:
    """Who is opened how often, what is found, and which alarms stand."""
    told = newest_treatment()
    kinds = [
        (
            GROUP_KINDS[kind],
            [(_named(kind, one.key), one) for one in groups],
            plot([(_named(kind, one.key), one.opened) for one in groups[:12]]),
        )
        for kind, groups in (told.kinds.items() if told else ())
    ]
    alarms = published_alarms(told) if told else []
    context = {
        "told": told,
        "kinds": kinds,
        "alarms": [(GROUP_KINDS[one.kind], _named(one.kind, one.key), one) for one in alarms],
        "least": (LEAST_LODGED, LEAST_TRADERS, LEAST_CHECKED),
    }
    return render(request, "risk/public.html", context)


def _named(kind: str, key: str) -> str:
    if key == OTHERS:
        return _("all others together")
    if kind in ("size", "newness"):
        return str(GROUPS.get(key, key))
    if kind == "origin":
        return code_name("country", key, timezone.localdate(now()), get_language() or "vi") or key or "–"
    return key or "–"
