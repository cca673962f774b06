"""The report of the model that suggests codes, the list of its versions, and putting another one in force."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts.queries import Actor, actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.tables import Value, csv_table
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.classification import suggesting_charts as charts
from thongquan.clearance.classification.formats.model_report import model_pdf
from thongquan.clearance.classification.forms.suggesting import ModelStepForm
from thongquan.clearance.classification.operations.suggesting import propose_model, put_in_force, withdraw_proposal
from thongquan.clearance.classification.permissions import offices_for
from thongquan.clearance.classification.queries.suggesting_models import (
    ModelRow,
    model_in_force,
    model_named,
    models_listed,
    newest_measured,
)
from thongquan.clearance.classification.suggesting_labels import STANDS
from thongquan.clearance.classification.suggesting_states import PROPOSABLE
from thongquan.clearance.classification.views.ruling_common import attempt
from thongquan.clearance.tariff.queries.goods import goods_named
from thongquan.learning.curves import interval

SHOWN = 6
TOPS = (1, 3, 5)


@page
@never_cache
@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """The report of the model in force and all versions."""
    return _answer(request, _officer(request), newest_measured())


@page
@never_cache
@require_GET
def model(request: HttpRequest, version: str) -> HttpResponse:
    """The report of one version, and what may be done with it."""
    actor = _officer(request)
    return _answer(request, actor, model_named(version), one=True)


@page
@require_POST
def step(request: HttpRequest, version: str) -> HttpResponse:
    """Propose a version, take a proposal back, or put one in force."""
    actor, at, form = _officer(request), now(), ModelStepForm(request.POST)

    def take() -> None:
        given = form.cleaned_data
        if given["step"] == "propose":
            propose_model(actor=actor, version=version, why=given["why"], at=at)
        elif given["step"] == "withdraw":
            withdraw_proposal(actor=actor, version=version, at=at)
        else:
            put_in_force(actor=actor, version=version, follows=given["follows"], at=at)

    problems = attempt(form, take)
    if problems is None:
        return redirect("classification:suggest_model", version)
    return _answer(request, actor, model_named(version), one=True, problems=problems)


@page
@require_GET
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The report as `pdf`, or its figures as `csv`; 404 for any other kind, and for a paper before the first report."""
    _officer(request)
    row = newest_measured()
    if kind == "pdf" and row is not None:
        return _file(model_pdf(row, *_measured(row.report)), "application/pdf", f"suggestion-{row.version[:8]}.pdf")
    if kind != "csv":
        raise Http404
    content = csv_table(
        [_("What"), _("Digits"), _("Of"), _("Share right"), _("Goods asked")], figures(row) if row else []
    )
    return _file(content, "text/csv; charset=utf-8", f"suggestion-{row.version[:8] if row else 'none'}.csv")


def _file(content: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def figures(row: ModelRow) -> list[list[Value]]:
    """Everything measured of a model, a row for each figure."""
    found: list[list[Value]] = []
    for digits, level in row.report["levels"].items():
        asked = level["asked"]
        found += [
            ["top", digits, f"{top}", _share(right), asked] for top, right in zip(TOPS, level["right"], strict=True)
        ]
        found += [["surest", digits, f"{share:.0%}", _share(right), asked] for share, right in level["curve"]]
        found += [["said", digits, f"{said:.3f}", _share(right), asked] for said, right in level["reliability"]]
        found += [["chapter", digits, code, _share(right), count] for code, count, right in level["chapters"]]
    for one in row.report["curve"]:
        found += [
            ["learned", digits, str(one["wordings"]), _share(one["right"][digits][0]), None] for digits in ("4", "6")
        ]
    strange = row.report["strange"]
    found += [
        ["strange", digits, strange["office"], _share(right[0]), strange["asked"]]
        for digits, right in strange["right"].items()
    ]
    return found


def _share(value: float) -> Decimal:
    return Decimal(f"{value:.3f}")


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of_request(request, now())
    if not offices_for(actor, "classification.see"):
        raise NotAllowed("classification.see")
    return actor


def _answer(
    request: HttpRequest,
    actor: Actor,
    row: ModelRow | None,
    *,
    one: bool = False,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    force = model_in_force()
    teaches = bool(offices_for(actor, "classification.teach"))
    context: dict[str, Any] = {
        "row": row,
        "one": one,
        "works": True,
        "force": force,
        "rows": [(each, STANDS[each.state], each.version[:8]) for each in models_listed()],
        "problems": problems,
        "may_propose": one and teaches and row is not None and row.state in PROPOSABLE,
        "may_choose": one and teaches and row is not None and row.state == "proposed",
        "own": row is not None and row.proposed_by == actor.reference,
        "stand": STANDS[row.state] if row else "",
        **(_report(row.report) if row and row.report else {}),
    }
    return render(request, "classification/suggest_models.html", context, status=422 if problems else 200)


def _report(report: Mapping[str, Any]) -> dict[str, Any]:
    level = report["levels"][str(SHOWN)]
    codes = [code for code, _asked, _right in level["chapters"]]
    names = goods_named(codes, localdate(now()), get_language() or "vi")
    levels, strange = _measured(report)
    return {
        "measured": True,
        "levels": levels,
        "reliability": charts.reliability(level),
        "abstention": charts.abstention(level),
        "learning": charts.learning(report["curve"], SHOWN),
        "chapters": charts.chapters(level, {code: one.name for code, one in names.items()}),
        "strange": strange,
        "strange_office": report["strange"]["office"],
        "median_ms": report["median_ms"],
    }


def _measured(report: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Shares with their intervals by digits: of goods held out, and of an office never seen."""
    levels, strange = report["levels"], report["strange"]
    return (
        [_level(digits, levels[digits]) for digits in ("4", "6", "8") if levels[digits]["asked"]],
        [
            _level(digits, {"asked": strange["asked"], "right": [right[0], None, right[1]]})
            for digits, right in strange["right"].items()
        ],
    )


def _level(digits: str, level: Mapping[str, Any]) -> dict[str, Any]:
    """Shares with their intervals, as fractions in decimals."""
    found: dict[str, Any] = {
        "digits": digits,
        "asked": level["asked"],
        "error": _share(level["error"]) if level.get("error") is not None else None,
    }
    for top, share in zip(TOPS, level["right"], strict=True):
        if share is not None:
            low, high = interval(share, level["asked"])
            found[f"top{top}"] = (_share(share), _share(low), _share(high))
    return found
