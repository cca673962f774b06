"""The web application, as servers load it: one way in for people, a shorter one for programs with a token."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongquan.config.settings")
django.setup(set_prefix=False)


class TokenHandler(WSGIHandler):
    """For requests that carry a token and no cookie: sessions, forms and pages have no part in them."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Put together `settings.TOKEN_MIDDLEWARE`; Django reads no other name than `MIDDLEWARE`."""
        whole = settings.MIDDLEWARE
        settings.MIDDLEWARE = settings.TOKEN_MIDDLEWARE
        try:
            super().load_middleware(is_async)
        finally:
            settings.MIDDLEWARE = whole


_people, _programs = WSGIHandler(), TokenHandler()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a request."""
    by_token = environ.get("HTTP_AUTHORIZATION", "").startswith("Bearer ") and "HTTP_COOKIE" not in environ
    handler = _programs if by_token and environ.get("PATH_INFO", "").startswith("/api/") else _people
    return handler(environ, start_response)
