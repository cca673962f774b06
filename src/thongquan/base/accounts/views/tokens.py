"""Pages: a person's tokens for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts import operations, queries
from thongquan.base.accounts.forms import TokenForm
from thongquan.base.accounts.permissions import can_hold_tokens
from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.accounts.scopes import LABELS
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page


@never_cache
@page
@require_http_methods(["GET", "POST"])
@sensitive_variables("made")
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; making one shows its secret in the answer, once."""
    at, made = now(), None
    actor = actor_of_request(request, at)
    if not can_hold_tokens(actor):
        raise NotAllowed
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = operations.create_token(actor=actor, at=at, **form.cleaned_data)
        form = TokenForm()
    rows = queries.tokens_of(actor, at)
    context = {"form": form, "made": made, "rows": rows, "scope_labels": LABELS}
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@page
@require_POST
def withdraw_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Withdraw one of the person's own tokens."""
    at = now()
    operations.revoke_token(actor=actor_of_request(request, at), token_id=token_id, at=at)
    return redirect("accounts:tokens")
