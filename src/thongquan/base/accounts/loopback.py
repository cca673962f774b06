"""The demo door: where it may exist at all. A practice realm, on this very machine, with nobody in between."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from thongquan.base.core.realm import realm_name

DEMO_SESSION_KEY = "demo_door"
_FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


def is_demo_open(request: HttpRequest) -> bool:
    """Whether the demo door exists for this request.

    All must hold: this process and its database are of the practice realm, the peer is a loopback address, the host
    asked for is loopback, and no header says that the request was forwarded. Headers can close the door, never open it.
    """
    return settings.REALM == "practice" and _is_local(request) and realm_name() == "practice"


def is_demo_session(request: HttpRequest) -> bool:
    """Whether this session came in through the demo door and the door is still there."""
    return bool(request.session.get(DEMO_SESSION_KEY)) and is_demo_open(request)


def _is_local(request: HttpRequest) -> bool:
    if any(request.META.get(name) for name in _FORWARDING):
        return False
    host, _port = split_domain_port(request.get_host())
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host.strip("[]")))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
