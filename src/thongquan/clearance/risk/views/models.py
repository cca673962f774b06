"""Models on pages: the registry with what is open, a version with its card, its drift, its steps and its story."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.attachments.types import XLSX
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.core.tables import Value, csv_table, excel_table
from thongquan.base.web.guard import page
from thongquan.base.web.steps import Event
from thongquan.base.web.summary import problems_of
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.risk import model_labels as labels
from thongquan.clearance.risk.formats.model_card import model_card
from thongquan.clearance.risk.model_cards import card_of, curve_plot, facts_of, lane_plot, share_of, worths_plot
from thongquan.clearance.risk.operations.training import LONGEST, UNDER_WAY, ask_training
from thongquan.clearance.risk.permissions import may
from thongquan.clearance.risk.queries.versions import ModelFile, model_file, registry
from thongquan.clearance.risk.tabs import tabs_of
from thongquan.clearance.risk.views.model_steps import SPECS, is_own, open_steps

_PLACES = Decimal("0.001")


@page
@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The registry: who scores now, what waits for a decision, alarms, all versions."""
    at = now()
    actor = actor_of_request(request, at)
    told = registry(actor=actor, at=at)
    champion = next((one for one in told.versions if one.role == "champion"), None)
    names = names_of({one.proposed_by for one in told.proposals})
    context = {
        "registry": told,
        "champion": champion,
        "mode": labels.MODES[champion.mode] if champion else "",
        "rows": [(one, labels.ROLES[one.role], labels.SOURCES[one.source]) for one in told.versions],
        "proposals": [
            (one, labels.MODES[one.mode], names.get(one.proposed_by, ""), one.asked == "seat") for one in told.proposals
        ],
        "alarms": [(one, labels.TROUBLES[one.trouble]) for one in told.alarms],
        "trains": may(actor, "risk.train"),
        "is_under_way": told.run is not None and told.run.state in UNDER_WAY and told.run.asked_at > at - LONGEST,
        "tabs": tabs_of(actor, "risk:models"),
    }
    return render(request, "risk/models.html", context)


@page
@never_cache
@require_http_methods(["GET", "POST"])
def train(request: HttpRequest) -> HttpResponse:
    """POST asks for a training on the own records."""
    at = now()
    actor = actor_of_request(request, at)
    if request.method == "POST":
        ask_training(actor=actor, at=at)
    return redirect("risk:models")


@page
@never_cache
@require_GET
def model(request: HttpRequest, riskmodel: str) -> HttpResponse:
    """The page of a version."""
    actor = actor_of_request(request, now())
    return _shown(request, actor, model_file(actor=actor, version=riskmodel), {}, [])


def step_view(name: str) -> Callable[..., HttpResponse]:
    """The view of one step: it starts that step's operation and shows the version again."""

    @page
    @never_cache
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, riskmodel: str) -> HttpResponse:
        at = now()
        actor = actor_of_request(request, at)
        kept = model_file(actor=actor, version=riskmodel)
        if request.method != "POST":
            return redirect("risk:model", riskmodel)
        form = SPECS[name].form(request.POST, prefix=name)
        problems: list[Problem] = []
        if form.is_valid():
            try:
                SPECS[name].take(actor=actor, version=riskmodel, words=form.cleaned_data["words"], at=at)
                return redirect("risk:model", riskmodel)
            except Refused as refused:
                problems = problems_of(refused.faults, f"{name}-")
        return _shown(request, actor, kept, {name: form}, problems)

    return view


def _shown(
    request: HttpRequest, actor: Actor, kept: ModelFile, bound: dict[str, forms.Form], problems: list[Problem]
) -> HttpResponse:
    card = card_of(kept.row)
    names = names_of({*(one.actor for one in kept.events), kept.proposal.proposed_by if kept.proposal else ""} - {""})
    week = kept.weeks[0] if kept.weeks else None
    lane = share_of(week.told["random_lane"]) if week else None
    context: dict[str, Any] = {
        "kept": kept,
        "role": labels.ROLES[kept.row.role],
        "mode": labels.MODES[kept.row.mode],
        "card": card,
        "facts": facts_of(kept.row, card)[2:],
        "worths": worths_plot(card, lane),
        "curve": curve_plot(card),
        "week": week and _week(week.told),
        "weeks": lane_plot(kept.weeks),
        "measured_on": week and week.on,
        "alarms": [(one, labels.TROUBLES[one.trouble]) for one in kept.alarms],
        "proposed": kept.proposal and (labels.MODES[kept.proposal.mode], names.get(kept.proposal.proposed_by, "")),
        "is_seat": kept.proposal is not None and kept.proposal.asked == "seat",
        "is_own": is_own(actor, kept),
        "steps": open_steps(actor, kept, bound),
        "problems": problems,
        "form": next(iter(bound.values()), None),
        "events": [_event(one.step, one.words, one.at, names.get(one.actor, "")) for one in kept.events],
        "tabs": tabs_of(actor, "risk:models"),
    }
    return render(request, "risk/model.html", context, status=422 if bound else 200)


def _week(told: dict[str, Any]) -> dict[str, Any]:
    """The newest week in words."""
    return {
        "psi": [(name, Decimal(value).quantize(_PLACES), name in told["alarms"]) for name, value in told["psi"]],
        "new": [
            (labels.KEYS[name], Decimal(value).quantize(_PLACES))
            for name, value in told["new"].items()
            if name in labels.KEYS
        ],
        "lane": share_of(told["random_lane"]),
        "calibration": Decimal(told["calibration"]).quantize(_PLACES),
        "grounds": [labels.GROUNDS[one] for one in told["grounds"]],
    }


def _event(step: str, words: str, at: datetime, by: str) -> Event:
    told = labels.STEPS.get(step, step)
    return Event(f"{told}: {words}" if words else str(told), at, by or _("The program"))


@page
@never_cache
@require_GET
def card_pdf(request: HttpRequest, riskmodel: str) -> HttpResponse:
    """The card of a version as a paper."""
    at = now()
    actor = actor_of_request(request, at)
    content = model_card(model_file(actor=actor, version=riskmodel), on=timezone.localdate(at))
    return _file(content, "application/pdf", f"model-{riskmodel[:8]}.pdf")


@page
@never_cache
@require_GET
def table(request: HttpRequest, riskmodel: str, kind: str) -> HttpResponse:
    """Every measure of a version and of its weeks, as CSV or Excel."""
    actor = actor_of_request(request, now())
    kept = model_file(actor=actor, version=riskmodel)
    head = [_("Day"), _("Measure"), _("Of what"), _("Value")]
    rows = list(_measures(kept))
    if kind == "csv":
        return _file(csv_table(head, rows), "text/csv; charset=utf-8", f"model-{riskmodel[:8]}.csv")
    return _file(excel_table(_("Measures"), head, rows), XLSX, f"model-{riskmodel[:8]}.xlsx")


def _measures(kept: ModelFile) -> Iterator[list[Value]]:
    """One figure a row."""
    day, card = timezone.localdate(kept.row.registered_at), card_of(kept.row)
    for one in card.worths:
        yield [day, _("Found among the top tenth"), one.version, one.top.value]
        yield [day, _("Average precision"), one.version, one.average_precision]
        yield [day, _("Calibration error"), one.version, one.calibration]
    for lines, worth in card.curve:
        yield [day, _("Learning curve"), str(lines), worth]
    for week in kept.weeks:
        told = _week(week.told)
        yield [week.on, _("Random lane, something found"), str(told["lane"].of), told["lane"].value]
        yield [week.on, _("Calibration error"), "", told["calibration"]]
        for name, value, _is_alarm in told["psi"]:
            yield [week.on, "PSI", name, value]
        for what, value in told["new"]:
            yield [week.on, _("Never seen before"), str(what), value]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
