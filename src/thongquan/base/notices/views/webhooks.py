"""Pages of webhooks: those of the own enterprises, one with its log, one delivery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.notices import operations
from thongquan.base.notices.forms import SinceForm, WebhookForm
from thongquan.base.notices.kinds import event_kinds
from thongquan.base.notices.labels import DELIVERY_STATES, ENDPOINT_STATES
from thongquan.base.notices.outside import network_of_installation
from thongquan.base.notices.permissions import owned_codes
from thongquan.base.notices.queries import webhooks as queries
from thongquan.base.notices.queries.webhooks import Hook, Tried
from thongquan.base.web.guard import page
from thongquan.rules.decision import Fault


@page
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables("made")
def listed(request: HttpRequest) -> HttpResponse:
    """The webhooks of the person's own organizations; making one shows its secret in the answer, once."""
    at, actor, made = now(), actor_of_request(request), None
    owners = sorted(owned_codes(actor, at))
    form = WebhookForm(request.POST or None, owners=owners, kinds=event_kinds())
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_endpoint(
                actor=actor, network=network_of_installation(), at=at, **form.cleaned_data
            )
            form = WebhookForm(owners=owners, kinds=event_kinds())
        except Refused as refused:
            _told_at_fields(form, refused)
    rows = [(row, ENDPOINT_STATES[row.state]) for row in queries.webhooks_of(actor=actor, at=at)]
    context = {"form": form, "made": made, "rows": rows, "owners": owners}
    return render(request, "notices/webhooks.html", context, status=422 if form.errors else 200)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One webhook: its log, and changing it."""
    at, actor = now(), actor_of_request(request)
    hook = queries.webhook_of(actor=actor, endpoint=endpoint_id, at=at)
    given = {"url": hook.url, "name": hook.name, "kinds": hook.kinds, "owner": hook.owner}
    form = WebhookForm(request.POST or None, initial=given, owners=[hook.owner], kinds=event_kinds())
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("url", "name", "kinds")}
        try:
            operations.change_endpoint(
                actor=actor, endpoint=endpoint_id, network=network_of_installation(), at=at, **data
            )
            messages.success(request, _("Saved."))
            return redirect("notices:webhook", endpoint_id)
        except Refused as refused:
            _told_at_fields(form, refused)
    return _page_of(request, hook, form)


def _page_of(request: HttpRequest, hook: Hook, form: WebhookForm, made: object = None) -> HttpResponse:
    at, actor = now(), actor_of_request(request)
    state, after = request.GET.get("state", ""), request.GET.get("after", "")
    place = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    log = queries.deliveries_of(actor=actor, endpoint=hook.id, at=at, state=state, after=place)
    kinds = event_kinds()
    context = {
        "hook": hook,
        "state": ENDPOINT_STATES[hook.state],
        "kinds": [kinds.get(kind, kind) for kind in hook.kinds],
        "form": form,
        "since": SinceForm(initial={"since": at - timedelta(days=1)}),
        "rows": [(row, kinds.get(row.kind, row.kind), DELIVERY_STATES[row.state]) for row in log.rows],
        "after": log.after,
        "chosen": state,
        "states": DELIVERY_STATES,
        "made": made,
    }
    return render(request, "notices/webhook.html", context, status=422 if form.errors else 200)


@page
@never_cache
@require_GET
def delivery(request: HttpRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """One delivery: its body and every try."""
    at, actor = now(), actor_of_request(request)
    hook = queries.webhook_of(actor=actor, endpoint=endpoint_id, at=at)
    whole = queries.delivery_of(actor=actor, endpoint=endpoint_id, delivery=delivery_id, at=at)
    context = {
        "hook": hook,
        "sent": whole.sent,
        "body": whole.body,
        "kind": event_kinds().get(whole.sent.kind, whole.sent.kind),
        "state": DELIVERY_STATES[whole.sent.state],
        "tries": [(one, _why(one)) for one in whole.tries],
    }
    return render(request, "notices/delivery.html", context)


@page
@never_cache
@require_POST
@sensitive_variables("made")
def rotate(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """A new secret, shown in the answer, once."""
    at, actor = now(), actor_of_request(request)
    made = operations.rotate_secret(actor=actor, endpoint=endpoint_id, at=at)
    hook = queries.webhook_of(actor=actor, endpoint=endpoint_id, at=at)
    given = {"url": hook.url, "name": hook.name, "kinds": hook.kinds, "owner": hook.owner}
    form = WebhookForm(initial=given, owners=[hook.owner], kinds=event_kinds())
    return _page_of(request, hook, form, made)


@page
@require_POST
def pause(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Hold everything until it is resumed."""
    return _done(request, endpoint_id, operations.pause_endpoint, _("Paused. Events are held until you resume."))


@page
@require_POST
def resume(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send again, what was held first."""
    return _done(request, endpoint_id, operations.resume_endpoint, _("On again. What was held is being sent."))


@page
@require_POST
def delete(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """End a webhook for good."""
    operations.delete_endpoint(actor=actor_of_request(request), endpoint=endpoint_id, at=now())
    messages.success(request, _("The webhook is deleted."))
    return redirect("notices:webhooks")


@page
@require_POST
def test(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send a made-up event."""
    return _done(request, endpoint_id, operations.send_test, _("A test event is on its way; its answer appears below."))


@page
@require_POST
def replay(request: HttpRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """Send one delivery again."""

    def again(**given: object) -> None:
        operations.replay_delivery(delivery=delivery_id, **given)  # type: ignore[arg-type]  # actor, endpoint and at

    return _done(request, endpoint_id, again, _("It is being sent again."))


@page
@require_POST
def replay_since(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send everything again since a moment."""
    at, actor = now(), actor_of_request(request)
    queries.webhook_of(actor=actor, endpoint=endpoint_id, at=at)
    form = SinceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a date and a time."))
        return redirect("notices:webhook", endpoint_id)
    since = form.cleaned_data["since"]
    counted: list[int] = []

    def again(**given: object) -> None:
        counted.append(operations.replay_since(since=since, **given))  # type: ignore[arg-type]  # actor, endpoint, at

    return _done(request, endpoint_id, again, lambda: _("%(n)s events are being sent again.") % {"n": counted[0]})


def _done(
    request: HttpRequest, endpoint_id: int, act: Callable[..., object], words: str | Callable[[], str]
) -> HttpResponse:
    """Do one thing and say so, or say what speaks against it; back to the webhook."""
    try:
        act(actor=actor_of_request(request), endpoint=endpoint_id, at=now())
        messages.success(request, words if isinstance(words, str) else words())
    except Refused as refused:
        for fault in refused.faults:
            told = sentence(fault)
            messages.error(request, f"{told.text} {told.remedy}")
    return redirect("notices:webhook", endpoint_id)


def _told_at_fields(form: forms.Form, refused: Refused) -> None:
    for fault in refused.faults:
        told = sentence(fault)
        form.add_error(fault.path if fault.path in form.fields else None, f"{told.text} {told.remedy}")


def _why(one: Tried) -> str:
    """What stood in the way of a try, as a sentence."""
    if not one.fault:
        return ""
    told = sentence(Fault(code=one.fault, value=one.detail, values={"seconds": one.detail}))
    return f"{told.text} {told.remedy}"
