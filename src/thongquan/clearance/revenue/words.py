"""Words for entries, accounts, outcomes and guarantees, as pages say them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENTRIES: dict[str, Promise] = {
    "assessment": _("Assessed"),
    "fine": _("Fine"),
    "interest": _("Late interest"),
    "receipt": _("Money received by the bank"),
    "payment": _("Paid"),
    "return": _("Sent back to the payer"),
    "guarantee": _("Guarantee accepted or closed"),
    "reservation": _("Guaranteed"),
    "discharge": _("Guarantee given back"),
    "refund": _("Refunded"),
    "offset": _("Overpaid money used elsewhere"),
    "relief": _("Not collected"),
}
ACCOUNTS: dict[str, Promise] = {
    "receivable": _("owed by the trader"),
    "revenue": _("assessed for the state"),
    "treasury": _("money at the treasury"),
    "unmatched": _("money that waits for its declaration"),
    "deposit": _("deposit held as security"),
    "overpaid": _("overpaid, to be refunded"),
    "refunds": _("refunds not paid out yet"),
    "relief": _("not collected"),
    "security": _("to be secured"),
    "security_asked": _("security asked for"),
    "guarantee": _("left in the guarantee"),
    "guaranteed": _("covered by a guarantee"),
    "guarantor": _("promised by the bank"),
}
OUTCOMES: dict[str, Promise] = {
    "matched": _("Matched"),
    "under": _("Paid too little"),
    "over": _("Paid too much"),
    "no_number": _("Names no declaration"),
    "several": _("Names several declarations"),
    "unknown": _("Declaration not in the books of this office"),
    "other_trader": _("Names another trader’s tax code"),
    "not_owed": _("Nothing is owed"),
    "reversal": _("Taken back by the bank"),
    "outgoing": _("Money that went out"),
    "assigned": _("Assigned"),
    "returned": _("Sent back to the payer"),
}
GUARANTEE_KINDS: dict[str, Promise] = {"single": _("Single guarantee"), "general": _("General guarantee")}
GUARANTEE_STATES: dict[str, Promise] = {
    "proposed": _("Waits for customs"),
    "accepted": _("In force"),
    "refused": _("Refused"),
    "closed": _("Closed"),
}
