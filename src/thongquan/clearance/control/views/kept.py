"""The act at the yard: what the device kept comes in here, and the worker that opens the page without network."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import time_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.web.guard import page
from thongquan.clearance.control.operations.keeping import (
    FINDING,
    LINE,
    LONGEST_KEY,
    PLACE,
    Entry,
    Received,
    receive_entries,
    receive_photo,
)
from thongquan.clearance.control.permissions import check_may_read, inspector_offices
from thongquan.clearance.control.schemas import KeptBody, KeptEntryBody
from thongquan.clearance.control.views.common import actor_of_page
from thongquan.clearance.declarations.queries import stand_of
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

KEY = re.compile(rf"[\w-]{{8,{LONGEST_KEY}}}")


@page
@never_cache
@require_POST
def kept(request: HttpRequest, number: str) -> HttpResponse:
    """Entries of an act as JSON; the answer says what came of each."""
    actor, at = actor_of_page(request), now()
    check_may_read(actor, stand_of(actor=actor, number=number))
    try:
        body = read_json(request.body, KeptBody)
        entries = [_entry(one) for one in body.entries]
    except Refused as refused:
        return answer_json({"faults": told_faults(refused.faults)}, status=422)
    done = receive_entries(actor=actor, number=number, act=body.act, entries=entries, at=at)
    return answer_json({"at": _clock(at), "answers": [_told(one) for one in done]})


@page
@never_cache
@require_POST
def photo(request: HttpRequest, number: str) -> HttpResponse:
    """A picture of an act with its key, as a form."""
    actor, at, posted = actor_of_page(request), now(), request.POST
    check_may_read(actor, stand_of(actor=actor, number=number))
    file, key, act = request.FILES.get("file"), posted.get("key", ""), posted.get("act", "")
    if file is None or not KEY.fullmatch(key) or not (act.isascii() and act.isdigit() and len(act) < 19):
        return answer_json({"faults": told_faults([Fault(code=Code.TQ_ATT_001, path="file")])}, status=422)
    done = receive_photo(
        actor=actor,
        number=number,
        act=int(act),
        key=key,
        name=file.name or "",
        content=bytes(file.read(settings.ATTACHMENT_MAX_BYTES + 1)),
        typed_at=_moment(posted.get("typed_at", "")) or at,
        at=at,
    )
    return answer_json({"at": _clock(at), "answers": [_told(done)]})


@page
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps acts at hand; served here so that it may answer for the addresses of control."""
    if not inspector_offices(actor_of_page(request)):
        raise NotAllowed("control.check")
    return render(request, "control/act_worker.js", {"static": settings.STATIC_URL}, content_type="text/javascript")


def _entry(body: KeptEntryBody) -> Entry:
    """One thing under one key. Raises `Refused` (TQ-CTL-005) for anything else."""
    said = {PLACE: body.place, LINE: body.line, FINDING: body.finding}
    given = [(kind, one) for kind, one in said.items() if one is not None]
    if len(given) != 1 or not KEY.fullmatch(body.key):
        values = {"allowed": ", ".join(said)}
        raise Refused([Fault(code=Code.TQ_CTL_005, path="entries", value=body.key[:40], values=values)])
    kind, one = given[0]
    fields: dict[str, Any] = msgspec.structs.asdict(one)
    return Entry(
        key=body.key, kind=kind, said=fields, version=body.version, typed_at=_aware(body.typed_at), seen=body.seen
    )


def _told(one: Received) -> dict[str, Any]:
    told = {"key": one.key, "state": one.state, "seen": one.seen, "theirs": one.theirs, "by": one.by}
    return {**told, "faults": told_faults(one.faults)}


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return _aware(found) if found else None


def _aware(moment: datetime) -> datetime:
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _clock(at: datetime) -> str:
    return time_format(timezone.localtime(at), "H:i")
