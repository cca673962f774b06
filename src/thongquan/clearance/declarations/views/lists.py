"""The list of declarations in one's scope: narrowed by its address, paged, taken away as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import CHANNELS
from thongquan.clearance.declarations.formats.excel import csv_table, excel_table
from thongquan.clearance.declarations.labels import DOORS, FLOWS, STATES
from thongquan.clearance.declarations.queries import Filters, Summary, worklist
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.views.common import XLSX, actor_of_page, attached, language_now, today
from thongquan.clearance.tariff.queries.code_lists import code_values

PAGE = 50
MAX_PAGE = 2_000
MAX_EXPORT = 10_000


@page
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Declarations, newest first, fifty at a time."""
    actor = _reader(request)
    filters, number = filters_of(request.GET), _page_number(request)
    rows, more = worklist(actor=actor, filters=filters, offset=(number - 1) * PAGE, limit=PAGE)
    context: dict[str, Any] = {
        "rows": rows,
        "clocks": clocks_that_matter(actor=actor, rows=rows, at=now()),
        "filters": filters,
        "narrowed": narrowed(filters),
        "first": (number - 1) * PAGE + 1,
        "last": (number - 1) * PAGE + len(rows),
        "previous": _query(request, page=number - 1) if number > 1 else "",
        "next": _query(request, page=number + 1) if more else "",
        "plain_query": _query(request),
        "is_trader": is_trader(actor),
        "flows": FLOWS,
        "channels": CHANNELS,
        "query": filters.text,
    }
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "declarations/_list.html", context)
    return render(request, "declarations/list.html", {**context, **_choices(actor)})


@page
@require_GET
def listing_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The narrowed list as CSV or Excel, at most 10,000 rows."""
    actor = _reader(request)
    rows, _more = worklist(actor=actor, filters=filters_of(request.GET), limit=MAX_EXPORT)
    head = [_("Number"), _("Registered"), _("Flow"), _("Regime"), _("Office"), _("Tax code"), _("Trader"), _("Channel")]
    head += [_("State"), _("Due (VND)"), _("Door")]
    return as_table(kind, f"declarations-{today():%Y%m%d}", head, _table_rows(rows))


def _table_rows(rows: Iterable[Summary]) -> Iterator[list[Any]]:
    for row in rows:
        channel = str(CHANNELS[row.channel][1]) if row.channel in CHANNELS else ""
        flow, state = str(FLOWS.get(row.flow, row.flow)), str(STATES.get(row.state, row.state))
        at = timezone.localtime(row.registered_at)
        door = str(DOORS.get(row.source, row.source))
        told = [row.regime, row.office, row.tax_code, row.trader_name, channel, state]
        yield [row.number, at, flow, *told, row.due_vnd, door]


def as_table(kind: str, name: str, head: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    """A table to take away; 404 for a kind that is neither `csv` nor `xlsx`."""
    if kind == "csv":
        return attached(csv_table(head, rows), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "xlsx":
        return attached(excel_table(name, head, rows), XLSX, f"{name}.xlsx")
    raise Http404


def _reader(request: HttpRequest) -> Actor:
    """Someone with declarations to read. Raises `NotAllowed` for everyone else."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("declarations.view")
    return actor


def filters_of(query: Any) -> Filters:
    """Filters of an address; values that make no sense are left out."""
    channel = query.get("channel", "")
    flow = query.get("flow", "")
    return Filters(
        text=query.get("q", "")[:200],
        channel=int(channel) if channel in ("1", "2", "3") else None,
        flow=flow if flow in FLOWS else "",
        regime=query.get("regime", "")[:3],
        office=query.get("office", "")[:6],
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
    )


def narrowed(filters: Filters) -> int:
    """How many filters beside the words are in force."""
    values = msgspec.structs.asdict(filters)
    return sum(bool(value) for name, value in values.items() if name != "text")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return min(max(int(text), 1), MAX_PAGE) if text.isdigit() and text.isascii() else 1


def _query(request: HttpRequest, **changes: object) -> str:
    """The address's question with changes; without a page when none is given."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = str(value)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()


def _choices(actor: Actor) -> dict[str, Any]:
    """What the filters offer: regimes of the day and the offices in scope."""
    on, language = today(), language_now()
    offices = readable_offices(actor)
    known = code_values("office", on, language)
    return {
        "regimes": code_values("regime", on, language),
        "offices": [one for one in known if not offices or one.code in offices],
    }
