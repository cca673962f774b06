"""Words of states and lanes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

BATCH_STATES = {
    "receiving": _("Being received"),
    "waiting": _("Waiting"),
    "working": _("Being judged"),
    "judged": _("Judged"),
    "refused": _("Refused as a whole"),
}
PARCEL_STATES = {
    "refused": _("Refused"),
    "due": _("Waits for payment"),
    "held": _("Held for a check"),
    "stopped": _("Refused at the check"),
    "released": _("Released"),
}
LANE_NAMES = {
    "ordinary": _("Ordinary declarations"),
    "perishable": _("Perishable goods"),
    "express": _("Low-value express"),
}
LANE_STATES = {"good": _("Free"), "fair": _("Busy"), "bad": _("Full")}
ONLY = {"": _("All"), "accepted": _("Accepted"), "refused": _("Refused"), "held": _("Held")}
RELIEFS = {
    "express_minimum_value_vnd": _("free of import duty by its value"),
    "express_minimum_tax_vnd": _("free of import duty by its tax"),
}
COLUMNS = (
    _("Line"),
    _("Consignment"),
    _("Result"),
    _("Channel"),
    _("Value, VND"),
    _("Duties, VND"),
    _("VAT, VND"),
    _("Fee, VND"),
    _("What is wrong"),
    _("What to do"),
)
