"""The law explorer. Law is public: anyone may read these pages, signed in or not; none of them changes anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import open_page
from thongquan.clearance.tariff import charts
from thongquan.clearance.tariff.days import day_asked
from thongquan.clearance.tariff.queries import calendars, current_law, goods, rates, tables
from thongquan.rules.law import Tax

P = ParamSpec("P")
LawView = Callable[Concatenate[HttpRequest, date, P], HttpResponse]
SPARK_WEEKS = 26
TAXES: tuple[str, ...] = get_args(Tax)


def on_a_day(view: LawView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A public page about the day in `?on=`; a day that cannot be read is told, with status 422."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            day = day_asked(request.GET.get("on"))
        except Refused as refused:
            told = [sentence(fault) for fault in refused.faults]
            return render(request, "tariff/bad_day.html", {"told": told, "on": day_asked(None)}, status=422)
        return view(request, day, *args, **kwargs)

    return require_safe(update_wrapper(open_page(answer), view))


def _language() -> str:
    return get_language() or "vi"


def _page(request: HttpRequest, template: str, on: date, tab: str, **context: Any) -> HttpResponse:
    return render(request, template, {"on": on, "tab": tab, "law_version": current_law().version, **context})


@on_a_day
def explorer(request: HttpRequest, on: date) -> HttpResponse:
    """The tree from its sections, or what a search finds."""
    text = request.GET.get("q", "").strip()[:200]
    found = goods.search(text, on, _language()) if text else None
    if request.headers.get("HX-Target") == "law-found":
        return render(request, "tariff/parts/found.html", {"found": found, "q": text, "on": on})
    return _page(request, "tariff/explorer.html", on, "goods", q=text, found=found, sections=_sections(on, found))


def _sections(on: date, found: list[goods.Goods] | None) -> list[goods.Goods]:
    return goods.sections(on, _language()) if found is None else []


@on_a_day
def below(request: HttpRequest, on: date, code: str) -> HttpResponse:
    """What stands below a code: a part of the tree for htmx."""
    if goods.goods_of(code, on, _language()) is None:
        raise NotFound(code)
    return render(request, "tariff/parts/branch.html", {"rows": goods.below(code, on, _language()), "on": on})


@on_a_day
def code(request: HttpRequest, on: date, hs: str) -> HttpResponse:
    """One code: for a national line its rates on the day and through time, else what stands below it."""
    one = goods.goods_of(hs, on, _language())
    if one is None:
        raise NotFound(hs)
    cells = rates.cells_of([hs]) if one.is_line else []
    return _page(
        request,
        "tariff/code.html",
        on,
        "goods",
        goods=one,
        path=goods.path_to(hs, on, _language())[:-1] if one.level > 1 else [],
        rows=[] if one.is_line else goods.below(hs, on, _language()),
        cells=[cell for cell in cells if cell.holds(on) and not cell.repealed],
        history=_history(cells),
        conditions=rates.conditions_of(hs, on, _language()),
        schedules=rates.schedule_names(on, _language()),
        slider=charts.slider(on, [cell.valid_from for cell in cells]) if cells else None,
    )


def _history(cells: list[rates.CellRow]) -> list[list[rates.CellRow]]:
    """Cells that changed at least once, one list per tax and schedule."""
    found: dict[tuple[str, str], list[rates.CellRow]] = {}
    for cell in cells:
        found.setdefault((cell.tax, cell.schedule), []).append(cell)
    return [several for several in found.values() if len(several) > 1]


@on_a_day
def parameters(request: HttpRequest, on: date) -> HttpResponse:
    """Numbers and words of the law on the day; `?name=` shows one of them through time."""
    name = request.GET.get("name", "")[:64]
    history = tables.parameter_history(name) if name else []
    if name and not history:
        raise NotFound(name)
    rows = tables.parameters_on(on, _language())
    return _page(request, "tariff/parameters.html", on, "parameters", rows=rows, name=name, history=history)


@on_a_day
def regimes(request: HttpRequest, on: date) -> HttpResponse:
    """How each regime treats each tax."""
    matrix = tables.regime_matrix(on, _language(), TAXES)
    open_cells = sum(1 for row in matrix for cell in row["cells"] if cell is None or not cell["verified"])
    return _page(request, "tariff/regimes.html", on, "regimes", rows=matrix, taxes=TAXES, open_cells=open_cells)


@on_a_day
def exchange_rates(request: HttpRequest, on: date) -> HttpResponse:
    """The week's rates, each with its course over half a year."""
    law = current_law()
    past = rates.exchange_rates(on - timedelta(weeks=SPARK_WEEKS), on)
    rows = [
        {
            "rate": rate,
            "until": rate.valid_from + timedelta(days=6),
            "course": charts.sparkline([one for one in past if one.currency == currency]),
        }
        for currency, rate in law.rates_on(on).items()
    ]
    monday = on - timedelta(days=on.weekday())
    return _page(request, "tariff/rates.html", on, "rates", rows=rows, monday=monday, sunday=monday + timedelta(days=6))


@on_a_day
def offices(request: HttpRequest, on: date) -> HttpResponse:
    """Regions, offices and gates; when they work, and the days off of the year."""
    language = _language()
    return _page(
        request,
        "tariff/offices.html",
        on,
        "offices",
        rows=tables.offices_with_gates(on, language),
        hours=calendars.hours_on(on, language),
        days_off=calendars.days_off_of(on.year, language),
    )


@on_a_day
def unverified(request: HttpRequest, on: date) -> HttpResponse:
    """What in the law in hand nobody has held against the text, and the cells that were not understood."""
    found = tables.unverified()
    versions = tables.versions()
    unread = next((version.unread for version in versions if version.unread), ())
    total = sum(one.rows for one in found)
    unknown = sum(one.unknown for one in found)
    return _page(
        request,
        "tariff/unverified.html",
        on,
        "unverified",
        rows=found,
        total=total,
        unknown=unknown,
        unread=unread,
        versions=versions,
    )
