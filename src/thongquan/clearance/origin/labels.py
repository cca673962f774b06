"""Words for states, steps, grades and outcomes of certificates of origin."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from thongquan.base.core.sentences import Told, sentence
from thongquan.clearance.tariff.queries.origins import minor_difference_name
from thongquan.rules.decision import Fault
from thongquan.rules.origin.findings import OriginFinding

STATES: dict[str, Promise] = {
    "registered": pgettext_lazy("certificate", "Registered"),
    "accepted": pgettext_lazy("certificate", "Accepted"),
    "doubted": pgettext_lazy("certificate", "Doubted"),
    "withdrawn": pgettext_lazy("certificate", "Withdrawn"),
    "refused": pgettext_lazy("certificate", "Refused"),
}
STEPS: dict[str, Promise] = {
    "register": pgettext_lazy("certificate", "Registered"),
    "check": pgettext_lazy("certificate", "Checked"),
    "accept": pgettext_lazy("certificate", "Accepted"),
    "doubt": pgettext_lazy("certificate", "Doubted"),
    "withdraw": pgettext_lazy("certificate", "Withdrawn"),
    "refuse": pgettext_lazy("certificate", "Refused"),
    "use": _("Used by a declaration"),
    "give_back": _("Given back by a declaration"),
    "again": _("Presented a second time"),
}
VERBS: dict[str, Promise] = {
    "check": _("Check"),
    "accept": _("Accept"),
    "doubt": _("Doubt"),
    "withdraw": _("Withdraw"),
    "use": _("Use for a declaration"),
}
GRADES: dict[str, Promise] = {
    "": _("Not checked yet"),
    "note": _("Nothing against it"),
    "minor": _("Minor differences only"),
    "pending": _("Something is still to be proved"),
    "doubt": pgettext_lazy("noun", "Doubt"),
    "refuse": _("Against acceptance"),
}
WEIGHTS: dict[str, Promise] = {
    "note": pgettext_lazy("noun", "Note"),
    "minor": pgettext_lazy("difference", "Minor"),
    "pending": _("To be proved"),
    "doubt": pgettext_lazy("noun", "Doubt"),
    "refuse": pgettext_lazy("finding", "Against it"),
}
RESULTS: dict[str, Promise] = {
    "granted": _("Preference granted"),
    "guaranteed": _("Granted under guarantee"),
    "refused": _("Preference refused"),
    "doubt": pgettext_lazy("noun", "Doubt"),
}
TERMS: dict[str, Promise] = {"validity_months": _("validity"), "late_filing_days": _("days of late filing")}


def told(finding: OriginFinding, on: date, language: str) -> Told:
    """A finding in the language of the page, its kind of difference and its term named."""
    return sentence(named(finding.fault(), on, language))


def named(fault: Fault, on: date, language: str) -> Fault:
    """A fault whose values are words: the kind of a minor difference, the term of an agreement, a step."""
    values = dict(fault.values)
    if values.get("difference"):
        values["difference"] = minor_difference_name(values["difference"], on, language)
    if values.get("term") in TERMS:
        values["term"] = str(TERMS[values["term"]])
    if values.get("step") in VERBS:
        values["step"] = gettext(str(VERBS[values["step"]]))
    return replace(fault, values=values)
