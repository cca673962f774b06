"""Doors of the API: a personal token in the header, or the session of the pages with its CSRF token."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from thongquan.base.accounts import queries
from thongquan.base.accounts.permissions import needs_second_factor
from thongquan.base.accounts.queries import Actor, actor_of_token
from thongquan.base.accounts.scopes import at_the_door
from thongquan.base.accounts.throttle import api_throttle
from thongquan.base.core.clock import now

__all__ = ["BearerToken", "SessionAuth", "actor_of_request", "api_auth", "api_throttle"]


def actor_of_request(request: HttpRequest) -> Actor:
    """The actor behind a request of the API or of a page, at this moment; made once per request."""
    return queries.actor_of_request(request, now())


class BearerToken(HttpBearer):
    """`Authorization: Bearer tq_...`; sets `request.actor` to the person the token stands for."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor, or None when the token is not good (answered 401)."""
        actor = actor_of_token(token, now())
        return _admitted(request, at_the_door(request, actor)) if actor else None


class SessionAuth(APIKeyCookie):
    """The session cookie of the pages; the CSRF token is checked before anything else."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any | None:
        """Without the cookie there is nothing to check: answered 401, not 403."""
        if self.param_name not in request.COOKIES:
            return None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The actor, or None when nobody is signed in."""
        return _admitted(request, actor_of_request(request))


def _admitted(request: HttpRequest, actor: Actor | None) -> Actor | None:
    if actor is None or not actor.is_authenticated or (needs_second_factor(actor) and not actor.mfa):
        return None
    request.actor = actor  # type: ignore[attr-defined]  # read by the operations of the same request
    return actor


api_auth = [BearerToken(), SessionAuth()]
