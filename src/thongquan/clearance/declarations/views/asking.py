"""What an address asks of the list: which queue, narrowed how, in which order; and the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongquan.base.accounts.queries import Actor, enterprise_names, name_of
from thongquan.base.web.templatetags.tq import CHANNELS
from thongquan.clearance.declarations.labels import FLOWS, STATES
from thongquan.clearance.declarations.queries import Filters
from thongquan.clearance.declarations.queries.queueing import Queue, default_queue, is_for_traders, queues_of

NAMES = (
    "q",
    "channel",
    "flow",
    "regime",
    "office",
    "since",
    "until",
    "state",
    "assigned",
    "late",
    "perishable",
    "enterprise",
)
"""Parameters of an address that narrow the list; beside them `queue` and `sort`."""
QUEUES: dict[Queue, Promise] = {
    Queue.MINE: gettext_lazy("Mine"),
    Queue.TEAM: gettext_lazy("My team's"),
    Queue.DECLARANT: gettext_lazy("Waiting for the declarant"),
    Queue.SOON: gettext_lazy("Due soon"),
    Queue.ALL: gettext_lazy("All"),
}
TRADER_QUEUES: dict[Queue, Promise] = {
    **QUEUES,
    Queue.DECLARANT: gettext_lazy("Waiting for you"),
    Queue.TEAM: gettext_lazy("With customs"),
}
HINTS: dict[Queue, Promise] = {
    Queue.MINE: gettext_lazy("Assigned to you and not finished, what is due first at the head."),
    Queue.TEAM: gettext_lazy("Customs acts next, what is due first at the head."),
    Queue.DECLARANT: gettext_lazy("The declarant acts next, what is due first at the head."),
    Queue.SOON: gettext_lazy("Late, or due within two hours."),
    Queue.ALL: gettext_lazy("Everything in your scope, newest first."),
}
TRADER_HINTS: dict[Queue, Promise] = {
    **HINTS,
    Queue.DECLARANT: gettext_lazy("You act next, what is due first at the head."),
    Queue.SOON: gettext_lazy("Late, or due within three days."),
}


@dataclass(frozen=True)
class Asked:
    """What was asked of the list. `by_due`: also everything in the order of what is due first."""

    queue: Queue
    filters: Filters
    by_due: bool = False

    def query(self, **changes: str) -> str:
        """The address that asks for this, with changes; nothing empty in it, always in one order."""
        values = {"queue": str(self.queue), "sort": "due" if self.by_due else "", **_values(self.filters), **changes}
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def narrowed(self) -> int:
        """How many filters beside the words are in force."""
        return sum(bool(value) for name, value in _values(self.filters).items() if name != "q")


@dataclass(frozen=True)
class Active:
    """A filter in force, in words, and the address without it."""

    words: str
    without: str


def asked_of(actor: Actor, query: Mapping[str, Any]) -> Asked:
    """What an address asks for; what makes no sense is left out. A bare one asks for the desk's own queue."""
    filters = filters_of(query)
    known = {str(queue): queue for queue in queues_of(actor)}
    bare = default_queue(actor) if filters == Filters() else Queue.ALL
    queue = known.get(query.get("queue", ""), bare)
    return Asked(queue, filters, by_due=queue == Queue.ALL and query.get("sort") == "due")


def asked_in(actor: Actor, text: str) -> Asked:
    """The same for a query that was kept somewhere."""
    return asked_of(actor, dict(parse_qsl(text)))


def filters_of(query: Mapping[str, Any]) -> Filters:
    """Filters of an address; values that make no sense are left out."""
    channel, flow, state = (str(query.get(name, "")) for name in ("channel", "flow", "state"))
    return Filters(
        text=query.get("q", "").replace("\x00", "")[:200],
        channel=int(channel) if channel in ("1", "2", "3") else None,
        flow=flow if flow in FLOWS else "",
        regime=_code(query.get("regime", ""), 3),
        office=_code(query.get("office", ""), 6),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        state=state if state in STATES else "",
        assigned=_assigned(query.get("assigned", "")),
        late=query.get("late") == "1",
        perishable=query.get("perishable") == "1",
        enterprise=_code(query.get("enterprise", "").replace("-", ""), 14) and query.get("enterprise", ""),
    )


def queue_name(actor: Actor, queue: Queue) -> Promise:
    """A queue as this person calls it."""
    return (TRADER_QUEUES if is_for_traders(actor) else QUEUES)[queue]


def queue_hint(actor: Actor, queue: Queue) -> Promise:
    """What a queue holds."""
    return (TRADER_HINTS if is_for_traders(actor) else HINTS)[queue]


def active_filters(asked: Asked) -> list[Active]:
    """The filters in force, in words, in the order of the form."""
    return [Active(words, asked.query(**{name: ""})) for name, words in _words(asked.filters)]


def _words(filters: Filters) -> Iterator[tuple[str, str]]:
    """Parameter and words of each filter in force."""
    told: dict[str, object] = {
        "q": filters.text and f"“{filters.text}”",
        "channel": filters.channel and CHANNELS[filters.channel][1],
        "flow": FLOWS.get(filters.flow, ""),
        "regime": filters.regime,
        "office": filters.office,
        "since": filters.since and _("from %(day)s") % {"day": _short(filters.since)},
        "until": filters.until and _("to %(day)s") % {"day": _short(filters.until)},
        "state": STATES.get(filters.state, ""),
        "assigned": filters.assigned and _handler(filters.assigned),
        "enterprise": filters.enterprise and enterprise_names([filters.enterprise]).get(filters.enterprise, "–"),
        "late": filters.late and _("late"),
        "perishable": filters.perishable and _("live or perishable"),
    }
    return ((name, str(words)) for name, words in told.items() if words)


def _short(on: date) -> str:
    return formats.date_format(on, "SHORT_DATE_FORMAT")


def _handler(who: str) -> str:
    return {"none": _("nobody has it"), "me": _("mine")}.get(who) or name_of(who)


def _values(filters: Filters) -> dict[str, str]:
    return {
        "q": filters.text,
        "channel": str(filters.channel or ""),
        "flow": filters.flow,
        "regime": filters.regime,
        "office": filters.office,
        "since": filters.since.isoformat() if filters.since else "",
        "until": filters.until.isoformat() if filters.until else "",
        "state": filters.state,
        "assigned": filters.assigned,
        "late": "1" if filters.late else "",
        "perishable": "1" if filters.perishable else "",
        "enterprise": filters.enterprise,
    }


def _code(text: str, most: int) -> str:
    return text if len(text) <= most and text.isalnum() else ""


def _assigned(text: str) -> str:
    who = text.removeprefix("user:")
    is_user = who != text and who.isascii() and who.isdigit() and len(who) < 12
    return text if text in ("none", "me") or is_user else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
