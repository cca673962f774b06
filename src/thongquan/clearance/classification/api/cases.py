"""Findings and cases of two codes over HTTP, for officers: the same operations as the pages."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.accounts.queries import Actor
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json, read_json
from thongquan.base.core.openapi import described
from thongquan.clearance.classification import two_code_schemas as schemas
from thongquan.clearance.classification.operations.case_requests import decline_code, give_code
from thongquan.clearance.classification.operations.cases import close_case, reopen_case
from thongquan.clearance.classification.operations.judging import OUTCOMES, judge_finding, take_back_outcome
from thongquan.clearance.classification.permissions import check_anywhere
from thongquan.clearance.classification.queries.cases import case_file, cases
from thongquan.clearance.classification.queries.findings import finding_file, findings

router = Router()


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of_request(request)
    check_anywhere(actor, "classification.see")
    return actor


@router.get("/findings", openapi_extra=described(schemas.FINDINGS), summary="Findings of two codes")
def listed(request: HttpRequest, outcome: str = "", text: str = "") -> HttpResponse:
    """Open ones of your offices, or those of an outcome (`any` for all), narrowed by goods, code or importer."""
    chosen = outcome if outcome in (*OUTCOMES, "any") else ""
    rows, _more = findings(actor=_officer(request), outcome=chosen, text=text[:80].replace("\x00", ""))
    return answer_json(rows)


@router.get("/findings/{finding}", openapi_extra=described(schemas.FINDING), summary="A finding of two codes")
def found(request: HttpRequest, finding: int) -> HttpResponse:
    """Both lines, duties under both codes, how often each code was declared, and what officers said."""
    return answer_json(finding_file(actor=_officer(request), finding=finding))


@router.post(
    "/findings/{finding}/outcome",
    openapi_extra=described(
        schemas.FINDING, body=schemas.body(schemas.OutcomeBody, {"outcome": "second", "words": "Cùng model"})
    ),
    summary="Say what a finding came to",
)
def judged(request: HttpRequest, finding: int) -> HttpResponse:
    """Keep an outcome; it can be taken back, and is never written over."""
    given, actor = read_json(request.body, schemas.OutcomeBody), _officer(request)
    judge_finding(actor=actor, finding=finding, outcome=given.outcome, words=given.words, at=now())
    return answer_json(finding_file(actor=actor, finding=finding))


@router.post("/findings/{finding}/take-back", openapi_extra=described(schemas.FINDING), summary="Take an outcome back")
def taken_back(request: HttpRequest, finding: int) -> HttpResponse:
    """The finding is open again; what was said stays in its story."""
    actor = _officer(request)
    take_back_outcome(actor=actor, finding=finding, at=now())
    return answer_json(finding_file(actor=actor, finding=finding))


@router.get("/cases", openapi_extra=described(schemas.CASES), summary="Cases of two codes")
def listed_cases(request: HttpRequest, state: str = "open") -> HttpResponse:
    """Goods that hang together by findings: cases that are open, closed, waiting for a code, or `any`."""
    chosen = state if state in ("open", "closed", "waiting", "any") else "open"
    return answer_json(cases(actor=_officer(request), state=chosen)[0])


@router.get("/cases/{case}", openapi_extra=described(schemas.CASE), summary="A case of two codes")
def one_case(request: HttpRequest, case: int) -> HttpResponse:
    """A case; one merged into another answers as the one that stays."""
    return answer_json(case_file(actor=_officer(request), case=case))


@router.post(
    "/cases/{case}/close",
    openapi_extra=described(
        schemas.CASE,
        body=schemas.body(schemas.CaseBody, {"becomes": "audit", "words": "Ba tờ khai cùng mặt hàng, khác mã"}),
    ),
    summary="Make something of a case",
)
def closed(request: HttpRequest, case: int) -> HttpResponse:
    """Close it as an instruction, a request for a ruling, an audit, a notice, or nothing."""
    given, actor = read_json(request.body, schemas.CaseBody), _officer(request)
    close_case(actor=actor, case=case, becomes=given.becomes, words=given.words, at=now())
    return answer_json(case_file(actor=actor, case=case))


@router.post(
    "/cases/{case}/reopen",
    openapi_extra=described(schemas.CASE, body=schemas.body(schemas.ReopenBody, {"words": "Có tờ khai mới"})),
    summary="Open a case again",
)
def reopened(request: HttpRequest, case: int) -> HttpResponse:
    """Open a closed case again."""
    given, actor = read_json(request.body, schemas.ReopenBody), _officer(request)
    reopen_case(actor=actor, case=case, words=given.words, at=now())
    return answer_json(case_file(actor=actor, case=case))


@router.post(
    "/cases/{case}/code",
    openapi_extra=described(
        schemas.CASE,
        body=schemas.body(
            schemas.CodeBody, {"hs": "85176249", "number": "12/TB-PL", "reasons": "Thiết bị định tuyến, quy tắc 1 và 6"}
        ),
    ),
    summary="Give the code that a case asks for",
)
def given(request: HttpRequest, case: int) -> HttpResponse:
    """Another person than who asked: the code becomes a precedent for everyone and is published."""
    told, actor = read_json(request.body, schemas.CodeBody), _officer(request)
    give_code(actor=actor, case=case, at=now(), **msgspec.structs.asdict(told))
    return answer_json(case_file(actor=actor, case=case))


@router.post(
    "/cases/{case}/decline",
    openapi_extra=described(schemas.CASE, body=schemas.body(schemas.ReopenBody, {"words": "Chưa đủ tài liệu"})),
    summary="Give no code for a case",
)
def declined(request: HttpRequest, case: int) -> HttpResponse:
    """Say why no code is given; the case stays closed and can be opened again."""
    told, actor = read_json(request.body, schemas.ReopenBody), _officer(request)
    decline_code(actor=actor, case=case, words=told.words, at=now())
    return answer_json(case_file(actor=actor, case=case))
