"""Verifications of certificates over HTTP: the same operations as the pages."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed, NotFound
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.origin import operations, verification_schemas
from thongquan.clearance.origin.permissions import offices_for
from thongquan.clearance.origin.queries import verification_file, verifications
from thongquan.clearance.origin.queries.statistics import BYS, outcomes
from thongquan.clearance.origin.verification_schemas import VerificationBody, VerificationStepBody

router = Router()
_STEPS: dict[str, tuple[Callable[..., object], tuple[str, ...], dict[str, str]]] = {
    "explain": (operations.ask_explanation, ("words",), {}),
    "documents": (operations.ask_documents, ("words",), {}),
    "answer": (operations.answer_question, ("question", "words"), {}),
    "request": (operations.write_letter, ("addressee", "contact", "words"), {"kind": "request"}),
    "remind": (operations.write_letter, ("addressee", "contact", "words"), {"kind": "reminder"}),
    "visit": (operations.write_letter, ("addressee", "contact", "words"), {"kind": "visit"}),
    "sign": (operations.sign_letter, ("letter",), {}),
    "consent": (operations.record_consent, ("consents", "words"), {}),
    "record": (operations.record_answer, ("answer", "words"), {}),
    "report_due": (operations.start_report, ("words",), {}),
    "report": (operations.record_report, ("words",), {}),
    "note": (operations.write_note, ("words",), {}),
    "close": (operations.close_verification, ("outcome", "words", "lines"), {}),
}
"""Each step with its operation, the fields of the body it reads, and what the step itself says."""


@router.get("/verifications", openapi_extra=described(verification_schemas.LISTED), summary="Verifications of origin")
def listed(request: HttpRequest, state: str = "", text: str = "") -> HttpResponse:
    """The newest in your scope, narrowed by state, or by number, exporter, issuer or trader."""
    rows, _more = verifications(
        actor=actor_of_request(request), at=now(), state=state[:10], text=text[:80].replace("\x00", "")
    )
    return answer_json(rows)


@router.post(
    "/verifications",
    openapi_extra=described(verification_schemas.OPENED, body=verification_schemas.body(VerificationBody)),
    summary="Open a verification",
)
def opened(request: HttpRequest) -> HttpResponse:
    """Open a case on certificates in doubt: the findings of their last checks are carried over."""
    given = read_json(request.body, VerificationBody)
    made = operations.open_verification(
        actor=actor_of_request(request),
        certificates=given.certificates,
        words=given.words,
        carry=given.carry,
        at=now(),
    )
    return answer_json({"id": made}, status=201)


@router.get(
    "/verifications/statistics",
    openapi_extra=described(verification_schemas.COUNTED),
    summary="Statistics of verifications",
)
def statistics(request: HttpRequest, by: str = "issuer") -> HttpResponse:
    """Outcomes by issuer, exporter, agreement or month, each share with its interval, for officers."""
    actor = actor_of_request(request)
    if not offices_for(actor, "origin.see"):
        raise NotAllowed("origin.see")
    wanted = next((one for one in BYS if one == by), None)
    if wanted is None:
        raise NotFound(by)
    return answer_json(outcomes(actor=actor, by=wanted))


@router.get(
    "/verifications/{verification_id}", openapi_extra=described(verification_schemas.SEEN), summary="A verification"
)
def seen(request: HttpRequest, verification_id: int) -> HttpResponse:
    """The case with its certificates, questions, letters, clocks and story, as far as they are yours to read."""
    return answer_json(verification_file(actor=actor_of_request(request), verification=verification_id, at=now()))


@router.post(
    "/verifications/{verification_id}/{step}",
    openapi_extra=described(verification_schemas.STEPPED, body=verification_schemas.body(VerificationStepBody)),
    summary="Take a step of a verification",
)
def stepped(request: HttpRequest, verification_id: int, step: str) -> HttpResponse:
    """explain, documents, answer, request, remind, visit, sign, consent, record, report_due, report, note or close."""
    actor, at = actor_of_request(request), now()
    verification_file(actor=actor, verification=verification_id, at=at)
    if step not in _STEPS:
        raise NotFound(step)
    operation, names, fixed = _STEPS[step]
    given = msgspec.structs.asdict(read_json(request.body, VerificationStepBody))
    operation(actor=actor, verification=verification_id, at=at, **{name: given[name] for name in names}, **fixed)
    return answer_json(verification_file(actor=actor, verification=verification_id, at=now()))
