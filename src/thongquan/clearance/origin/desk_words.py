"""Words of the desk: queues, the values that are held against each other, warnings."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

QUEUES: dict[str, tuple[Promise, Promise]] = {
    "waiting": (_("Waiting"), _("Registered, to be checked and decided; the oldest first.")),
    "due": (_("Due soon"), _("Not accepted yet, and the validity ends within 30 days; the nearest first.")),
    "doubted": (
        pgettext_lazy("certificate", "Doubted"),
        _("In doubt, and no verification is open yet; the oldest first."),
    ),
    "verifying": (_("In verification"), _("A case of verification is open; the oldest first.")),
    "all": (pgettext_lazy("certificates", "All"), _("Every certificate of your offices; the newest first.")),
}
FIELDS: dict[str, Promise] = {
    "exporter": _("Exporter"),
    "consignee": _("Consignee"),
    "invoices": _("Invoice"),
    "transport_document": _("Transport document"),
    "vehicle": _("Vehicle"),
    "issued_on": _("Issued, registered"),
    "hs": pgettext_lazy("origin", "HS code"),
    "description": _("Goods"),
    "origin": _("Origin"),
    "quantity": _("Quantity"),
    "gross_weight_kg": _("Gross weight"),
}
LIKENESSES: dict[str, Promise] = {
    "same": pgettext_lazy("values", "same"),
    "minor": pgettext_lazy("values", "minor"),
    "differs": pgettext_lazy("values", "differs"),
    "alone": pgettext_lazy("values", "one side only"),
}
"""How two values compare, told in a word beside them, never by color alone."""
