"""Pages: signing in, the demo door, and the language."""

from __future__ import annotations

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts import operations, queries
from thongquan.base.accounts.forms import SignInForm
from thongquan.base.accounts.loopback import DEMO_SESSION_KEY, is_demo_open
from thongquan.base.accounts.queries import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.web.guard import open_page

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


def _back(request: HttpRequest) -> str:
    """The page they came from, when it is ours."""
    target = request.POST.get("next") or request.headers.get("Referer") or ""
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else reverse("home")
