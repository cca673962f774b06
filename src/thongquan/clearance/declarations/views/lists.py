"""The list of declarations in one's scope: its queues, narrowed by its address, paged, taken away as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongquan.base.accounts.operations.saved_filters import MOST_NAME
from thongquan.base.accounts.permissions import is_trader, readable_enterprises, readable_offices
from thongquan.base.accounts.queries import Actor, names_of, officers_of
from thongquan.base.accounts.queries.saved_filters import saved_filters_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import CHANNELS
from thongquan.clearance.declarations.formats.excel import csv_table, excel_table
from thongquan.clearance.declarations.labels import DOORS, FLOWS, STATES
from thongquan.clearance.declarations.operations.assigning import HANDLERS
from thongquan.clearance.declarations.operations.saved_views import PLACE
from thongquan.clearance.declarations.queries import Summary, queue_counts
from thongquan.clearance.declarations.queries.clocks import clocks_that_matter
from thongquan.clearance.declarations.queries.queueing import Cursor, Page, Queue, queue_page, queues_of
from thongquan.clearance.declarations.views.asking import Asked, active_filters, asked_of, queue_hint, queue_name
from thongquan.clearance.declarations.views.chosen import chosen_enterprise, switcher
from thongquan.clearance.declarations.views.clocked import clock_head, with_clocks
from thongquan.clearance.declarations.views.columns import COLUMNS, NUMERIC, shown_columns
from thongquan.clearance.declarations.views.common import XLSX, actor_of_page, attached, language_now, today
from thongquan.clearance.tariff.queries.code_lists import code_values

PAGE = 50
MAX_EXPORT = 10_000
EXPORT_STEP = 1_000
LEADERS = frozenset({"team_leader", "director"})


@page
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """A queue of declarations, fifty rows at a time."""
    actor, at = reader(request), now()
    chosen = chosen_enterprise(request, actor) if is_trader(actor) else ""
    asked = asked_of(actor, request.GET if request.GET else {"enterprise": chosen})
    found = queue_page(
        actor=actor,
        queue=asked.queue,
        filters=asked.filters,
        at=at,
        limit=PAGE,
        after=Cursor.read(request.GET.get("after", "")),
        before=Cursor.read(request.GET.get("before", "")),
        by_due=asked.by_due,
    )
    shown = shown_columns(actor)
    context: dict[str, Any] = {
        "rows": found.rows,
        "clocks": clocks_that_matter(actor=actor, rows=found.rows, at=at),
        "names": names_of({row.assigned_to for row in found.rows}),
        "filters": asked.filters,
        "narrowed": asked.narrowed,
        "active": active_filters(asked),
        "queue": asked.queue,
        "row_query": asked.query(),
        "columns": heads_of(asked, shown),
        "is_trader": is_trader(actor),
        "acts": acts_of(actor),
        "query": asked.filters.text,
        "is_deep": bool(found.before),
        "switcher": switcher(request, actor, asked.filters.enterprise) if is_trader(actor) else None,
        **_neighbors(asked, found),
    }
    if request.htmx:  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "declarations/_list.html", context)
    tabs = tabs_of(actor, asked.queue)
    return render(
        request, "declarations/list.html", {**context, **_choices(actor), "tabs": tabs, **_saved(actor, asked, shown)}
    )


def _neighbors(asked: Asked, found: Page) -> dict[str, str]:
    """Addresses of the pages before and after, and of the first."""
    return {
        "previous": asked.query(before=found.before) if found.before else "",
        "next": asked.query(after=found.after) if found.after else "",
        "plain_query": asked.query(),
    }


def tabs_of(actor: Actor, here: Queue | None = None) -> list[dict[str, Any]]:
    """The tabs of a person's queues with their live counts."""
    counts = queue_counts(actor, now())
    return [
        {
            "queue": queue,
            "name": queue_name(actor, queue),
            "hint": queue_hint(actor, queue),
            "count": counts[queue],
            "is_here": queue == here,
        }
        for queue in queues_of(actor)
    ]


def heads_of(asked: Asked, shown: Sequence[str]) -> list[dict[str, Any]]:
    """The heads of the list; everything can be ordered by what is due first, and back again."""
    sorts = {"clock": asked.query(sort="" if asked.by_due else "due")} if asked.queue == Queue.ALL else {}
    return [
        {
            "name": name,
            "label": COLUMNS[name],
            "is_number": name in NUMERIC,
            "sort": sorts.get(name, ""),
            "is_sorted": name == ("clock" if asked.by_due or asked.queue != Queue.ALL else "registered"),
        }
        for name in shown
    ]


def acts_of(actor: Actor) -> list[tuple[str, str]]:
    """What this person may do to several declarations at once, beside taking them away as a table."""
    acts = [("take", _("Take")), ("give_back", _("Give back"))] if actor.roles & set(HANDLERS) else []
    return acts + ([("assign", _("Assign"))] if actor.roles & LEADERS else [])


def _saved(actor: Actor, asked: Asked, shown: Sequence[str]) -> dict[str, Any]:
    return {
        "saved": saved_filters_of(actor, PLACE),
        "save_url": reverse("declarations:save_filter"),
        "manage_url": reverse("declarations:saved_filters"),
        "here_query": asked.query(),
        "share_offices": sorted(readable_offices(actor)),
        "max_name": MOST_NAME,
        "all_columns": COLUMNS,
        "chosen_columns": shown,
    }


@page
@require_GET
def listing_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The queue with its filters as CSV or Excel, at most 10,000 rows."""
    actor = reader(request)
    return declarations_table(kind, actor, _all_rows(actor, asked_of(actor, request.GET)))


def _all_rows(actor: Actor, asked: Asked) -> Iterator[Summary]:
    at, after = now(), None
    for _step in range(MAX_EXPORT // EXPORT_STEP):
        found = queue_page(
            actor=actor,
            queue=asked.queue,
            filters=asked.filters,
            at=at,
            limit=EXPORT_STEP,
            after=after,
            by_due=asked.by_due,
        )
        yield from found.rows
        after = Cursor.read(found.after)
        if after is None:
            return


def declarations_table(kind: str, actor: Actor, rows: Iterable[Summary]) -> HttpResponse:
    """Rows of the list as a table to take away."""
    head = [_("Number"), _("Registered"), _("Flow"), _("Regime"), _("Office"), _("Tax code"), _("Trader"), _("Channel")]
    head += [_("State"), _("Due (VND)"), _("Door"), *clock_head()]
    return as_table(kind, f"declarations-{today():%Y%m%d}", head, _table_rows(with_clocks(actor, rows, now())))


def _table_rows(rows: Iterable[tuple[Summary, list[object]]]) -> Iterator[list[Any]]:
    for row, clock in rows:
        channel = str(CHANNELS[row.channel][1]) if row.channel in CHANNELS else ""
        flow, state = str(FLOWS.get(row.flow, row.flow)), str(STATES.get(row.state, row.state))
        at = timezone.localtime(row.registered_at)
        door = str(DOORS.get(row.source, row.source))
        told = [row.regime, row.office, row.tax_code, row.trader_name, channel, state]
        yield [row.number, at, flow, *told, row.due_vnd, door, *clock]


def as_table(kind: str, name: str, head: list[str], rows: Iterable[list[Any]]) -> HttpResponse:
    """A table to take away; 404 for a kind that is neither `csv` nor `xlsx`."""
    if kind == "csv":
        return attached(csv_table(head, rows), "text/csv; charset=utf-8", f"{name}.csv")
    if kind == "xlsx":
        return attached(excel_table(name, head, rows), XLSX, f"{name}.xlsx")
    raise Http404


def reader(request: HttpRequest) -> Actor:
    """Someone with declarations to read. Raises `NotAllowed` for everyone else."""
    actor = actor_of_page(request)
    if not (readable_offices(actor) or readable_enterprises(actor) or is_trader(actor)):
        raise NotAllowed("declarations.view")
    return actor


def _choices(actor: Actor) -> dict[str, Any]:
    """What the filters offer: regimes of the day, the offices in scope, and the officers of a single one."""
    on, language, at = today(), language_now(), now()
    offices = readable_offices(actor)
    known = code_values("office", on, language)
    return {
        "flows": FLOWS,
        "channels": CHANNELS,
        "states": STATES,
        "regimes": code_values("regime", on, language),
        "offices": [one for one in known if not offices or one.code in offices],
        "officers": officers_of(next(iter(offices)), HANDLERS, at) if len(offices) == 1 else {},
        "is_officer": bool(offices),
    }
