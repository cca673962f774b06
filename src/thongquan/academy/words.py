"""Words of exercises: decisions, and how what crossed came to differ."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

DECISIONS = {
    "pass": _("Let it pass as declared"),
    "documents": _("Check the documents"),
    "open": _("Open the goods"),
}
DECIDED = {"pass": _("Passed"), "documents": _("Documents checked"), "open": _("Goods opened")}
ERRORS = {
    "value": _("honest error in the value"),
    "code": _("honest error in the code"),
    "weight": _("honest error in the weight"),
}
VERDICTS = {
    "found": _("Found"),
    "missed": _("Missed"),
    "partly": _("Partly found"),
    "needless": _("Looked in vain"),
    "error": _("Honest error found"),
    "right": _("Rightly passed"),
}
MECHANISMS = {
    "undervaluation": _("undervalued"),
    "understatement": _("quantity or weight understated"),
    "cheaper_code": _("declared under a cheaper code"),
    "false_certificate": _("false or altered certificate"),
    "transit": _("goods of a third country in transit"),
    "regime_misuse": _("regime misused"),
    "split_shipment": _("shipment split under thresholds"),
    "phoenix": _("enterprise that came back after it was caught"),
    "collusion": _("broker and crew work together"),
    "contraband": _("contraband hidden in the load"),
}
"""Mechanisms of the worlds built here; a world of another maker may have its own."""
