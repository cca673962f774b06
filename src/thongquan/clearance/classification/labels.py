"""Words for what this room keeps, shared by its pages."""

from __future__ import annotations

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext_lazy

from thongquan.clearance.classification.queries.judging import Measured, shipped

OUTCOMES: dict[str, Promise] = {
    "": pgettext_lazy("two codes", "Open"),
    "first": gettext_lazy("Same goods: the code of the line is right"),
    "second": gettext_lazy("Same goods: the other code is right"),
    "neither": gettext_lazy("Same goods: neither code is right"),
    "different": gettext_lazy("Other goods: both codes may be right"),
    "analysis": gettext_lazy("Referred to analysis"),
}
CASE_STATES: dict[str, Promise] = {
    "open": pgettext_lazy("two codes", "Open"),
    "closed": pgettext_lazy("two codes", "Closed"),
    "waiting": gettext_lazy("Waits for a code"),
    "any": pgettext_lazy("two codes", "All"),
}
BECOMES: dict[str, Promise] = {
    "instruction": gettext_lazy("Instruct the declarants"),
    "ruling": gettext_lazy("Ask for a ruling"),
    "audit": gettext_lazy("Open audits"),
    "notice": gettext_lazy("Publish a notice"),
    "nothing": gettext_lazy("Nothing to be done"),
}
BECAME: dict[str, Promise] = {
    "": pgettext_lazy("two codes", "Nothing yet"),
    "instruction": gettext_lazy("Instruction to the declarants"),
    "ruling": gettext_lazy("Request for a ruling"),
    "audit": gettext_lazy("Audits after clearance"),
    "notice": gettext_lazy("Notice to be published"),
    "nothing": gettext_lazy("Nothing to be done"),
    "reopen": gettext_lazy("Opened again"),
    "instructed": gettext_lazy("The declarant was instructed to amend"),
    "audited": gettext_lazy("An audit was opened"),
    "not_done": gettext_lazy("Not done for this declaration"),
    "handed_on": gettext_lazy("Handed on to the leaders of the office"),
    "given": gettext_lazy("The code was given and published"),
    "declined": gettext_lazy("No code was given"),
}
REQUESTS: dict[str, Promise] = {
    "ruling": gettext_lazy("Request for a ruling"),
    "notice": gettext_lazy("Notice to be published"),
}
REQUEST_STATES: dict[str, Promise] = {
    "waiting": gettext_lazy("Waits for another person"),
    "given": gettext_lazy("The code was given and published"),
    "declined": gettext_lazy("No code was given"),
    "withdrawn": pgettext_lazy("two codes", "Withdrawn"),
}
CONDITIONS: dict[str, Promise] = {
    "licence": gettext_lazy("License"),
    "quarantine": gettext_lazy("Quarantine"),
    "prohibited": gettext_lazy("Prohibited goods"),
    "gate": gettext_lazy("Only through certain gates"),
    "specialized_inspection": gettext_lazy("Specialized inspection"),
    "control": gettext_lazy("Mandatory control"),
}


def measured_words(one: Measured) -> str:
    """What is known of alarms as strong as this one, in a sentence."""
    if one.here:
        return npgettext(
            "two codes",
            "Of %(alarms)s alarm as strong as this that officers answered, %(right)s was right.",
            "Of %(alarms)s alarms as strong as this that officers answered, %(right)s were right.",
            one.alarms,
        ) % {"alarms": _grouped(one.alarms), "right": _grouped(one.right)}
    noticed, lines = shipped().detected
    doubted, right = shipped().doubted
    return _(
        "Too few alarms as strong as this were answered here to say how often they are right. On practice goods this"
        " search noticed %(noticed)s of %(lines)s wrong codes and doubted %(doubted)s of %(right)s right ones; real"
        " goods are harder."
    ) % {
        "noticed": _grouped(noticed),
        "lines": _grouped(lines),
        "doubted": _grouped(doubted),
        "right": _grouped(right),
    }


def _grouped(count: int) -> str:
    return formats.number_format(count, force_grouping=True)


def likeness_words(likeness: float) -> str:
    """How alike two descriptions are, in words."""
    if likeness >= 0.9:
        return _("almost the same words")
    return _("mostly the same words") if likeness >= 0.6 else _("some of the same words")
