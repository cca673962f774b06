"""Words for states, steps, clocks, answers and outcomes of verifications."""

from __future__ import annotations

from datetime import date

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from msgspec.structs import replace

from thongquan.base.core.law_words import legal
from thongquan.base.core.term_words import time_words
from thongquan.clearance.origin.labels import told
from thongquan.clearance.origin.queries.verification_values import CaseClock
from thongquan.rules.decision import Fault
from thongquan.rules.origin.verifying import Doubt

STATES: dict[str, Promise] = {
    "opened": pgettext_lazy("verification", "Opened"),
    "requested": gettext_lazy("Waiting for the authority"),
    "answered": gettext_lazy("The authority answered"),
    "closed": pgettext_lazy("verification", "Closed"),
}
STEPS: dict[str, Promise] = {
    "open": gettext_lazy("Verification opened"),
    "explain": gettext_lazy("Explanation asked of the trader"),
    "documents": gettext_lazy("Documents on the criterion asked of the trader"),
    "answer": gettext_lazy("The trader answered"),
    "request": gettext_lazy("Request to the authority written"),
    "remind": gettext_lazy("Reminder written"),
    "visit": gettext_lazy("On-site verification proposed"),
    "sign": gettext_lazy("Letter signed and sent"),
    "consent": gettext_lazy("Answer on the visit recorded"),
    "record": gettext_lazy("Answer of the authority recorded"),
    "report_due": gettext_lazy("A report to headquarters is due"),
    "report": gettext_lazy("Reported to headquarters"),
    "note": pgettext_lazy("verification", "Note kept"),
    "close": gettext_lazy("Verification closed"),
}
VERBS: dict[str, Promise] = {
    "explain": gettext_lazy("Ask for an explanation"),
    "documents": gettext_lazy("Ask for documents on the criterion"),
    "answer": gettext_lazy("Answer customs"),
    "request": gettext_lazy("Write the request to the authority"),
    "remind": gettext_lazy("Write a reminder"),
    "visit": gettext_lazy("Propose on-site verification"),
    "sign": gettext_lazy("Sign the letter"),
    "consent": gettext_lazy("Record the answer on the visit"),
    "record": gettext_lazy("Record the authority's answer"),
    "report_due": gettext_lazy("Start the term of the report to headquarters"),
    "report": gettext_lazy("Record the report to headquarters"),
    "note": gettext_lazy("Keep a note"),
    "close": gettext_lazy("Close the verification"),
}
QUESTIONS: dict[str, Promise] = {
    "explain": gettext_lazy("Explanation"),
    "documents": gettext_lazy("Documents on the criterion"),
}
ANSWERS: dict[str, Promise] = {
    "": pgettext_lazy("answer", "None yet"),
    "genuine": gettext_lazy("Genuine and correct"),
    "not_genuine": gettext_lazy("Not genuine"),
    "no_answer": gettext_lazy("No answer in time"),
    "criterion": gettext_lazy("Criterion not met"),
    "partly": gettext_lazy("Correct for some lines only"),
}
OUTCOMES: dict[str, Promise] = {
    "": pgettext_lazy("outcome", "Open"),
    "accepted": gettext_lazy("Preference stands"),
    "refused": gettext_lazy("Preference refused"),
    "partly": gettext_lazy("Refused for some lines"),
}
CLOCKS: dict[str, Promise] = {
    "total": gettext_lazy("Whole verification"),
    "explanation": gettext_lazy("Explanation of the trader"),
    "documents": gettext_lazy("Documents on the criterion"),
    "reply": gettext_lazy("Answer of the authority"),
    "report": gettext_lazy("Report to headquarters"),
    "consent": gettext_lazy("Consent to the visit"),
    "amendment": gettext_lazy("Amendment by the declarant"),
}
SIDES: dict[str, Promise] = {
    "customs": pgettext_lazy("whose term", "customs"),
    "trader": pgettext_lazy("whose term", "trader"),
    "authority": pgettext_lazy("whose term", "issuing authority"),
}
WHYS: dict[str, Promise] = {
    "doubt": pgettext_lazy("noun", "Doubt"),
    "random": gettext_lazy("Drawn at random"),
}
GROUPS: dict[str, Promise] = {
    "issuer": gettext_lazy("Issuer"),
    "exporter": gettext_lazy("Exporter"),
    "agreement": gettext_lazy("Agreement"),
    "month": gettext_lazy("Month of closing"),
}
LETTERS: dict[str, Promise] = {
    "request": gettext_lazy("Request for verification"),
    "reminder": gettext_lazy("Reminder"),
    "visit": gettext_lazy("Proposal of on-site verification"),
}
LANGUAGES: dict[str, Promise] = {
    "vi": gettext_lazy("Vietnamese"),
    "en": gettext_lazy("English"),
    "zh-hans": gettext_lazy("Chinese"),
}
FOLLOWED: dict[str, Promise] = {
    "stands": gettext_lazy("Preference stands"),
    "proposed": gettext_lazy("Withdrawal of the preference proposed, waiting for a second signature"),
    "amended": gettext_lazy("The declarant had amended already"),
    "not_possible": gettext_lazy("To be decided by an officer"),
}


def clock_words(one: CaseClock) -> str:
    """`due in 3 working days`, `overdue by 2 days`, `ended in time`."""
    time = {"time": time_words(one.left)}
    if one.clock.stopped_at is not None:
        return _("ended %(time)s late") % time if one.left.overdue else _("ended in time")
    return _("overdue by %(time)s") % time if one.left.overdue else _("due in %(time)s") % time


def clock_exactly(one: CaseClock) -> str:
    """Whom it binds, moment, law, and whether it was held against the text; the name stands before it."""
    clock = one.clock
    at = formats.date_format(timezone.localtime(clock.due_at), "SHORT_DATETIME_FORMAT")
    law = legal(clock.source.removeprefix("unverified: "))
    parts = [str(SIDES[clock.for_whom]), at, law]
    return " · ".join([*parts, *([] if clock.verified else [_("unverified")])])


def doubt_words(doubt: Doubt, on: date, language: str) -> str:
    """A doubt in the language asked."""
    return told(doubt.finding, on, language).text if doubt.finding else doubt.words


def named(fault: Fault) -> Fault:
    """A fault whose step is a word."""
    step = fault.values.get("step", "")
    return replace(fault, values={**fault.values, "step": str(VERBS[step])}) if step in VERBS else fault
