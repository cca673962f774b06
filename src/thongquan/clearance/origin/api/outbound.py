"""Applications for export certificates over HTTP: the same operations as the pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.origin import outbound_schemas as schemas
from thongquan.clearance.origin.formats.form_e import form_pdf
from thongquan.clearance.origin.operations.outbound import prepare_outbound, save_outbound, submit_outbound
from thongquan.clearance.origin.operations.outbound_answers import (
    cancel_outbound,
    issue_outbound,
    question_outbound,
    refuse_outbound,
    replace_outbound,
)
from thongquan.clearance.origin.operations.outbound_begin import begin_outbound
from thongquan.clearance.origin.outbound_schemas import OutboundBody, OutboundSaveBody, OutboundStepBody
from thongquan.clearance.origin.queries.outbound import examined_application, outbound_file, outbound_list
from thongquan.rules.origin.outbound import Application

router = Router()
_WORDED: dict[str, Callable[..., object]] = {
    "submit": submit_outbound,
    "question": question_outbound,
    "refuse": refuse_outbound,
    "cancel": cancel_outbound,
}


@router.get("/outbound", openapi_extra=described(schemas.LISTED), summary="Applications for export certificates")
def listed(request: HttpRequest, state: str = "", number: str = "") -> HttpResponse:
    """The newest in your scope, narrowed by state or by number (the issuer's, or the reference)."""
    rows, _more = outbound_list(actor=actor_of_request(request), state=state[:12], number=number[:80])
    return answer_json(rows)


@router.post(
    "/outbound",
    openapi_extra=described(schemas.PREPARED, body=schemas.body(OutboundBody)),
    summary="Prepare an export certificate",
)
def prepare(request: HttpRequest) -> HttpResponse:
    """Keep a draft for an enterprise, or begin one from a lodged export; what it is worth stands in its faults."""
    given = read_json(request.body, OutboundBody)
    if given.declaration:
        begun = begin_outbound(
            actor=actor_of_request(request),
            declaration=given.declaration,
            agreement=given.application.agreement,
            form=given.application.form,
            at=now(),
        )
        return answer_json({"id": begun}, status=201)
    made = prepare_outbound(
        actor=actor_of_request(request),
        tax_code=given.tax_code,
        trader_name=given.trader_name,
        office=given.office,
        application=given.application,
        at=now(),
    )
    return answer_json({"id": made}, status=201)


@router.post(
    "/outbound/judge",
    openapi_extra=described(schemas.JUDGED, body=schemas.body(Application)),
    summary="Judge the origin of an export",
)
def judge(request: HttpRequest) -> HttpResponse:
    """Which criterion each line meets, with its derivation, and every fault; nothing is kept."""
    actor_of_request(request)
    return answer_json(examined_application(read_json(request.body, Application), now()))


@router.get("/outbound/{outbound_id}", openapi_extra=described(schemas.SEEN), summary="An application")
def application(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """The application, what it comes to, its marks and its story."""
    return answer_json(outbound_file(actor=actor_of_request(request), outbound=outbound_id, at=now()))


@router.put(
    "/outbound/{outbound_id}",
    openapi_extra=described(schemas.STEPPED, body=schemas.body(OutboundSaveBody)),
    summary="Change an application",
)
def save(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """Keep a changed draft; `edition` guards against somebody else's change in between."""
    given, actor, at = read_json(request.body, OutboundSaveBody), actor_of_request(request), now()
    save_outbound(actor=actor, outbound=outbound_id, application=given.application, edition=given.edition, at=at)
    return answer_json(outbound_file(actor=actor, outbound=outbound_id, at=at))


@router.get("/outbound/{outbound_id}/form.pdf", openapi_extra=described(schemas.PRINTED), summary="The form as PDF")
def printed(request: HttpRequest, outbound_id: int) -> HttpResponse:
    """The boxes of the form, laid out for the issuer, with its marks and the square that proves it."""
    kept = outbound_file(actor=actor_of_request(request), outbound=outbound_id, at=now())
    return HttpResponse(form_pdf(kept, request.build_absolute_uri("/"), now()), content_type="application/pdf")


@router.post(
    "/outbound/{outbound_id}/{step}",
    openapi_extra=described(schemas.STEPPED, body=schemas.body(OutboundStepBody)),
    summary="Take a step of an application",
)
def step(request: HttpRequest, outbound_id: int, step: str) -> HttpResponse:
    """`submit`, `question`, `issue` (number, day and issuer), `refuse`, `cancel` or `replace`."""
    given, actor, at = read_json(request.body or b"{}", OutboundStepBody), actor_of_request(request), now()
    seen = outbound_file(actor=actor, outbound=outbound_id, at=at).row.id
    if step == "issue":
        number, day, issuer = given.number, given.issued_on, given.issuer
        issue_outbound(actor=actor, outbound=seen, number=number, issued_on=day, issuer=issuer, at=at)
    elif step == "replace":
        seen = replace_outbound(actor=actor, outbound=seen, at=at)
    elif step in _WORDED:
        _WORDED[step](actor=actor, outbound=seen, words=given.words, at=at)
    else:
        raise NotFound(step)
    return answer_json(outbound_file(actor=actor, outbound=seen, at=at))
