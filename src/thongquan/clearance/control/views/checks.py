"""The page of a document check: the checklist beside the declared values, saved as one goes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.attachments.queries import files_of
from thongquan.base.core.clock import now
from thongquan.base.core.faults import Refused
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.clearance.control.labels import OUTCOMES
from thongquan.clearance.control.operations.checks import conclude_document_check, open_document_check, save_point
from thongquan.clearance.control.queries.checks import OUTCOMES as CHOICES
from thongquan.clearance.control.queries.checks import CheckFile, check_file
from thongquan.clearance.control.schemas import NoteBody, PointBody
from thongquan.clearance.control.views.common import (
    act_links,
    actor_of_page,
    carried_out,
    language_now,
    posted,
    problems_of,
    strip_of,
)
from thongquan.clearance.declarations.permissions import may
from thongquan.clearance.declarations.queries import document_in_force


@page
@never_cache
@require_GET
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """The document check of a declaration, open, concluded or not begun."""
    return _shown(request, actor_of_page(request), number)


@page
@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the check of the version in force."""
    actor = actor_of_page(request)
    return _after(request, actor, number, lambda: open_document_check(actor=actor, number=number, at=now()))


@page
@require_POST
def point(request: HttpRequest, number: str) -> HttpResponse:
    """Keep one point; for htmx a word that it was saved and how many are left."""
    actor = actor_of_page(request)

    def save() -> None:
        body = posted(request, _Point)
        save_point(actor=actor, number=number, at=now(), **msgspec.structs.asdict(body))

    if not request.headers.get("HX-Request"):
        return _after(request, actor, number, save, anchor=f"#point-{request.POST.get('code', '')[:24]}")
    try:
        save()
    except Refused as refused:
        return render(request, "control/_refused.html", {"problems": problems_of(refused.faults)}, status=422)
    file = check_file(actor=actor, number=number)
    return render(request, "control/_saved.html", {"at": now(), "file": file})


class _Point(PointBody, frozen=True, kw_only=True):
    """A point from the page: nothing chosen is an outcome too."""

    outcome: str = ""


@page
@require_POST
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """Conclude the check with its outcome."""
    actor = actor_of_page(request)

    def verb() -> None:
        conclude_document_check(actor=actor, number=number, at=now(), note=posted(request, NoteBody).note)

    return _after(request, actor, number, verb)


def _after(request: HttpRequest, actor: Actor, number: str, verb: Any, anchor: str = "") -> HttpResponse:
    def again(problems: list[Problem]) -> HttpResponse:
        return _shown(request, actor, number, problems)

    to = reverse("control:documents", args=[number]) + anchor
    return carried_out(request, verb, again=again, to=to, names=_names_of_points(actor, number))


def _names_of_points(actor: Actor, number: str) -> dict[str, str]:
    return {one.law.code: one.law.name(language_now()) for one in check_file(actor=actor, number=number).points}


def _shown(request: HttpRequest, actor: Actor, number: str, problems: list[Problem] | None = None) -> HttpResponse:
    file = check_file(actor=actor, number=number)
    stand = file.stand
    context = {
        "file": file,
        "stand": stand,
        "strip": strip_of(stand),
        "problems": problems or [],
        "points": [(one, one.law.name(language_now()), OUTCOMES.get(one.outcome)) for one in file.points],
        "choices": [(key, OUTCOMES[key]) for key in CHOICES],
        "lines": [line.number for line in document_in_force(number).lines],
        "names": names_of({file.opened_by, file.concluded_by}),
        "may_check": may(actor, "control.check", office=stand.office, tax_code=stand.tax_code),
        "outcome": OUTCOMES.get(file.outcome),
        "acts": act_links(stand, _missing(file)) if file.outcome == "differs" else [],
        "can_begin": _can_begin(file),
        "papers": _papers(stand.subject),
    }
    return render(request, "control/documents.html", context)


SHOWN_BY = {
    "invoice": ("INV",),
    "terms": ("INV", "CON", "VAL"),
    "transport": ("BOL", "AWB"),
    "goods": ("INV", "PKL"),
    "weight": ("PKL", "BOL", "AWB"),
    "origin": ("COO",),
    "permits": ("LIC", "QUA", "SPE"),
}
"""The kinds of papers that tell of a point; the officer may look at any other as well."""


def _papers(subject: str) -> dict[str, list[tuple[str, str]]]:
    """For each point the papers on file that tell of it: the address that opens one, and its name."""
    filed = files_of(subject)
    told = {
        code: [(urlencode({"paper": one.id}), one.file.name) for kind in kinds for one in filed if one.kind == kind]
        for code, kinds in SHOWN_BY.items()
    }
    return {code: links for code, links in told.items() if links}


def _missing(file: CheckFile) -> list[str]:
    return [point.law.name(language_now()) for point in file.points if point.outcome == "missing"]


def _can_begin(file: CheckFile) -> bool:
    """Not while the check of this version is open; again once it is concluded or overtaken."""
    return file.due.documents and not (file.is_open and not file.is_stale)
