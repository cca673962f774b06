"""Statistics of verifications: a table with an interval beside each share, a small chart, and files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.tables import Value, csv_table, excel_table
from thongquan.base.web.guard import page
from thongquan.clearance.origin.forms.verification import StatisticsForm
from thongquan.clearance.origin.permissions import offices_for
from thongquan.clearance.origin.queries.statistics import By, OutcomeRow, outcomes
from thongquan.clearance.origin.verification_labels import GROUPS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BARS, HEIGHT, START, WIDTH, RIGHT = 12, 26, 250, 400, 60


@dataclass(frozen=True)
class Bar:
    """A bar of the chart in the units of its box: the share, and the line of its interval."""

    name: str
    y: int
    text_y: int
    middle: int
    width: int
    low: int
    high: int
    row: OutcomeRow


@page
@never_cache
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """What verifications of the reader's offices came to."""
    actor = _officer(request)
    form = StatisticsForm(request.GET)
    by, rows = _counted(actor, form)
    context = {
        "form": form,
        "rows": rows,
        "by": by,
        "group": GROUPS[by],
        "bars": [_bar(place, row) for place, row in enumerate(rows[:BARS])],
        "height": HEIGHT * min(len(rows), BARS) + 6,
        "whole": START + WIDTH + RIGHT,
        "start": START,
        "query": request.GET.urlencode(),
    }
    return render(request, "origin/verification_statistics.html", context)


@page
@never_cache
@require_GET
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table as Excel or CSV; 404 for any other kind."""
    by, rows = _counted(_officer(request), StatisticsForm(request.GET))
    head, table = _head(by), [_cells(row) for row in rows]
    name = f"origin-verification-{by}-{now():%Y%m%d}"
    if kind == "csv":
        response = HttpResponse(csv_table(head, table), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        response = HttpResponse(excel_table(name[:31], head, table), content_type=EXCEL)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of_request(request, now())
    if not offices_for(actor, "origin.see"):
        raise NotAllowed("origin.see")
    return actor


def _counted(actor: Actor, form: StatisticsForm) -> tuple[By, tuple[OutcomeRow, ...]]:
    """What is asked, a question that cannot be read left out."""
    form.is_valid()
    asked = form.cleaned_data
    by: By = asked.get("by") or "issuer"
    return by, outcomes(actor=actor, by=by, since=asked.get("since"), until=asked.get("until"))


def _bar(place: int, row: OutcomeRow) -> Bar:
    y = place * HEIGHT + 4
    share = row.wrong

    def wide(value: Decimal) -> int:
        return int((value * WIDTH).to_integral_value())

    return Bar(
        name=row.key[:34] or "–",
        y=y,
        text_y=y + 14,
        middle=y + 9,
        width=wide(share.value or Decimal(0)),
        low=START + wide(share.low),
        high=START + wide(share.high),
        row=row,
    )


def _head(by: By) -> list[str]:
    return [
        str(GROUPS[by]),
        _("Certificates verified"),
        _("Preference stands"),
        _("Refused for some lines"),
        _("Preference refused"),
        _("No answer in time"),
        _("Share refused"),
        _("Share refused, low"),
        _("Share refused, high"),
        _("Drawn at random"),
        _("Share refused of those drawn at random"),
        _("At random, low"),
        _("At random, high"),
    ]


def _cells(row: OutcomeRow) -> list[Value]:
    counts = (row.key, row.certificates, row.accepted, row.partly, row.refused, row.silent)
    drawn = row.at_random
    return [*counts, row.wrong.value, row.wrong.low, row.wrong.high, drawn.of, drawn.value, drawn.low, drawn.high]
