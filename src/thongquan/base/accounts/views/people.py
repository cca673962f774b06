"""Pages: the people an administrator looks after."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts import operations, queries
from thongquan.base.accounts.forms import PersonForm, RoleForm
from thongquan.base.accounts.permissions import administered
from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotFound
from thongquan.base.web.guard import page


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
