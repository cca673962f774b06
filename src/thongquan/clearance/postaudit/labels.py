"""Words for states, steps, outcomes and fields of audits."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from thongquan.base.core.sentences import field_label
from thongquan.base.core.sentences.labels import TAXES

STATES: dict[str, Promise] = {
    "opened": pgettext_lazy("audit", "Under way"),
    "proposed": pgettext_lazy("audit", "Conclusion proposed"),
    "concluded": pgettext_lazy("audit", "Concluded"),
    "objected": pgettext_lazy("audit", "Objected to"),
    "answered": pgettext_lazy("audit", "Objection answered"),
    "appealed": pgettext_lazy("audit", "Appealed"),
    "final": pgettext_lazy("audit", "Final"),
}
STEPS: dict[str, Promise] = {
    "open": _("Audit opened"),
    "plan": _("Plan written"),
    "ask": _("Declarant asked"),
    "answer": _("Declarant answered"),
    "note": _("Note"),
    "find": _("Finding recorded"),
    "withdraw": _("Finding withdrawn"),
    "recalculate": _("Duties recalculated"),
    "extend": _("Extended"),
    "propose": _("Conclusion proposed"),
    "return": _("Conclusion given back"),
    "sign": _("Conclusion signed"),
    "object": _("Objection filed"),
    "decide_objection": _("Objection answered"),
    "appeal": _("Appeal filed"),
    "decide_appeal": _("Appeal answered"),
}
VERBS: dict[str, Promise] = {
    "plan": _("Write the plan"),
    "ask": _("Ask the declarant"),
    "answer": _("Answer"),
    "note": _("Write a note"),
    "find": _("Record a finding"),
    "withdraw": _("Withdraw a finding"),
    "recalculate": _("Recalculate duties"),
    "extend": _("Extend the audit"),
    "propose": _("Propose the conclusion"),
    "return": _("Give the conclusion back"),
    "sign": _("Sign the conclusion"),
    "object": _("Object"),
    "decide_objection": _("Answer the objection"),
    "appeal": _("Appeal"),
    "decide_appeal": _("Answer the appeal"),
}
OUTCOMES: dict[str, Promise] = {
    "": _("Waits for an answer"),
    "upheld": _("Upheld"),
    "partly": _("Partly upheld"),
    "rejected": _("Rejected"),
}
OBJECTIONS: dict[str, Promise] = {"objection": _("Objection"), "appeal": pgettext_lazy("noun", "Appeal")}
PLACES: dict[str, Promise] = {"customs": _("At customs"), "declarant": _("At the declarant")}
WHYS: dict[str, Promise] = {
    "criteria": _("Criteria"),
    "random": _("Drawn"),
    "score": _("Risk score"),
    "case": _("Case of risk"),
}
_FIELDS: dict[str, Promise] = {"vat_rate": _("chosen rate of VAT (%)"), "in_quota": _("within the quota (yes or no)")}


def name_of_field(field: str) -> str:
    """A field where something may be found, in words."""
    return str(_FIELDS[field]) if field in _FIELDS else field_label(field)


def name_of_tax(tax: str) -> str:
    """A tax in words."""
    return gettext(TAXES[tax]) if tax in TAXES else tax
