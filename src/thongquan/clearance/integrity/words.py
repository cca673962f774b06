"""Words of integrity, and the two notices it sends."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.base.notices.words import register
from thongquan.clearance.integrity.states import Step

ASKED, ENDED = "integrity.asked", "integrity.ended"
register(
    ASKED,
    text=_("Internal control asks you something"),
    label=_("Question of internal control"),
    url_name="integrity:question",
    side="customs",
)
register(
    ENDED,
    text=_("A question of internal control to you has ended"),
    label=_("Question of internal control ended"),
    url_name="integrity:question",
    side="customs",
)
KINDS: dict[str, Promise] = {
    "overrides": _("Channels lowered"),
    "reassigned": _("Declarations given to the officer by others"),
    "timing": _("Checks far faster than usual at the hour"),
    "pair": _("Checks of one lodger's declarations"),
    "pair_clean": _("Checks of one lodger that found nothing"),
}
COUNTS: dict[str, Promise] = {
    "overrides": _("{part} of {of} declarations handled; of all officers of the office {part_all} of {of_all}."),
    "reassigned": _("{part} of {of} declarations that came; at the whole office {part_all} of {of_all}."),
    "timing": _("{part} of {of} checks; at the whole office {part_all} of {of_all}."),
    "pair": _("{part} of the lodger's {of} checks; of all checks of the office {part_all} of {of_all}."),
    "pair_clean": _("{part} of {of} checks of the lodger; by all officers of the office {part_all} of {of_all}."),
}
STATES: dict[str, Promise] = {
    "asked": pgettext_lazy("integrity", "Waits for the answer"),
    "answered": pgettext_lazy("integrity", "Answered"),
    "proposed": pgettext_lazy("integrity", "End proposed"),
    "ended": pgettext_lazy("integrity", "Ended"),
}
ENDS: dict[str, Promise] = {
    "explained": _("Explained: nothing follows"),
    "measures": _("Measures of the office"),
    "passed_on": _("Passed on to those competent by law"),
    "": pgettext_lazy("integrity", "Open"),
}
STEPS: dict[str, Promise] = {
    "ask": _("Question asked"),
    "answer": _("Answered by the officer"),
    "propose": _("End proposed by internal control"),
    "return": _("Proposed end given back"),
    "sign": _("Ended by a second person"),
}
VERBS: dict[Step, Promise] = {
    Step.PROPOSE: _("Propose an end"),
    Step.RETURN: _("Give the proposed end back"),
    Step.SIGN: _("End the case as proposed"),
}


def told_counts(kind: str, figures: dict[str, object]) -> str:
    """The counts of a signal in a sentence."""
    return str(COUNTS[kind]).format(**{name: figures[name] for name in ("part", "of", "part_all", "of_all")})
