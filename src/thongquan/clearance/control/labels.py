"""Words for codes of control: outcomes, kinds of findings, results."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OUTCOMES: dict[str, Promise] = {
    "agrees": _("Agrees"),
    "differs": _("Differs"),
    "missing": _("Missing"),
    "stale": _("Overtaken by an amendment"),
}
KINDS: dict[str, Promise] = {
    "quantity": _("Quantity"),
    "weight": _("Weight"),
    "origin": _("Origin"),
    "value": _("Value"),
    "code": _("Goods code"),
    "prohibited": _("Prohibited goods"),
    "ipr": _("Intellectual property"),
    "none": _("No difference found"),
}
SPECIALIZED: dict[str, Promise] = {
    "quarantine": _("Quarantine"),
    "specialized_inspection": _("Specialized inspection"),
}
RESULTS: dict[str, Promise] = {
    "passed": _("Passed"),
    "failed": _("Failed"),
    "agrees": _("Agrees with the declaration"),
    "differs": _("Differs from the declaration"),
    "": _("Awaited"),
}
