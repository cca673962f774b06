"""The columns of the list: what they are called and how a cell of each looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from thongquan.base.accounts.queries import Actor
from thongquan.base.web.templatetags.tq import channel, moment, number
from thongquan.clearance.declarations.clocking import clock_html
from thongquan.clearance.declarations.labels import DOORS, FLOWS, STATES
from thongquan.clearance.declarations.plain import plain_state
from thongquan.clearance.declarations.queries import Summary
from thongquan.clearance.declarations.queries.clocks import Due
from thongquan.clearance.declarations.queries.queueing import is_for_traders
from thongquan.clearance.declarations.queries.saved_views import columns_of

COLUMNS: dict[str, Promise] = {
    "regime": gettext_lazy("Regime"),
    "channel": gettext_lazy("Channel"),
    "state": gettext_lazy("State"),
    "plain": gettext_lazy("What happens now"),
    "clock": gettext_lazy("Clock"),
    "officer": pgettext_lazy("who handles it", "Officer"),
    "due": gettext_lazy("Due"),
    "trader": gettext_lazy("Trader"),
    "registered": gettext_lazy("Registered"),
    "flow": gettext_lazy("Flow"),
    "office": gettext_lazy("Office"),
    "tax_code": gettext_lazy("Tax code"),
    "door": gettext_lazy("Door"),
}
PLAIN = ("regime", "channel", "plain", "clock", "due", "trader", "registered", "flow", "office", "tax_code")
OFFICERS = ("channel", "state", "clock", "officer", "due", "trader", "registered", "regime", "flow")
NUMERIC = frozenset({"due"})
Cell = Callable[[Summary, Mapping[str, Due], Mapping[str, str], bool], SafeString]


def shown_columns(actor: Actor) -> tuple[str, ...]:
    """The columns of this person's list, beside the number, which always stands first."""
    chosen = tuple(name for name in columns_of(actor) if name in COLUMNS)
    return chosen or (PLAIN if is_for_traders(actor) else OFFICERS)


def cell(
    name: str, row: Summary, clocks: Mapping[str, Due], names: Mapping[str, str], *, mine: bool = False
) -> SafeString:
    """A cell of the list as HTML. `clocks` are by number, `names` of officers by reference; `mine`: to declarants."""
    return _CELLS[name](row, clocks, names, mine)


def _code(value: str) -> SafeString:
    return format_html('<td class="tq-code">{}</td>', value)


def _word(value: object) -> SafeString:
    return format_html('<td class="tq-nowrap">{}</td>', value)


def _officer(row: Summary, clocks: Mapping[str, Due], names: Mapping[str, str], mine: bool) -> SafeString:
    who = getattr(row, "assigned_to", "")
    if not who:
        return format_html('<td class="tq-muted">{}</td>', "–")
    name = names.get(who, who)
    return format_html('<td class="tq-cut dc-officer" title="{}">{}</td>', name, name)


def _plain(row: Summary, clocks: Mapping[str, Due], names: Mapping[str, str], mine: bool) -> SafeString:
    return format_html('<td class="dc-now">{}</td>', plain_state(row, mine=mine))


def _clock(row: Summary, clocks: Mapping[str, Due], names: Mapping[str, str], mine: bool) -> SafeString:
    first = ""
    if getattr(row, "is_perishable", False):
        first = format_html('<span class="dc-badge" title="{}">{}</span> ', _("Inspected before others"), _("fresh"))
    return format_html('<td class="tq-nowrap">{}{}</td>', first, clock_html(clocks.get(row.number)))


_CELLS: dict[str, Cell] = {
    "regime": lambda row, *_rest: _code(row.regime),
    "channel": lambda row, *_rest: format_html("<td>{}</td>", channel(row.channel)),
    "state": lambda row, *_rest: _word(STATES.get(row.state, row.state)),
    "plain": _plain,
    "clock": _clock,
    "officer": _officer,
    "due": lambda row, *_rest: format_html('<td class="tq-num">{}</td>', number(row.due_vnd, 0)),
    "trader": lambda row, *_rest: format_html(
        '<td class="tq-cut" title="{}">{}</td>', row.trader_name, row.trader_name
    ),
    "registered": lambda row, *_rest: _word(moment(row.registered_at)),
    "flow": lambda row, *_rest: _word(FLOWS.get(row.flow, row.flow)),
    "office": lambda row, *_rest: _code(row.office),
    "tax_code": lambda row, *_rest: _code(row.tax_code),
    "door": lambda row, *_rest: _word(DOORS.get(row.source, row.source)),
}
