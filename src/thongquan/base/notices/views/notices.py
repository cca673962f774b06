"""Pages of notices: the bell, the list, marking read, and how one wants to be told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.notices import operations
from thongquan.base.notices.cards import bell_of
from thongquan.base.notices.queries import notices as queries
from thongquan.base.web.guard import page


@page
@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The person's notices, unread ones first."""
    actor = actor_of_request(request)
    unread_only, kind = request.GET.get("show") == "unread", request.GET.get("kind", "")[:64]
    after = queries.place_of(request.GET.get("after", ""))
    found = queries.notices_of(actor=actor, after=after, unread_only=unread_only, kind=kind)
    context = {
        "rows": found.rows,
        "after": found.after,
        "is_first": after is None,
        "unread": queries.unread_count(actor),
        "most": queries.MOST_COUNTED,
        "newest": max((row.id for row in found.rows), default=0),
        "show": "unread" if unread_only else "all",
        "kind": kind,
        "kinds": queries.kinds_of(actor),
    }
    return render(request, "notices/list.html", context)


@page
@never_cache
@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with the count of this moment; nothing when it is the one already shown, so that nothing moves."""
    shown = bell_of(actor_of_request(request))
    if request.GET.get("count") == str(shown["count"]):
        return HttpResponse(status=204)
    return render(request, "notices/_bell.html", {"part": shown})


@page
@never_cache
@require_GET
def go(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Follow a notice to its subject; it is read then."""
    actor = actor_of_request(request)
    row = queries.notice_of(actor=actor, notice=notice_id)
    operations.mark_read(actor=actor, notice=notice_id, at=now())
    return redirect(row.url or "notices:list")


@page
@require_POST
def mark(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read or unread; htmx gets its row again, where it stood."""
    actor = actor_of_request(request)
    read = request.POST.get("read") != "0"
    operations.mark_read(actor=actor, notice=notice_id, at=now(), read=read)
    if request.headers.get("HX-Request"):
        row = queries.notice_of(actor=actor, notice=notice_id)
        return render(request, "notices/_marked.html", {"row": row, "part": bell_of(actor)})
    return redirect(_back(request))


@page
@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read that the person saw; what came since stays unread."""
    until = request.POST.get("until", "")
    newest = int(until) if until.isascii() and until.isdigit() and len(until) < 19 else 0
    operations.mark_all_read(actor=actor_of_request(request), until=newest, at=now())
    return redirect("notices:list")


@page
@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How the person wants to be told of each kind."""
    actor = actor_of_request(request)
    if request.method == "POST":
        ways = {key.removeprefix("way."): str(value) for key, value in request.POST.items() if key.startswith("way.")}
        operations.choose_ways(actor=actor, ways=ways)
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    ways = {
        "both": _("Here and by e-mail"),
        "app": _("Here only"),
        "mail": _("By e-mail only"),
        "none": _("Not at all"),
    }
    return render(request, "notices/preferences.html", {"wishes": queries.wishes_of(actor), "ways": ways})


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "notices:list"
