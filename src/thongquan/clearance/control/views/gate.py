"""The gate desk: scan or type, a big verdict, the latest vehicles; and a page that judges without network."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.realm import realm_name
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.clearance.control.answers import judged, read_uses
from thongquan.clearance.control.formats.slips import key_words, shown_serial
from thongquan.clearance.control.operations.exits import Verdict, let_out
from thongquan.clearance.control.queries.slips import double_uses, gates_of, trusted_keys, uses_at
from thongquan.clearance.control.views.common import actor_of_page
from thongquan.clearance.control.views.steps import Context, problems_of
from thongquan.clearance.tariff.queries.releases import GateFact

TEMPLATE = "control/gate.html"
CHOSEN = "gate"


@page
@never_cache
@require_http_methods(["GET", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    """Judge a slip at the gate chosen; the gate stays chosen for the session."""
    actor = actor_of_page(request)
    gates = _gates(actor)
    chosen = _chosen(request, gates)
    if request.method != "POST" or "code" not in request.POST:
        return render(request, TEMPLATE, _context(actor, gates, chosen))
    posted = request.POST
    try:
        verdict = let_out(
            actor=actor,
            code=posted["code"],
            plate=posted.get("plate", ""),
            gate=chosen,
            attempt=posted.get("attempt", "")[:40],
            at=now(),
        )
    except Refused as refused:
        context = {**_context(actor, gates, chosen), "problems": problems_of(refused)}
        return render(request, TEMPLATE, context, status=422)
    return render(request, TEMPLATE, {**_context(actor, gates, chosen), **_told(verdict)})


def _gates(actor: Actor) -> list[GateFact]:
    """The gates where the actor works. Raises `NotAllowed` for people of no gate."""
    gates = gates_of(actor, timezone.localdate(now()))
    if not gates:
        raise NotAllowed("control.exit")
    return gates


def _chosen(request: HttpRequest, gates: list[GateFact]) -> str:
    known = [one.code for one in gates]
    asked = request.POST.get("gate") or request.GET.get("gate") or request.session.get(CHOSEN, "")
    chosen = asked if asked in known else known[0]
    if request.session.get(CHOSEN) != chosen:
        request.session[CHOSEN] = chosen
    return chosen


def _context(actor: Actor, gates: list[GateFact], chosen: str) -> Context:
    language = get_language() or "vi"
    return {
        "gates": [(one.code, one.name(language)) for one in gates],
        "chosen": chosen,
        "chosen_name": next(one.name(language) for one in gates if one.code == chosen),
        "attempt": secrets.token_hex(8),
        "uses": uses_at(actor=actor, gate=chosen, on=timezone.localdate(now()))[:20],
        "doubles": double_uses(actor)[:10],
    }


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "reasons": [(str(fault.code), sentence(fault)) for fault in verdict.faults],
        "serial": shown_serial(verdict.slip.serial) if verdict.slip else "",
    }


@page
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """The page that judges slips in the browser with the public key alone, and keeps what it let out until uploaded."""
    gates, language = _gates(actor_of_page(request)), get_language() or "vi"
    context = {
        "gates": [(one.code, one.name(language)) for one in gates],
        "keys": [key_words(realm_name() or "", public) for public in trusted_keys()],
        "realm": realm_name() or "",
    }
    return render(request, "control/gate_offline.html", context)


@page
@never_cache
@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """The public key as a file, for `thongquan slip verify` and for other programs."""
    _gates(actor_of_page(request))
    answer = JsonResponse(key_words(realm_name() or "", trusted_keys()[0]))
    answer["Content-Disposition"] = 'attachment; filename="slip-key.json"'
    return answer


@page
@never_cache
@require_POST
def uses(request: HttpRequest) -> HttpResponse:
    """Uses of a gate without network, as JSON; the answer says what came of each."""
    actor = actor_of_page(request)
    _gates(actor)
    try:
        return answer_json({"verdicts": judged(actor, read_uses(request.body), now())})
    except Refused as refused:
        return answer_json({"faults": told_faults(refused.faults)}, status=422)


@page
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps the offline page at hand; served here so that it may answer for this address."""
    _gates(actor_of_page(request))
    context = {
        "files": [*(static(name) for name in OFFLINE_FILES), *(f"{settings.STATIC_URL}{name}" for name in PARTS)]
    }
    return render(request, "control/gate_worker.js", context, content_type="text/javascript")


OFFLINE_FILES = (
    "vendor/tabler.min.css",
    "web/tokens.css",
    "web/shell.css",
    "web/parts.css",
    "web/early.js",
    "web/app.js",
    "web/icons.svg",
    "web/favicon.svg",
    "django_htmx/htmx-2.min.js",
    "control/release.css",
    "control/gate-offline.js",
)
PARTS = ("control/gate.js", "control/slips.js")
"""What the script of the page imports by plain names."""
