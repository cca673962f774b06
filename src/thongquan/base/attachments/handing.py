"""Handing out what strangers sent: as a file to keep, never as something that the browser runs in our name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from thongquan.base.attachments.names import safe_name
from thongquan.base.attachments.queries import StoredFile
from thongquan.base.attachments.types import JPEG, XML

NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"
PLAIN = "application/octet-stream"


def handed_out(file: StoredFile, content: bytes) -> HttpResponse:
    """A file to keep under a safe name; XML goes as plain bytes, since browsers would show it."""
    kind = PLAIN if file.content_type == XML else file.content_type
    response = _guarded(HttpResponse(content, content_type=kind))
    name = safe_name(file.name, file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def shown(picture: bytes) -> HttpResponse:
    """A picture that we made ourselves, to be shown in a page."""
    response = _guarded(HttpResponse(picture, content_type=JPEG))
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, max-age=300"
    return response


def _guarded(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
