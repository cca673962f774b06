"""Words for precedents, advance rulings and deciding attributes."""

from __future__ import annotations

from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongquan.base.core.law_words import legal
from thongquan.base.core.term_words import time_words
from thongquan.clearance.classification.queries.ruling_values import RulingClock

PRECEDENT_KINDS: dict[str, Promise] = {
    "notice": _("Classification notice"),
    "ruling": _("Advance ruling"),
    "analysis": _("Result of analysis"),
}
MET_KINDS: dict[str, Promise] = {
    "agrees": _("Agrees with the document"),
    "contradicts_precedent": _("Honest doubt: other code than customs gave for such goods"),
    "contradicts_own_guidance": _("Against guidance given to this declarant"),
}
MET_OUTCOMES: dict[str, Promise] = {
    "": _("Not judged yet"),
    "wrong_code": _("The declared code is wrong"),
    "other_goods": _("These are other goods"),
    "wrong_precedent": _("The document is wrong or outdated"),
}
STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("application", "Being prepared"),
    "filed": pgettext_lazy("application", "Filed"),
    "received": _("Being examined"),
    "asked": _("Waiting for the applicant"),
    "proposed": _("Waiting for the second signature"),
    "issued": pgettext_lazy("ruling", "Issued"),
    "revoking": _("Revocation proposed"),
    "refused": pgettext_lazy("application", "Refused"),
    "revoked": pgettext_lazy("ruling", "Revoked"),
    "withdrawn": pgettext_lazy("application", "Withdrawn"),
}
STEPS: dict[str, Promise] = {
    "start": _("Application begun"),
    "change": _("Application changed"),
    "file": _("Application filed"),
    "give_back": _("Given back to be completed"),
    "receive": _("File found complete"),
    "ask": _("Question to the applicant"),
    "answer": _("The applicant answered"),
    "call_complex": _("Longer term for a complex case"),
    "propose": _("Decision proposed"),
    "send_back": _("Proposal sent back"),
    "sign": _("Decision signed"),
    "withdraw": _("Application withdrawn"),
    "propose_end": _("Revocation proposed"),
    "keep": _("Ruling kept"),
    "revoke": _("Ruling revoked"),
}
VERBS: dict[str, Promise] = {
    "change": _("Change the application"),
    "file": _("File the application"),
    "give_back": _("Give it back to be completed"),
    "receive": _("Confirm that the file is complete"),
    "ask": _("Ask the applicant"),
    "answer": _("Answer customs"),
    "call_complex": _("Call the case complex"),
    "propose": _("Propose a decision"),
    "send_back": _("Send the proposal back"),
    "sign": _("Sign the decision"),
    "withdraw": _("Withdraw the application"),
    "propose_end": _("Propose to revoke the ruling"),
    "keep": _("Keep the ruling"),
    "revoke": _("Revoke the ruling"),
}
OUTCOMES: dict[str, Promise] = {
    "issued": _("Ruling with a code"),
    "refused": _("Refusal with its ground"),
}
FIELDS: dict[str, Any] = {
    "goods": _("Name of the goods"),
    "description": _("Description of the goods"),
    "composition": _("Composition"),
    "process": _("How they are made"),
    "use": _("Use of the goods"),
    "maker": pgettext_lazy("of goods", "Maker"),
    "own_reasons": _("Why this code"),
}
CLOCKS: dict[str, Promise] = {
    "intake": _("Looking whether the file is complete"),
    "decision": pgettext_lazy("clock", "Decision on the application"),
    "answer": _("Answer of the applicant"),
}
SIDES: dict[str, Promise] = {
    "customs": pgettext_lazy("whose term", "customs"),
    "trader": pgettext_lazy("whose term", "trader"),
}
ATTRIBUTE_KINDS: dict[str, Promise] = {
    "material": pgettext_lazy("kind of attribute", "Material named"),
    "words": pgettext_lazy("kind of attribute", "Words"),
    "limit": pgettext_lazy("kind of attribute", "Limit of a quantity"),
}
ATTRIBUTE_STATES: dict[str, Promise] = {
    "proposed": pgettext_lazy("attribute", "Proposed"),
    "in_force": pgettext_lazy("attribute", "In force"),
    "leaving": pgettext_lazy("attribute", "Its end is proposed"),
    "ended": pgettext_lazy("attribute", "Ended"),
    "rejected": pgettext_lazy("attribute", "Rejected"),
}


def clock_words(one: RulingClock) -> str:
    """`due in 3 working days`, `overdue by 2 days`, `ended in time`."""
    time = {"time": time_words(one.left)}
    if one.stopped_at is not None:
        return gettext_now("ended %(time)s late") % time if one.left.overdue else gettext_now("ended in time")
    return gettext_now("overdue by %(time)s") % time if one.left.overdue else gettext_now("due in %(time)s") % time


def clock_exactly(one: RulingClock) -> str:
    """Name, moment, law, whom it binds, and whether it was held against the text."""
    at = formats.date_format(timezone.localtime(one.due_at), "SHORT_DATETIME_FORMAT")
    law = legal(one.source.removeprefix("unverified: "))
    parts = [f"{CLOCKS[one.name]} ({SIDES[one.for_whom]})", at, law]
    return " · ".join([*parts, *([] if one.verified else [gettext_now("unverified")])])
