"""Words for taxes, states and kinds of claims and lists, as pages say them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.sentences.labels import TAXES
from thongquan.clearance.revenue.chart import FEE, FINE, INTEREST

CHARGES: dict[str, Promise] = {FEE: _("customs fee"), FINE: _("fine"), INTEREST: _("late interest")}
KINDS: dict[str, Promise] = {"refund": _("Refund"), "waiver": _("Tax not collected")}
CLAIM_STATES: dict[str, Promise] = {
    "requested": _("Requested"),
    "proposed": _("Proposed, waits for a decision"),
    "approved": _("Approved"),
    "refused": _("Refused"),
    "paid": _("Paid back"),
}
LIST_STATES: dict[str, Promise] = {
    "proposed": _("Waits for customs"),
    "registered": _("In force"),
    "refused": _("Refused"),
    "closed": _("List closed"),
}
LIST_STEPS: dict[str, Promise] = {
    "register": _("Register the list"),
    "refuse": _("Refuse the list"),
    "close": _("Close the list"),
}


def tax_name(tax: str) -> str:
    """A tax or charge in the reader's language."""
    if tax in CHARGES:
        return str(CHARGES[tax])
    return gettext(TAXES[tax]) if tax in TAXES else tax
