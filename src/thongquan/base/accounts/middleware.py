"""In front of every page: the person's language, who acts, and the second factor of officers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from thongquan.base.accounts.models import User
from thongquan.base.accounts.permissions import needs_second_factor
from thongquan.base.accounts.queries import actor_of_request, has_second_factor
from thongquan.base.core.clock import now
from thongquan.base.core.middleware import unavailable
from thongquan.base.core.sentences import sentence
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

Next = Callable[[HttpRequest], HttpResponse]
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "mfa_authenticate",
        "account_reauthenticate",
        "account_login",
        "account_logout",
        "accounts:language",
        "theme",
        "keyboard",
    }
)


class PersonLocale:
    """Speaks the person's language: their choice, else the cookie's, else the browser's, else Vietnamese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language; a database that is away is told plainly."""
        try:
            language = language_of(request)
        except (OperationalError, InterfaceError):
            return unavailable(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def language_of(request: HttpRequest) -> str:
    """The language to answer in. Reads the user only when a session cookie came."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User) and request.user.language:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in LANGUAGES:
        return chosen
    found = translation.get_language_from_request(request)
    return found if found in LANGUAGES else settings.LANGUAGE_CODE


class SecondFactor:
    """Finds who acts, and lets officers do nothing before they have given (or set up) their second factor."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let pass, or ask for the second factor."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        try:
            actor = actor_of_request(request, now())
        except (OperationalError, InterfaceError):
            return unavailable(request)
        if needs_second_factor(actor) and not actor.mfa and not _is_open(request):
            return _ask_for_second_factor(request)
        return self.get_response(request)


def _is_open(request: HttpRequest) -> bool:
    """Static files are served before this; programs with a token carry the factor of the session that made it."""
    if request.path.startswith("/api/") and "Authorization" in request.headers:
        return True
    try:
        return resolve(request.path_info).view_name in OPEN_WITHOUT_SECOND_FACTOR
    except Resolver404:
        return True


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        told = sentence(Fault(code=Code.TQ_ACC_001))
        body = {"faults": [{"code": str(Code.TQ_ACC_001), "message": told.text, "remedy": told.remedy}]}
        return JsonResponse(body, status=403)
    ready = isinstance(request.user, User) and has_second_factor(request.user.pk)
    target = reverse("mfa_reauthenticate" if ready else "mfa_activate_totp")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)
