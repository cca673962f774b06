"""Files over HTTP: send, list, take, attach, take away."""

from __future__ import annotations

from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.attachments import queries, schemas
from thongquan.base.attachments.handing import handed_out
from thongquan.base.attachments.operations import attach, detach, file_papers, store_file
from thongquan.base.attachments.queries import StoredFile
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.faults import Refused
from thongquan.base.core.json import answer_json, read_json, told_faults
from thongquan.base.core.openapi import described
from thongquan.rules.codes import Code
from thongquan.rules.decision import Fault

router = Router(tags=["files"], auth=api_auth, throttle=api_throttle)


@router.post("/", openapi_extra=described(schemas.STORED, body=schemas.UPLOAD_BODY), summary="Send a file")
def send(request: HttpRequest) -> HttpResponse:
    """Store a file, for an owner or straight on a subject; 422 with everything that speaks against it."""
    name, content, words = _sent(request)
    actor, at = actor_of_request(request), now()
    if subject := words.get("subject", ""):
        papers = [(name, content)] if content else []
        done = file_papers(actor=actor, subject=subject, papers=papers, kind=words.get("kind", ""), at=at)
        return answer_json({**_told(done[0].file), "attached": done[0].id, "kind": done[0].kind}, status=201)
    stored = store_file(actor=actor, owner=words.get("owner", ""), name=name, content=content, at=at)
    return answer_json(_told(stored), status=201)


def _sent(request: HttpRequest) -> tuple[str, bytes, dict[str, str]]:
    """Name and content of the file and the other fields. Raises `Refused` for a body that is no form."""
    try:
        file = request.FILES.get("file")
        words = {key: str(request.POST.get(key, "")).replace("\x00", "")[:200] for key in ("owner", "subject", "kind")}
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation) as error:
        raise Refused([Fault(code=Code.TQ_FMT_001, path="file")]) from error
    if file is None:
        raise Refused([Fault(code=Code.TQ_ATT_001, path="file")])
    return file.name or "", file.read(settings.ATTACHMENT_MAX_BYTES + 1), words


def _told(file: StoredFile) -> dict[str, Any]:
    """A file as the API gives it, with the sentence of why it could not be read."""
    return {**msgspec.structs.asdict(file), "faults": told_faults([file.why] if file.why else [])}


@router.get("/", openapi_extra=described(schemas.LISTED), summary="List files of a subject or of an owner")
def listed(request: HttpRequest, subject: str = "", owner: str = "") -> HttpResponse:
    """What is attached to a subject, oldest first; or the newest files of an owner."""
    actor = actor_of_request(request)
    if "\x00" in subject + owner or not subject + owner:
        raise NotFound("files")
    if subject:
        return answer_json({"files": queries.attached_files(actor=actor, subject=subject)})
    return answer_json({"files": queries.files_of_owner(actor=actor, owner=owner)})


@router.get("/{file_id}", openapi_extra=described(schemas.FOUND), summary="Read what is known of a file")
def found(request: HttpRequest, file_id: int) -> HttpResponse:
    """State, pages, size, sheets, first words."""
    return answer_json(_told(queries.file_for(actor=actor_of_request(request), file_id=file_id)))


@router.get("/{file_id}/content", openapi_extra=described(schemas.CONTENT), summary="Take a file")
def content(request: HttpRequest, file_id: int) -> HttpResponse:
    """The file to keep; a picture of somebody else comes without place and device."""
    return handed_out(*queries.handed_out(actor=actor_of_request(request), file_id=file_id))


@router.post(
    "/{file_id}/attach",
    openapi_extra=described(schemas.ATTACHED, body=schemas.ATTACH_BODY),
    summary="Put a file on a subject",
)
def put(request: HttpRequest, file_id: int) -> HttpResponse:
    """Attach a stored file; what is attached already stays as it is."""
    body = read_json(request.body, schemas.AttachBody)
    done = attach(
        actor=actor_of_request(request),
        file_id=file_id,
        subject=body.subject,
        kind=body.kind,
        audience=body.audience,
        at=now(),
    )
    return answer_json(done)


@router.delete(
    "/attached/{attachment_id}", openapi_extra=described(schemas.DETACHED), summary="Take a file off its subject"
)
def taken_away(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """The row stays for customs, the file with its owner."""
    return answer_json(detach(actor=actor_of_request(request), attachment_id=attachment_id, at=now()))
