"""The files of a subject: what is there, what the law asks for, sending, using again, taking away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thongquan.base.accounts.auth import actor_of_request, api_throttle
from thongquan.base.accounts.queries import Actor, names_of
from thongquan.base.attachments import permissions, queries
from thongquan.base.attachments.kinds import Kind, Required, kinds_for, kinds_on, required_for
from thongquan.base.attachments.operations import attach, detach, file_papers
from thongquan.base.attachments.queries import Attached, StoredFile
from thongquan.base.attachments.states import State
from thongquan.base.attachments.viewing import viewed_now
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, told_faults
from thongquan.base.core.sentences import sentence
from thongquan.base.web.guard import page
from thongquan.base.web.templatetags.tq import Problem
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

MEGABYTE = 2**20


@dataclass(frozen=True)
class Paper:
    """A row of the list: an attachment, the name of its kind, who put it there, why it could not be read."""

    one: Attached
    kind: str
    by: str
    why: str
    can_detach: bool


@dataclass(frozen=True)
class Wanted:
    """A paper the law asks for, and whether it is there."""

    paper: Required
    is_present: bool


@page
@never_cache
@require_http_methods(["GET", "POST"])
def subject(request: HttpRequest, subject: str) -> HttpResponse:
    """The files of a subject, as a page of its own or as a part of another; `POST` sends files."""
    actor = actor_of_request(request)
    if request.method == "POST":
        return _sent(request, actor, subject)
    return _answer(request, actor, subject)


def _sent(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    """Take what was sent. A program of the page asks for JSON and gets every fault so."""
    permissions.check_sees_subject(actor, subject)
    for_script = request.headers.get("Accept") == "application/json"
    if not api_throttle.allow_request(request):
        return _refused(request, actor, subject, [_too_often()], status=429, for_script=for_script)
    papers = [(file.name or "", _content(file)) for file in request.FILES.getlist("file")]
    try:
        done = file_papers(actor=actor, subject=subject, papers=papers, kind=request.POST.get("kind", ""), at=now())
    except Refused as refused:
        return _refused(request, actor, subject, list(refused.faults), status=422, for_script=for_script)
    if for_script:
        return answer_json({"accepted": True, "files": [one.file.id for one in done]}, status=201)
    return redirect("attachments:subject", subject)


def _content(file: UploadedFile[bytes]) -> bytes:
    return bytes(file.read(settings.ATTACHMENT_MAX_BYTES + 1))


def _too_often() -> Fault:
    return Fault(code=Code.TQ_API_002, values={"seconds": str(int(api_throttle.wait() or 60))})


def _refused(
    request: HttpRequest, actor: Actor, subject: str, faults: list[Fault], *, status: int, for_script: bool
) -> HttpResponse:
    if for_script:
        return answer_json({"accepted": False, "faults": told_faults(faults)}, status=status)
    return _answer(request, actor, subject, problems=[_problem(fault) for fault in faults], status=status)


def _problem(fault: Fault) -> Problem:
    told = sentence(fault)
    text = told.text if fault.path in ("", "file", "kind", "reason") else f"{fault.path}: {told.text}"
    return Problem(text, remedy=told.remedy, code=str(fault.code), example=told.example, basis=told.basis)


def _answer(
    request: HttpRequest, actor: Actor, subject: str, *, problems: list[Problem] | None = None, status: int = 200
) -> HttpResponse:
    """The list alone while it waits for the reader, the panel in another page, or the whole page."""
    context = _context(actor, subject) | {"problems": problems or []}
    if not request.headers.get("HX-Request"):
        return render(request, "attachments/subject.html", context, status=status)
    part = "attachments/_list.html" if request.GET.get("part") == "list" else "attachments/_files.html"
    return render(request, part, context, status=status)


def _context(actor: Actor, subject: str) -> dict[str, Any]:
    found = queries.attached_files(actor=actor, subject=subject)
    on, language = timezone.localdate(now()), get_language() or "vi"
    kinds = kinds_on(on, language)
    can_change = permissions.can_change_subject(actor, subject)
    wanted = [_wanted(paper, found) for paper in required_for(actor, subject, on, language)]
    return {
        "subject": subject,
        "name": subject.partition(":")[2],
        "papers": _papers(actor, found, kinds),
        "waiting": any(one.file.state == State.WAITING for one in found if one.detached_at is None),
        "asked": [one for one in wanted if one.is_present or one.paper.need == "required"],
        "others": [one for one in wanted if not one.is_present and one.paper.need == "conditional"],
        "address": permissions.address_of(subject),
        "can_change": can_change,
        "kinds": kinds_for(subject, on, language),
        "earlier": _earlier(actor, subject, found) if can_change else [],
        "limit": settings.ATTACHMENT_MAX_BYTES // MEGABYTE,
        "at_once": settings.ATTACHMENTS_AT_ONCE,
    }


def _papers(actor: Actor, found: list[Attached], kinds: Sequence[Kind]) -> list[Paper]:
    """Customs reads who put a file there; traders only the names of their own side."""
    words = {kind.code: kind.name for kind in kinds}
    is_customs = permissions.is_customs(actor)
    names = names_of({one.attached_by for one in found}) if is_customs else {actor.reference: actor.name}
    return [
        Paper(
            one=one,
            kind=words.get(one.kind, one.kind),
            by=names.get(one.attached_by, ""),
            why=sentence(one.file.why).text if one.file.why else "",
            can_detach=one.detached_at is None and permissions.can_attach(actor, one.subject, one.file.owner),
        )
        for one in found
    ]


def _wanted(paper: Required, found: list[Attached]) -> Wanted:
    """A paper is there when a file of its kind is, and somebody could read it."""
    good = {one.kind for one in found if one.detached_at is None and one.file.state != State.UNREADABLE}
    return Wanted(paper, bool(good & {paper.kind, *paper.any_of}))


def _earlier(actor: Actor, subject: str, found: list[Attached]) -> list[StoredFile]:
    """Files of the same owner that are not on this subject."""
    try:
        owner = permissions.owner_for(actor, subject)
    except NotAllowed:
        return []
    here = {one.file.id for one in found if one.detached_at is None}
    return [one for one in queries.files_of_owner(actor=actor, owner=owner) if one.id not in here]


@page
@never_cache
@require_safe
def viewer(request: HttpRequest, subject: str) -> HttpResponse:
    """The papers of a subject to look through, as a part of another page or as a page of its own."""
    shown = viewed_now(actor_of_request(request), subject, request.GET)
    template = "attachments/_viewer.html" if request.headers.get("HX-Request") else "attachments/viewer.html"
    return render(request, template, {"viewed": shown, "address": permissions.address_of(subject)})


@page
@require_POST
def reuse(request: HttpRequest, subject: str) -> HttpResponse:
    """Put an earlier file of the same owner on this subject too; nothing is stored again."""
    actor, chosen = actor_of_request(request), request.POST.get("chosen", "")
    file_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
    try:
        attach(actor=actor, file_id=file_id, subject=subject, kind=request.POST.get("kind", ""), at=now())
    except Refused as refused:
        return _refused(request, actor, subject, list(refused.faults), status=422, for_script=False)
    return _back(request, actor, subject)


@page
@require_POST
def take_away(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """Take a file off its subject; the file itself stays with its owner."""
    actor = actor_of_request(request)
    gone = detach(actor=actor, attachment_id=attachment_id, at=now())
    return _back(request, actor, gone.subject)


def _back(request: HttpRequest, actor: Actor, subject: str) -> HttpResponse:
    return (
        _answer(request, actor, subject)
        if request.headers.get("HX-Request")
        else redirect("attachments:subject", subject)
    )
