"""Words for states of webhooks, deliveries and e-mails."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENDPOINT_STATES: dict[str, Promise] = {
    "active": _("On"),
    "paused": _("Paused"),
    "disabled": _("Switched off after failures"),
}
DELIVERY_STATES: dict[str, Promise] = {
    "waiting": _("To be sent"),
    "held": _("Held"),
    "delivered": _("Received"),
    "given_up": _("Given up"),
}
MAIL_STATES: dict[str, Promise] = {
    "waiting": _("To be sent"),
    "sent": _("Sent"),
    "given_up": _("Given up"),
}
