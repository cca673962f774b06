"""How many forms one network address may prepare without an account, per process."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from thongquan.base.accounts.throttle import SlidingWindow, address_of

MOST_AN_HOUR, HOUR = 60, 3600
"""A market shares one address; a script needs more than this."""
_window = SlidingWindow()


def may_prepare(request: HttpRequest, at: datetime) -> bool:
    """Whether one more form may be prepared from where the request comes from; counts it when it may."""
    return _window.hit(address_of(request), most=MOST_AN_HOUR, seconds=HOUR, at=at.timestamp())
