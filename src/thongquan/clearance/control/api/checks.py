"""Document checks, inspections, samples and duty over HTTP: the same operations as the pages."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request, api_auth, api_throttle
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.control import openapi_checks as words
from thongquan.clearance.control.operations import acts, checks, duty, inspections, samples
from thongquan.clearance.control.queries.checks import Point, check_file
from thongquan.clearance.control.queries.due import due_of
from thongquan.clearance.control.queries.inspections import Measured, inspection_file
from thongquan.clearance.control.queries.lists import documents_to_check, goods_to_inspect
from thongquan.clearance.control.queries.samples import specialized_of
from thongquan.clearance.control.schemas import (
    FindingBody,
    LineBody,
    NoteBody,
    PlaceBody,
    PointBody,
    ReassignmentBody,
    RemovalBody,
    SampleResultBody,
    SamplesBody,
    SignatureBody,
    SpecializedBody,
    SpecializedResultBody,
    TurnBody,
)

router = Router(tags=["control"], auth=api_auth, throttle=api_throttle)
as_dict = msgspec.structs.asdict


@router.get("/documents", openapi_extra=described(words.LISTED), summary="Documents to check at my offices")
def documents(request: HttpRequest) -> HttpResponse:
    """Live and perishable goods first, then whoever presented first."""
    return answer_json(documents_to_check(actor=actor_of_request(request), at=now()))


@router.get("/inspections", openapi_extra=described(words.LISTED), summary="Goods to inspect at my offices")
def goods(request: HttpRequest) -> HttpResponse:
    """In the order of inspection, with the officers drawn; `is_mine` marks one's own."""
    return answer_json(goods_to_inspect(actor=actor_of_request(request), at=now()))


@router.get("/{number}/checks", openapi_extra=described(words.SHOWN), summary="Checks of a declaration")
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """What is due and by which article not, the document check, the act, specialized inspections."""
    return _checks(actor_of_request(request), number)


@router.post("/{number}/documents", openapi_extra=described(words.DONE), summary="Begin a document check")
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the check of the version in force, or go on with the open one."""
    actor = actor_of_request(request)
    checks.open_document_check(actor=actor, number=number, at=now())
    return _checks(actor, number)


@router.post("/{number}/documents/point", openapi_extra=described(words.DONE, body=words.POINT), summary="Save a point")
def point(request: HttpRequest, number: str) -> HttpResponse:
    """What one point came to: `agrees`, `differs`, `missing`, or empty for not yet."""
    actor, body = actor_of_request(request), read_json(request.body, PointBody)
    checks.save_point(actor=actor, number=number, at=now(), **as_dict(body))
    return _checks(actor, number)


@router.post(
    "/{number}/documents/conclude",
    openapi_extra=described(words.DONE, body=words.NOTE),
    summary="Conclude a document check",
)
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """422 names everything that keeps it open."""
    body = read_json(request.body or b"{}", NoteBody)
    stand = checks.conclude_document_check(actor=actor_of_request(request), number=number, at=now(), note=body.note)
    return answer_json(stand)


@router.post("/{number}/inspection", openapi_extra=described(words.DONE), summary="Draw two inspectors")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Two officers on duty, drawn; nobody can choose them."""
    return answer_json(inspections.assign_inspection(actor=actor_of_request(request), number=number, at=now()))


@router.post(
    "/{number}/inspection/reassign",
    openapi_extra=described(words.DONE, body=words.REASSIGNMENT),
    summary="Replace an inspector",
)
def reassign(request: HttpRequest, number: str) -> HttpResponse:
    """By the team leader, with a reason; who comes next is drawn."""
    actor, body = actor_of_request(request), read_json(request.body, ReassignmentBody)
    return answer_json(inspections.reassign_officer(actor=actor, number=number, at=now(), **as_dict(body)))


@router.post(
    "/{number}/inspection/place", openapi_extra=described(words.DONE, body=words.PLACE), summary="Place and words"
)
def place(request: HttpRequest, number: str) -> HttpResponse:
    """Where the goods stood, and the words of the act."""
    actor, body = actor_of_request(request), read_json(request.body, PlaceBody)
    acts.save_place(actor=actor, number=number, place=body.place, note=body.note, at=now())
    return _checks(actor, number)


@router.post(
    "/{number}/inspection/line", openapi_extra=described(words.DONE, body=words.LINE), summary="Save a line of the act"
)
def line(request: HttpRequest, number: str) -> HttpResponse:
    """What was counted and weighed; what was declared stays as it is."""
    actor, body = actor_of_request(request), read_json(request.body, LineBody)
    acts.save_line(actor=actor, number=number, measured=Measured(**as_dict(body)), at=now())
    return _checks(actor, number)


@router.post(
    "/{number}/inspection/finding", openapi_extra=described(words.MADE, body=words.FINDING), summary="Note a finding"
)
def finding(request: HttpRequest, number: str) -> HttpResponse:
    """A coded finding, the found value apart from the declared one."""
    actor, body = actor_of_request(request), read_json(request.body, FindingBody)
    made = acts.note_finding(actor=actor, number=number, at=now(), **as_dict(body))
    return answer_json({"finding": made}, status=201)


@router.post(
    "/{number}/inspection/finding/remove",
    openapi_extra=described(words.DONE, body=words.REMOVAL),
    summary="Take a finding back",
)
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """Only while the act is open."""
    actor, body = actor_of_request(request), read_json(request.body, RemovalBody)
    acts.take_back_finding(actor=actor, number=number, finding_id=body.finding, at=now())
    return _checks(actor, number)


@router.post(
    "/{number}/inspection/samples", openapi_extra=described(words.MADE, body=words.SAMPLES), summary="Take samples"
)
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Under seals, sent to a laboratory."""
    actor, body = actor_of_request(request), read_json(request.body, SamplesBody)
    made = samples.take_samples(actor=actor, number=number, at=now(), **as_dict(body))
    return answer_json({"sample": made}, status=201)


@router.post(
    "/{number}/inspection/samples/result",
    openapi_extra=described(words.DONE, body=words.SAMPLE_RESULT),
    summary="Enter an analysis",
)
def analyzed(request: HttpRequest, number: str) -> HttpResponse:
    """The laboratory's result; a difference becomes a finding."""
    actor, body = actor_of_request(request), read_json(request.body, SampleResultBody)
    given = {name: value for name, value in as_dict(body).items() if name != "sample"}
    samples.enter_sample_result(actor=actor, number=number, sample_id=body.sample, at=now(), **given)
    return _checks(actor, number)


@router.post(
    "/{number}/inspection/sign", openapi_extra=described(words.DONE, body=words.SIGNATURE), summary="Sign an act"
)
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """By digest, as read; the second officer's signature concludes the inspection."""
    actor, body = actor_of_request(request), read_json(request.body, SignatureBody)
    acts.sign_act(actor=actor, number=number, digest=body.digest, at=now())
    return _checks(actor, number)


@router.post(
    "/{number}/specialized",
    openapi_extra=described(words.DONE, body=words.SPECIALIZED),
    summary="Ask for a specialized inspection",
)
def specialized(request: HttpRequest, number: str) -> HttpResponse:
    """Ask another agency, for some lines or all."""
    actor, body = actor_of_request(request), read_json(request.body, SpecializedBody)
    return answer_json(samples.request_specialized(actor=actor, number=number, at=now(), **as_dict(body)))


@router.post(
    "/{number}/specialized/result",
    openapi_extra=described(words.DONE, body=words.SPECIALIZED_RESULT),
    summary="Enter a specialized inspection's result",
)
def specialized_result(request: HttpRequest, number: str) -> HttpResponse:
    """`passed` or `failed`, with the number of its paper."""
    actor, body = actor_of_request(request), read_json(request.body, SpecializedResultBody)
    return answer_json(samples.enter_specialized_result(actor=actor, number=number, at=now(), **as_dict(body)))


@router.post("/duty", openapi_extra=described(words.MADE, body=words.TURN), summary="Put an officer on duty")
def turn(request: HttpRequest) -> HttpResponse:
    """By the team leader of the office."""
    actor, body = actor_of_request(request), read_json(request.body, TurnBody)
    return answer_json({"turn": duty.enter_turn(actor=actor, at=now(), **as_dict(body))}, status=201)


def _checks(actor: Actor, number: str) -> HttpResponse:
    documents, inspection = check_file(actor=actor, number=number), inspection_file(actor=actor, number=number)
    stand = documents.stand
    told: dict[str, Any] = {
        "number": stand.number,
        "due": due_of(stand),
        "documents": {
            **{name: getattr(documents, name) for name in ("id", "version", "outcome", "opened_at", "concluded_at")},
            "points": [_point(one) for one in documents.points],
        },
        "inspection": inspection.act,
        "specialized": specialized_of(stand.key),
    }
    return answer_json(told)


def _point(one: Point) -> dict[str, Any]:
    """A point with what is declared on it; its words are those of the law."""
    names = ("outcome", "line", "declared", "found", "note")
    return {
        "code": one.law.code,
        "names": dict(one.law.names),
        "source": one.law.source,
        "verified": one.law.verified,
        "declares": [[str(label), value] for label, value in one.values],
        **{name: getattr(one, name) for name in names},
    }
