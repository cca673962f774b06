"""Pages: signing in, the demo door, language, tokens and people."""

from __future__ import annotations

import secrets

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts import operations, queries
from thongquan.base.accounts.forms import SCOPE_LABELS, PersonForm, RoleForm, SignInForm, TokenForm
from thongquan.base.accounts.loopback import DEMO_SESSION_KEY, is_demo_open
from thongquan.base.accounts.permissions import administered, can_hold_tokens
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed, NotFound
from thongquan.base.web.guard import open_page, page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600


class SignIn(LoginView):  # type: ignore[misc]  # the library is not annotated
    """The library's sign-in page, with the demo people beside it where the demo door may exist."""

    form_class = SignInForm

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The form, and the demo people or an empty list."""
        people = queries.demo_people(now()) if is_demo_open(self.request) else []
        return {**super().get_context_data(**kwargs), "demo_people": people}


@require_GET
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """Who can help: no password travels by mail."""
    return render(request, "accounts/forgotten_password.html")


@require_POST
def demo_door(request: HttpRequest) -> HttpResponse:
    """Step into a demo role with one click; the address does not exist where the door may not."""
    if not is_demo_open(request):
        raise Http404
    person = request.POST.get("person", "")[:18]
    at = now()
    role = request.POST.get("role", "")
    user = queries.user_of_demo_person(person, at) if person else queries.user_of_demo_role(role, at)
    if user is None:
        raise Http404
    request.session.flush()
    request.session[DEMO_SESSION_KEY] = True
    login(request, user, backend=BACKEND)
    return redirect("home")


@require_POST
@open_page
def choose_language(request: HttpRequest) -> HttpResponse:
    """Answer in this language from now on; remembered with the person when signed in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise NotFound
    at = now()
    actor = actor_of_request(request, at)
    if actor.user_id is not None:
        operations.set_language(actor=actor, language=language, at=at)
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=LANGUAGE_COOKIE_SECONDS, samesite="Lax", httponly=True
    )
    return response


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
    context = {"form": form, "made": made, "rows": rows, "scope_labels": SCOPE_LABELS}
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@page
@require_POST
def withdraw_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Withdraw one of the person's own tokens."""
    at = now()
    operations.revoke_token(actor=actor_of_request(request, at), token_id=token_id, at=at)
    return redirect("accounts:tokens")


@page
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The people an administrator looks after."""
    at = now()
    actor = _administrator(request)
    search = request.GET.get("q", "")[:100]
    context = {"people": queries.people_of(actor, at, search=search), "search": search, "actor": actor}
    return render(request, "accounts/people.html", context)


@never_cache
@page
@require_http_methods(["GET", "POST"])
@sensitive_variables("password")
def new_person(request: HttpRequest) -> HttpResponse:
    """Make a person; the first password is made here and shown once, to be handed over."""
    actor = _administrator(request)
    form = PersonForm(request.POST or None, places=queries.organizations_of(actor))
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(12)
        if _make_person(form, actor, password):
            made = {"name": form.cleaned_data["full_name"], "email": form.cleaned_data["email"], "password": password}
            return render(request, "accounts/person_made.html", {"made": made})
    return render(request, "accounts/new_person.html", {"form": form}, status=400 if form.errors else 200)


def _make_person(form: PersonForm, actor: Actor, password: str) -> bool:
    """False, with the fault on the form, when it could not be done."""
    data = form.cleaned_data
    try:
        operations.create_person(
            actor=actor,
            email=data["email"],
            full_name=data["full_name"],
            role=data["role"],
            organization_id=data["place"],
            at=now(),
            password=password,
        )
    except Conflict as refusal:
        field = "email" if refusal.detail == "email" else "role"
        taken = _("Somebody signs in with this address already.")
        form.add_error(field, taken if field == "email" else _("This office has no such role."))
        return False
    return True


@page
@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """The roles of one person, and giving another one."""
    at = now()
    actor = _administrator(request)
    person = next((row for row in queries.people_of(actor, at) if row.id == user_id), None)
    if person is None:
        raise NotFound
    form = RoleForm(request.POST or None, places=queries.organizations_of(actor))
    if request.method == "POST" and form.is_valid():
        place, role = form.cleaned_data["place"], form.cleaned_data["role"]
        try:
            operations.grant_role(actor=actor, user_id=user_id, role=role, organization_id=place, at=at)
            return redirect("accounts:roles", user_id=user_id)
        except Conflict:
            form.add_error("role", _("This office has no such role."))
    context = {"person": person, "form": form, "places": queries.organizations_of(actor)}
    return render(request, "accounts/roles.html", context, status=400 if form.errors else 200)


@page
@require_POST
def end_role_of(request: HttpRequest, user_id: int) -> HttpResponse:
    """End one role of a person."""
    place = request.POST.get("place", "")
    if not place.isdigit():
        raise NotFound
    operations.end_role(
        actor=_administrator(request),
        user_id=user_id,
        role=request.POST.get("role", ""),
        organization_id=int(place),
        at=now(),
    )
    return redirect("accounts:people")


@never_cache
@page
@require_POST
@sensitive_variables("password")
def renew(request: HttpRequest, user_id: int) -> HttpResponse:
    """Make a new password for somebody; shown once, to be handed over."""
    at, password = now(), secrets.token_urlsafe(12)
    actor = _administrator(request)
    person = next((row for row in queries.people_of(actor, at) if row.id == user_id), None)
    if person is None:
        raise NotFound
    operations.renew_access(actor=actor, user_id=user_id, password=password, at=at)
    made = {"name": person.name, "email": person.email, "password": password}
    return render(request, "accounts/person_made.html", {"made": made})


@page
@require_POST
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close an account."""
    operations.close_person(actor=_administrator(request), user_id=user_id, at=now())
    return redirect("accounts:people")


def _administrator(request: HttpRequest) -> Actor:
    actor = actor_of_request(request, now())
    if not administered(actor):
        raise PermissionDenied
    return actor


def _back(request: HttpRequest) -> str:
    """The page they came from, when it is ours."""
    target = request.POST.get("next") or request.headers.get("Referer") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else reverse("home")
