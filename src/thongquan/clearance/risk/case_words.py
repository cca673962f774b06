"""Words of maps, cases and relations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PERIODS: dict[int, Promise] = {
    7: _("7 days"),
    30: _("30 days"),
    180: _("180 days"),
    365: _("365 days"),
}
FLOWS: dict[str, Promise] = {"import": _("Import"), "export": _("Export")}
CASE_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("risk case", "Open"),
    "handed": pgettext_lazy("risk case", "Handed on"),
    "closed": pgettext_lazy("risk case", "Closed"),
}
CASE_STEPS: dict[str, Promise] = {
    "start": _("Case built"),
    "note": _("Note written"),
    "assign": _("Given to another analyst"),
    "officers": _("Handed to the officers who check"),
    "audit": _("Proposed for audit"),
    "close": _("Case closed"),
    "reopen": _("Opened again"),
}
CASE_VERBS: dict[str, Promise] = {
    "note": _("Write a note"),
    "assign": _("Give it to another analyst"),
    "officers": _("Hand it to the officers who check"),
    "audit": _("Propose an audit"),
    "close": _("Close the case"),
    "reopen": _("Open it again"),
}
HANDED: dict[str, Promise] = {"officers": _("the officers who check"), "audit": _("audit after clearance")}
OUTCOMES: dict[str, Promise] = {
    "confirmed": pgettext_lazy("risk case", "Suspicion confirmed"),
    "unfounded": pgettext_lazy("risk case", "Nothing to it"),
    "unclear": pgettext_lazy("risk case", "Remains unclear"),
}
FILTERS: dict[str, Promise] = {
    "office": _("Office"),
    "gate": _("Border gate"),
    "origin": _("Origin"),
    "flow": _("Direction"),
    "heading": _("Code of the goods"),
    "trader": _("Enterprise"),
    "tie": _("Named together"),
    "profile": _("Risk profile"),
    "outcome": _("Outcome"),
}
PICKED_OUTCOMES: dict[str, Promise] = {"found": _("something was found"), "checked": _("was checked")}
TIES: dict[str, Promise] = {
    "seller": _("Foreign party"),
    "vehicle": _("Vehicle"),
    "agent": _("Agent"),
    "address": _("Address"),
    "contact": _("Telephone or mail"),
    "person": _("Person who lodged"),
}
