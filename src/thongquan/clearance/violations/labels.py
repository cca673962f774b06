"""Words for states, steps and kinds of violations."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, Promise] = {
    "open": pgettext_lazy("case", "Open"),
    "proposed": pgettext_lazy("case", "Proposed"),
    "decided": pgettext_lazy("case", "Decided"),
    "dropped": pgettext_lazy("case", "Dropped"),
    "annulled": pgettext_lazy("case", "Annulled"),
}
STEPS: dict[str, Promise] = {
    "record": _("Act recorded"),
    "propose": _("Decision proposed"),
    "return": _("Proposal given back"),
    "decide": _("Decided"),
    "drop": _("Ended without a decision"),
    "annul": _("Decision annulled"),
    "withdraw": _("Finding withdrawn"),
}
KINDS: dict[str, Promise] = {
    "duty": _("Duty declared short"),
    "evasion": _("Evasion"),
    "smuggling": _("Smuggling"),
    "procedure": _("Procedure"),
    "policy": _("Rules for goods"),
}
VERBS: dict[str, Promise] = {
    "propose": _("Propose the decision"),
    "decide": _("Decide as proposed"),
    "return": _("Give the proposal back"),
    "drop": _("End without a decision"),
    "annul": _("Annul the decision"),
}
