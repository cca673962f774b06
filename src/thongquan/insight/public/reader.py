"""The reader of a public page: language and day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from thongquan.base.core.clock import now


def language_now() -> str:
    """The language of the page."""
    return get_language() or "vi"


def today() -> date:
    """The local day."""
    return timezone.localdate(now())
