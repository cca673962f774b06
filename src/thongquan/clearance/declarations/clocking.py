"""Clocks in words: `Document check: due in 40 working minutes`, with the exact moment and its law on hover."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongquan.base.core.law_words import legal
from thongquan.base.core.term_words import time_words
from thongquan.clearance.declarations.queries.clocks import Due
from thongquan.rules.clocks import Clock

NAMES: dict[str, Promise] = {
    "document_check": gettext_lazy("Document check"),
    "goods_check": gettext_lazy("Goods inspection"),
    "amendment_answer": gettext_lazy("Answer to the request to amend"),
    "amendment_on_request": gettext_lazy("Amendment as instructed"),
    "amendment_after_clearance": gettext_lazy("Amendment after clearance"),
    "release_final": gettext_lazy("Final duties after release"),
    "preservation_reply": gettext_lazy("Reply on preservation"),
    "preservation_result": gettext_lazy("Result for preserved goods"),
    "incomplete_declaration": gettext_lazy("Completing the declaration"),
    "guarantee": gettext_lazy("End of the guarantee"),
    "proof_announced": gettext_lazy("Proof of origin to come"),
    "proof_redetermined": gettext_lazy("Proof of origin for the new code"),
    "proof_differing": gettext_lazy("Proof for the other code"),
    "expiry_not_arrived": gettext_lazy("Void unless the goods arrive"),
    "expiry_not_in_area": gettext_lazy("Void unless the goods enter the area"),
    "expiry_documents": gettext_lazy("Void unless documents are filed"),
    "expiry_not_presented": gettext_lazy("Void unless the goods are presented"),
}
SHORT: dict[str, Promise] = {
    "document_check": gettext_lazy("Documents"),
    "goods_check": gettext_lazy("Goods"),
    "amendment_answer": gettext_lazy("Answer"),
    "amendment_on_request": gettext_lazy("Amendment"),
    "amendment_after_clearance": gettext_lazy("Amendable"),
    "release_final": gettext_lazy("Final duties"),
    "preservation_reply": gettext_lazy("Reply"),
    "preservation_result": gettext_lazy("Result"),
    "incomplete_declaration": gettext_lazy("Completion"),
    "guarantee": gettext_lazy("Guarantee"),
    "proof_announced": gettext_lazy("Proof of origin"),
    "proof_redetermined": gettext_lazy("Proof of origin"),
    "proof_differing": gettext_lazy("Proof of origin"),
}
VOID: Promise = gettext_lazy("Expiry")
SIDES: dict[str, Promise] = {"customs": gettext_lazy("customs"), "declarant": gettext_lazy("declarant")}


def name_of(name: str) -> Promise:
    """A clock in the reader's language."""
    return NAMES[name]


def short_name_of(name: str) -> Promise:
    """A word for a clock where there is little room."""
    return SHORT.get(name, VOID)


def words_of(due: Due) -> str:
    """`due in 40 working minutes`, `overdue by 2 working hours`; a right `ends in` so many days."""
    time = {"time": time_words(due.left)}
    if due.clock.stopped_at is not None:
        return _("ended %(time)s late") % time if due.left.overdue else _("ended in time")
    if due.left.overdue:
        return _("overdue by %(time)s") % time
    return _("due in %(time)s") % time if due.clock.obliges else _("ends in %(time)s") % time


def basis_of(clock: Clock) -> str:
    """The law of a clock in the reader's words."""
    return legal(clock.source.removeprefix("unverified: "))


def exact_words(due: Due) -> str:
    """Name, moment, law, whom it binds, and whether it was held against the text."""
    at = formats.date_format(timezone.localtime(due.clock.due_at), "SHORT_DATETIME_FORMAT")
    parts = [f"{NAMES[due.clock.name]} ({SIDES[due.clock.for_whom]})", at, basis_of(due.clock)]
    if not due.clock.verified:
        parts.append(_("unverified"))
    return " · ".join(parts)


def clock_told(due: Due | None) -> dict[str, object] | None:
    """A clock as a program gets it: its name, when it is due, and the same in words of the asked language."""
    if due is None:
        return None
    return {
        "name": due.clock.name,
        "due_at": due.clock.due_at,
        "for_whom": due.clock.for_whom,
        "overdue": due.left.overdue,
        "words": f"{NAMES[due.clock.name]}: {words_of(due)}",
    }


def clock_html(due: Due | None, *, short: bool = True) -> SafeString:
    """A clock as it stands in lists and in the strip; a dash where nothing runs."""
    if due is None:
        return format_html('<span class="tq-muted">{}</span>', "–")
    look = "is-late" if due.left.overdue else "is-mine" if due.mine else "is-other"
    name = short_name_of(due.clock.name) if short else name_of(due.clock.name)
    return format_html(
        '<time class="dc-clock {}" datetime="{}" title="{}"><span class="dc-clock-name">{} ·</span> {}</time>',
        look,
        due.clock.due_at.isoformat(),
        exact_words(due),
        name,
        words_of(due),
    )
