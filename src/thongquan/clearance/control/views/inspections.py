"""The pages of an inspection: assigned, filled in at the yard, reviewed and signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.labels import KINDS as KIND_WORDS
from thongquan.clearance.control.labels import OUTCOMES, RESULTS
from thongquan.clearance.control.operations import acts, inspections, samples
from thongquan.clearance.control.queries.inspections import (
    KINDS,
    InspectionFile,
    Measured,
    inspection_file,
    mark_of_line,
    mark_of_place,
    photos_of,
)
from thongquan.clearance.control.schemas import (
    FindingBody,
    LineBody,
    PlaceBody,
    ReassignmentBody,
    RemovalBody,
    SampleResultBody,
    SamplesBody,
    SignatureBody,
)
from thongquan.clearance.control.views.common import (
    act_links,
    actor_of_page,
    carried_out,
    posted,
    strip_of,
)
from thongquan.clearance.declarations.permissions import may

Verb = Callable[[], object]


@page
@never_cache
@require_GET
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """The inspection of a declaration: its act for the officers it is assigned to, to read for all others."""
    return _shown(request, actor_of_page(request), number)


@page
@require_POST
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Draw two officers on duty."""
    actor = actor_of_page(request)
    return _after(request, actor, number, lambda: inspections.assign_inspection(actor=actor, number=number, at=now()))


@page
@require_POST
def reassign(request: HttpRequest, number: str) -> HttpResponse:
    """Replace an officer, with a reason."""
    actor = actor_of_page(request)

    def verb() -> None:
        body = posted(request, _Reassignment)
        inspections.reassign_officer(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body))

    return _after(request, actor, number, verb)


class _Reassignment(ReassignmentBody, frozen=True, kw_only=True):
    """From the page, where a reason may have been left empty: the operation says so."""

    reason: str = ""


@page
@require_POST
def place(request: HttpRequest, number: str) -> HttpResponse:
    """Keep where the goods stood and the words of the act."""
    actor = actor_of_page(request)

    def verb() -> None:
        body = posted(request, PlaceBody)
        acts.save_place(actor=actor, number=number, place=body.place, note=body.note, at=now())

    return _after(request, actor, number, verb, anchor="#place")


@page
@require_POST
def line(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was counted and weighed of a line."""
    actor = actor_of_page(request)

    def verb() -> None:
        body = posted(request, LineBody)
        acts.save_line(actor=actor, number=number, measured=Measured(**msgspec.structs.asdict(body)), at=now())

    return _after(request, actor, number, verb, anchor=_anchor(request))


@page
@require_POST
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """Note a finding, or take one back."""
    actor = actor_of_page(request)

    def verb() -> None:
        if "finding" in request.POST:
            gone = posted(request, RemovalBody).finding
            acts.take_back_finding(actor=actor, number=number, finding_id=gone, at=now())
            return
        body = posted(request, _Finding)
        acts.note_finding(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body))

    return _after(request, actor, number, verb, anchor=_anchor(request))


class _Finding(FindingBody, frozen=True, kw_only=True):
    """From the page, where what was found may have been left empty: the operation says so."""

    found: str = ""


@page
@require_POST
def sample(request: HttpRequest, number: str) -> HttpResponse:
    """Take samples, or enter the laboratory's result."""
    actor = actor_of_page(request)

    def verb() -> None:
        if "sample" in request.POST:
            result = posted(request, SampleResultBody)
            samples.enter_sample_result(
                actor=actor,
                number=number,
                sample_id=result.sample,
                result=result.result,
                found=result.found,
                paper=result.paper,
                at=now(),
            )
            return
        body = posted(request, _Samples)
        samples.take_samples(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body))

    return _after(request, actor, number, verb, anchor="#samples")


class _Samples(SamplesBody, frozen=True, kw_only=True):
    """From the page, where the seals may have been left empty: the operation says how many it wants."""

    seals: tuple[str, ...] = ()
    laboratory: str = ""


@page
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """The act as it is signed: everything declared beside everything found, and the signature under it."""
    actor = actor_of_page(request)
    if request.method != "POST":
        return _shown(request, actor, number, template="control/sign.html")

    def verb() -> None:
        acts.sign_act(actor=actor, number=number, digest=posted(request, SignatureBody).digest, at=now())

    def again(problems: list[Problem]) -> HttpResponse:
        return _shown(request, actor, number, problems, template="control/sign.html")

    return carried_out(request, verb, again=again, to=reverse("control:inspection", args=[number]))


def _anchor(request: HttpRequest) -> str:
    number = request.POST.get("line", "")[:3]
    return f"#line-{number}" if number.isdigit() else ""


def _after(request: HttpRequest, actor: Actor, number: str, verb: Verb, anchor: str = "") -> HttpResponse:
    def again(problems: list[Problem]) -> HttpResponse:
        return _shown(request, actor, number, problems)

    return carried_out(request, verb, again=again, to=reverse("control:inspection", args=[number]) + anchor)


def _shown(
    request: HttpRequest,
    actor: Actor,
    number: str,
    problems: list[Problem] | None = None,
    template: str = "control/inspection.html",
) -> HttpResponse:
    file = inspection_file(actor=actor, number=number)
    stand, act = file.stand, file.act
    assigned = {one.officer for one in act.assigned} if act else set()
    context: dict[str, Any] = {
        "file": file,
        "stand": stand,
        "act": act,
        "strip": strip_of(stand),
        "problems": problems or [],
        "is_mine": act is not None and act.is_open and actor.reference in assigned,
        "has_signed": act is not None and any(one.officer == actor.reference and one.signed_at for one in act.assigned),
        "rows": _rows(file),
        "place_seen": mark_of_place(act.place, act.note) if act else "",
        "officer": actor.reference,
        "kinds": [(key, KIND_WORDS[key]) for key in KINDS],
        "results": RESULTS,
        "photos": photos_of(act.id) if act else "",
        "outcome": OUTCOMES.get(act.outcome) if act else None,
        "acts": act_links(stand) if act and act.outcome == "differs" else [],
        "can_assign": (act is None or not act.is_open) and file.due.goods and not (act and act.outcome),
        "may_check": may(actor, "control.check", office=stand.office, tax_code=stand.tax_code),
        "leads": may(actor, "control.countersign", office=stand.office, tax_code=stand.tax_code),
    }
    return render(request, template, context)


def _rows(file: InspectionFile) -> list[dict[str, Any]]:
    """Each declared line with what was measured and found of it."""
    act = file.act
    return [
        {
            "line": one,
            "measured": act.measured(one.number) if act else None,
            "seen": mark_of_line(act.measured(one.number)) if act else "",
            "findings": [
                (KIND_WORDS.get(found.kind, found.kind), found) for found in act.findings if found.line == one.number
            ]
            if act
            else [],
        }
        for one in file.lines
    ]
