"""Certificates as structured messages over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from thongquan.base.accounts.auth import actor_of_request
from thongquan.base.core.clock import now
from thongquan.base.core.json import answer_json
from thongquan.base.core.openapi import described
from thongquan.clearance.origin import schemas
from thongquan.clearance.origin.formats.eformd import read_message
from thongquan.clearance.origin.operations.entering import enter_certificate

router = Router()
EXAMPLE = (
    "<CertificateOfOrigin><Header><AgreementCode>ATIGA</AgreementCode><FormType>D</FormType>"
    "<ReferenceNumber>D2026-TH-000123</ReferenceNumber><IssuingCountryCode>TH</IssuingCountryCode></Header>"
    "<Items><Item><HSCode>080450</HSCode><Quantity>1200</Quantity><UnitCode>KGM</UnitCode></Item></Items>"
    "</CertificateOfOrigin>"
)
BODY: dict[str, Any] = {"application/xml": {"schema": {"type": "string"}, "example": EXAMPLE}}


@router.post(
    "/messages",
    openapi_extra=described(schemas.REGISTERED, body=BODY),
    summary="Register a certificate from an XML message",
)
def register_message(request: HttpRequest, office: str, tax_code: str, trader_name: str = "") -> HttpResponse:
    """The e-Form D shape (docs/eform-d.md); every fault is told by field or element, nothing is kept before."""
    at = now()
    made = enter_certificate(
        actor=actor_of_request(request),
        office=office[:6],
        tax_code=tax_code[:20],
        trader_name=trader_name[:300],
        written=read_message(request.body, on=timezone.localdate(at)),
        at=at,
    )
    return answer_json({"id": made}, status=201)
