"""The one place where the time is read; interfaces call it once and pass it on."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, timezone-aware (UTC)."""
    return timezone.now()
