"""Words for states, steps, ways to origin and derivations of export certificates."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from thongquan.base.core.figures import number_shown
from thongquan.base.core.sentences import sentence
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.decision import Fault
from thongquan.rules.origin.computing import Step

_FIGURE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("export certificate", "Draft"),
    "submitted": pgettext_lazy("export certificate", "Handed to the issuer"),
    "questioned": pgettext_lazy("export certificate", "The issuer asks"),
    "issued": pgettext_lazy("export certificate", "Issued"),
    "refused": pgettext_lazy("export certificate", "Refused"),
    "replaced": pgettext_lazy("export certificate", "Replaced"),
    "cancelled": pgettext_lazy("export certificate", "Cancelled"),
}
STEPS: dict[str, Promise] = {
    "prepare": pgettext_lazy("export certificate", "Prepared"),
    "save": pgettext_lazy("export certificate", "Changed"),
    "submit": pgettext_lazy("export certificate", "Handed to the issuer"),
    "question": pgettext_lazy("export certificate", "The issuer asks"),
    "issue": pgettext_lazy("export certificate", "Number of the issuer recorded"),
    "refuse": pgettext_lazy("export certificate", "Refused"),
    "cancel": pgettext_lazy("export certificate", "Cancelled"),
    "replace": pgettext_lazy("export certificate", "Replacement begun"),
    "replaced": pgettext_lazy("export certificate", "Replaced"),
}
VERBS: dict[str, Promise] = {
    "submit": _("Hand to the issuer"),
    "issue": _("Record the issuer’s number"),
    "question": _("Record a question of the issuer"),
    "refuse": _("Record a refusal"),
    "replace": _("Begin a replacement"),
    "cancel": _("Cancel"),
}
PLAIN: dict[str, Promise] = {
    "issued": _("This certificate is valid as recorded here."),
    "replaced": _("This certificate was replaced by another one."),
    "cancelled": _("This certificate was cancelled."),
}
MARKS: dict[str, Promise] = {
    "retroactive": _("Issued retroactively"),
    "exhibition": _("Exhibition"),
    "back_to_back": _("Back-to-back"),
    "third_party": _("Third-party invoicing"),
    "certified_copy": _("Certified true copy"),
}
DONE: dict[str, Promise] = {
    "grown": _("Grown and harvested"),
    "born": _("Born and raised"),
    "caught": _("Caught or hunted"),
    "mined": _("Mined or extracted"),
    "gathered": _("Gathered (waste, scrap)"),
    "processed": _("Processed"),
}
COSTS: dict[str, Promise] = {
    "labor": _("Labor"),
    "overhead": _("Overheads"),
    "profit": _("Profit"),
    "other": _("Other costs"),
}
_NAMES: dict[str, Promise] = {
    "RVC": _("Regional value"),
    "threshold": _("Against the threshold"),
    "tolerance": _("Tolerated share"),
}
_VALUES: dict[str, Promise] = {
    "changed": _("changed"),
    "unchanged": _("not changed"),
    "originating": _("originating"),
    "non-originating": _("not originating"),
    "foreign": _("not originating"),
    "material": _("material"),
    "True": _("met"),
    "False": _("not met"),
}


def step_words(step: Step) -> tuple[str, str, str]:
    """A step of a derivation in words: what, how, what came out."""
    name = str(_NAMES.get(step.name, "")) or str(DONE.get(step.name, step.name))
    computed = step.name in _NAMES
    formula = str(_VALUES.get(step.formula, "")) or (_figures(step.formula) if computed else step.formula)
    counted = computed or step.formula in _VALUES
    return name, formula, str(_VALUES.get(step.value, "")) or (_figures(step.value) if counted else step.value)


def _figures(text: str) -> str:
    """Figures as the reader's language writes them; codes never come here."""
    language = get_language() or "vi"
    return _FIGURE.sub(lambda found: number_shown(found[0], language), text)


def problem_of(fault: Fault) -> Problem:
    """A fault as an entry of an error summary that leads to its field."""
    told = sentence(named(fault))
    line = f"{gettext('Line')} {fault.line}: " if fault.line else ""
    return Problem(line + told.text, _anchor(fault), told.remedy, fault.code, told.example, told.basis)


def named(fault: Fault) -> Fault:
    """A fault whose step is a word."""
    step = fault.values.get("step", "")
    return replace(fault, values={**fault.values, "step": str(VERBS[step])}) if step in VERBS else fault


def _anchor(fault: Fault) -> str:
    """The field a fault of the head is about."""
    return f"id_{fault.path}" if fault.line is None and fault.path.isidentifier() and fault.path != "lines" else ""
