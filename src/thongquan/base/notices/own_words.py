"""The words of what this room itself tells."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thongquan.base.notices.words import register

WEBHOOK_DISABLED = "webhook.disabled"


def register_own() -> None:
    """Called once, when the room is ready."""
    register(
        WEBHOOK_DISABLED,
        text=_("Webhook {name} has failed for days and was switched off."),
        label=_("Webhook switched off"),
        url_name="notices:webhook",
        side="trader",
        by_mail=True,
    )
