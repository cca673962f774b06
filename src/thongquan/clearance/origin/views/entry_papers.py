"""A paper beside its fields: read in the background, compared by a person, registered or put aside."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from PIL import Image

from thongquan.base.accounts.queries import Actor, actor_of_request, names_of
from thongquan.base.attachments.handing import shown as shown_picture
from thongquan.base.attachments.leaves import drawn_page
from thongquan.base.attachments.queries import content_of
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.signatures.signings import Signing
from thongquan.base.web.guard import page
from thongquan.clearance.origin.entry_labels import KINDS, REVOCATIONS, SIGNINGS, STATES
from thongquan.clearance.origin.entry_states import OPEN, EntryState
from thongquan.clearance.origin.formats.texts import Written
from thongquan.clearance.origin.forms.entry import (
    Holder,
    Read,
    changed_rows,
    label_of,
    posted,
    posted_holder,
    shown_form,
    told,
)
from thongquan.clearance.origin.operations.entering_papers import confirm_entry, drop_entry
from thongquan.clearance.origin.permissions import may, offices_for
from thongquan.clearance.origin.queries import certificate_file
from thongquan.clearance.origin.queries.entering import Entered, entered, entry_of_certificate
from thongquan.clearance.origin.queries.specimens import SpecimenShown, specimens_for
from thongquan.clearance.origin.views.entry import choices_for, language_now
from thongquan.rules.decision import Fault

HIGH, MIDDLE = 0.95, 0.8
QUALITY = 85


@page
@never_cache
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, entry: int) -> HttpResponse:
    """The paper and its fields; `POST` adds a row, puts it aside, or registers what was compared."""
    actor, at = enterer_of(request, entry)
    kept = entered(actor=actor, entry=entry)
    if request.method != "POST":
        if kept.certificate_id:
            return redirect("origin:certificate", kept.certificate_id)
        return _answer(request, actor, kept, _written(kept), _holder(kept))
    language = request.POST.get("language") or language_now()
    written, holder = posted(request.POST, language), posted_holder(request.POST)
    if action := request.POST.get("rows", ""):
        return _answer(request, actor, kept, changed_rows(written, action), holder)
    try:
        made = confirm_entry(
            actor=actor,
            entry=entry,
            office=holder.office,
            tax_code=holder.tax_code,
            trader_name=holder.trader_name,
            written=written,
            compared=bool(request.POST.get("compared")),
            at=at,
        )
    except Refused as refused:
        return _answer(request, actor, kept, written, holder, faults=refused.faults, status=422)
    return redirect("origin:certificate", made)


def enterer_of(request: HttpRequest, entry: int) -> tuple[Actor, datetime]:
    """The person and the moment; who may only look at certificates enters none. Raises `NotFound`, `NotAllowed`."""
    actor = actor_of_request(request, now())
    kept = entered(actor=actor, entry=entry)
    if not may(actor, "origin.register", office=kept.office, tax_code=kept.tax_code):
        raise NotFound(str(entry))
    return actor, now()


@page
@never_cache
@require_GET
def progress(request: HttpRequest, entry: int) -> HttpResponse:
    """How far the machine is; asked for every two seconds, and the whole page once it is done."""
    actor, _at = enterer_of(request, entry)
    kept = entered(actor=actor, entry=entry)
    answer = render(request, "origin/_entry_progress.html", {"kept": kept, "is_reading": _is_reading(kept)})
    if not _is_reading(kept):
        answer["HX-Refresh"] = "true"
    return answer


@page
@require_POST
def drop(request: HttpRequest, entry: int) -> HttpResponse:
    """Put a paper aside."""
    actor, at = enterer_of(request, entry)
    try:
        drop_entry(actor=actor, entry=entry, at=at)
    except Refused as refused:
        kept = entered(actor=actor, entry=entry)
        return _answer(request, actor, kept, _written(kept), _holder(kept), faults=refused.faults, status=422)
    return redirect("origin:entry_file")


@page
@require_GET
def picture(request: HttpRequest, entry: int, place: int) -> HttpResponse:
    """A page of the paper as the machine turned it."""
    kept = entered(actor=actor_of_request(request, now()), entry=entry)
    file, _content = content_of(kept.file_id)
    if not 1 <= place <= max(kept.pages, 1):
        raise NotFound("page")
    drawn = drawn_page(file, place)
    turned = kept.read.turned[place - 1] if place <= len(kept.read.turned) else 0
    return shown_picture(_turned(drawn, turned) if turned and drawn else drawn)


@page
@never_cache
@require_GET
def of_certificate(request: HttpRequest, proof_id: int) -> HttpResponse:
    """The image of a registered certificate beside the specimens of its day, and what was changed by hand."""
    kept = certificate_file(actor=actor_of_request(request, now()), certificate=proof_id)
    source = entry_of_certificate(proof_id)
    on = kept.row.issued_on or timezone.localdate(now())
    context: dict[str, Any] = {
        "kept": kept,
        "entered": source,
        "pages": range(1, max(source.pages, 1) + 1) if source else [],
        "signings": _signings(source) if source else [],
        "specimens": _specimens(kept.row.country, kept.paper.issuer, on) if kept.works else [],
        "by": names_of({source.closed_by}).get(source.closed_by, "") if source and kept.works else "",
        "changed": _changed(source) if source else [],
    }
    return render(request, "origin/entry_of_certificate.html", context)


def _changed(source: Entered) -> list[tuple[str, str, str]]:
    return [(label_of(Fault(code="", path=path)), was, given) for path, was, given in source.changed]


def _signings(kept: Entered) -> list[tuple[Signing, Promise, Promise | str]]:
    return [
        (one, SIGNINGS[one.state], REVOCATIONS.get(one.revocations, ""))
        for one in kept.signings
        if one.state in SIGNINGS
    ]


def _specimens(country: str, issuer: str, on: date) -> list[tuple[SpecimenShown, Promise | str]]:
    found = specimens_for(country=country, issuer=issuer, on=on)
    return [(one, KINDS.get(one.kind, one.kind)) for one in found]


def _turned(drawn: bytes, degrees: int) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(drawn)).rotate(-degrees, expand=True).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _is_reading(kept: Entered) -> bool:
    return kept.state == EntryState.READING


def _can_be_drawn(kept: Entered) -> bool:
    """Whether there is an image: not before it was read, and not of a file that could not even be opened."""
    return not _is_reading(kept) and not any(fault.code.startswith("TQ-ATT") for fault in kept.faults)


def _written(kept: Entered) -> Written:
    return Written(dict(kept.read.fields), [dict(line) for line in kept.read.lines], dict(kept.read.boxes))


def _holder(kept: Entered) -> Holder:
    return Holder(kept.office, kept.tax_code, kept.trader_name)


def _answer(
    request: HttpRequest,
    actor: Actor,
    kept: Entered,
    written: Written,
    holder: Holder,
    *,
    faults: Iterable[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    on = timezone.localdate(now())
    form = shown_form(
        written,
        holder,
        choices_for(actor),
        on=on,
        language=language_now(),
        faults=faults,
        read={path: _sure(one.sure, one.page) for path, one in kept.read.sure.items()},
        blank_rows=1,
    )
    day = written.fields.get("issued_on", "")
    context: dict[str, Any] = {
        "kept": kept,
        "form": form,
        "language": language_now(),
        "problems": form.problems,
        "is_reading": _is_reading(kept),
        "is_open": kept.state in OPEN,
        "state": STATES[kept.state],
        "notes": [told(note) for note in kept.notes],
        "failures": [told(fault) for fault in kept.faults],
        "signings": _signings(kept),
        "pages": range(1, max(kept.pages, 1) + 1) if _can_be_drawn(kept) else [],
        "specimens": _specimens(
            written.fields.get("issuing_country", ""), written.fields.get("issuer", ""), _day(day, on)
        )
        if offices_for(actor, "origin.see")
        else [],
        "works": bool(offices_for(actor, "origin.see")),
    }
    return render(request, "origin/entry_paper.html", context, status=status)


def _sure(sure: float, place: int) -> Read:
    return Read(round(sure * 100), "high" if sure >= HIGH else "middle" if sure >= MIDDLE else "low", place)


def _day(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise
