"""Words of casework: states, steps, works, the answer clock, and the notices it sends."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thongquan.base.core.term_words import time_words
from thongquan.base.notices.words import register
from thongquan.clearance.casework.states import Side, State, Step
from thongquan.clearance.declarations.clocking import NAMES, name_of
from thongquan.rules.terms import Left

MENTIONED, ASSIGNED = "casework.mentioned", "casework.assigned"
ASKED, ANSWERED, CLOSED = "casework.asked", "casework.answered", "casework.closed"
register(
    MENTIONED,
    text=gettext_lazy("{by} named you in a note on declaration {number}"),
    label=gettext_lazy("Named in a note"),
    url_name="casework:notes",
    side="customs",
)
register(
    ASSIGNED,
    text=gettext_lazy("Declaration {number} was assigned to you"),
    label=gettext_lazy("Declaration assigned"),
    url_name="declarations:file",
    side="customs",
)
register(
    ASKED,
    text=gettext_lazy("A question waits on declaration {number}"),
    label=gettext_lazy("Question to the office"),
    url_name="casework:thread",
    side="customs",
)
register(
    ANSWERED,
    text=gettext_lazy("The customs office answered your question on declaration {number}"),
    label=gettext_lazy("Answer to a question"),
    url_name="casework:thread",
    side="trader",
    by_mail=True,
)
register(
    CLOSED,
    text=gettext_lazy("The question on declaration {number} is closed"),
    label=gettext_lazy("Question closed"),
    url_name="casework:thread",
)

STATES: dict[State, Promise] = {
    State.OPEN: pgettext_lazy("question", "Waits for the office"),
    State.ANSWERED: pgettext_lazy("question", "Answered"),
    State.CLOSED: pgettext_lazy("question", "Closed"),
}
STEPS: dict[Step, Promise] = {
    Step.ASK: pgettext_lazy("question", "asked"),
    Step.FOLLOW: pgettext_lazy("question", "asked again"),
    Step.ANSWER: pgettext_lazy("question", "answered"),
    Step.CLOSE: pgettext_lazy("question", "closed the question"),
    Step.REOPEN: pgettext_lazy("question", "opened the question again"),
}
SIDES: dict[Side, Promise] = {
    Side.TRADER: gettext_lazy("The declarant"),
    Side.CUSTOMS: gettext_lazy("The customs office"),
}
WORKS: dict[str, Promise] = {
    "": gettext_lazy("{name} is reading"),
    "amend": gettext_lazy("{name} is amending"),
    "check": gettext_lazy("{name} is checking the documents"),
    "inspect": gettext_lazy("{name} is at the inspection"),
    "channel": gettext_lazy("{name} is changing the channel"),
    "release": gettext_lazy("{name} is releasing"),
    "decide": gettext_lazy("{name} is deciding"),
}


PROPOSALS: dict[str, Promise] = {
    "lower": gettext_lazy("Lower channel"),
    "correction": gettext_lazy("Correction by customs"),
    "amendment": gettext_lazy("Request to amend"),
    "cancellation": gettext_lazy("Request to cancel"),
    "claim": gettext_lazy("Refund or waiver"),
    "violation": gettext_lazy("Fine for a violation"),
}
CHANGES: dict[str, Promise] = {
    "signed": pgettext_lazy("channel", "In force"),
    "proposed": pgettext_lazy("channel", "Proposed"),
    "refused": pgettext_lazy("channel", "Refused"),
    "lapsed": pgettext_lazy("channel", "Overtaken"),
}
FOUND: dict[str, Promise] = {"agrees": gettext_lazy("agree"), "differs": gettext_lazy("differ")}


def nobody_has() -> Promise:
    """What stands for the officer of a declaration that nobody has taken."""
    return gettext_lazy("Nobody yet")


def queue_name(clock: str) -> Promise | str:
    """A queue: the clock that obliges customs, or that customs is next without one."""
    return name_of(clock) if clock in NAMES else gettext_lazy("Release and clearance")


class TimeLeft(Protocol):
    """What is left of a term, by names."""

    @property
    def amount(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def working(self) -> bool: ...
    @property
    def overdue(self) -> bool: ...


def answer_words(left: TimeLeft) -> str:
    """`answer due in 3 working hours`, `answer overdue by 2 working hours`."""
    time = {"time": time_words(Left(left.amount, left.unit, left.working, left.overdue))}
    return _("answer overdue by %(time)s") % time if left.overdue else _("answer due in %(time)s") % time


def answer_clock(left: TimeLeft | None, due_at: datetime | None, *, verified: bool = False) -> SafeString | str:
    """The answer clock of a question as lists show it; a dash where none runs."""
    if left is None or due_at is None:
        return format_html('<span class="tq-muted">{}</span>', "–")
    exact = formats.date_format(timezone.localtime(due_at), "SHORT_DATETIME_FORMAT")
    told = exact if verified else f"{exact} · {_('house rule, not law')}"
    look = "is-late" if left.overdue else "is-mine"
    return format_html(
        '<time class="cw-clock {}" datetime="{}" title="{}">{}</time>',
        look,
        due_at.isoformat(),
        told,
        answer_words(left),
    )
