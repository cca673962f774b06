"""What a request holds: the document in its body, its key, its signature; and how a decision is answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from thongquan.base.core.faults import Refused
from thongquan.base.core.json import read_json, told_faults
from thongquan.clearance.declarations.formats.wco import read_declaration
from thongquan.rules.codes import Code
from thongquan.rules.decision import Decision, Fault
from thongquan.rules.document import Document

XML_TYPES = frozenset({"application/xml", "text/xml"})
MAX_KEY = 128
SIGNATURE = "Signature-JWS"


def check_size(request: HttpRequest) -> None:
    """TQ-API-003: the body is too large."""
    if len(request.body) > settings.MAX_UPLOAD_BYTES:
        raise Refused([Fault(code=Code.TQ_API_003, values={"limit": str(settings.MAX_UPLOAD_BYTES // 2**20)})])


def document_of(request: HttpRequest) -> tuple[Document, str]:
    """The document in a request's body and its door. Raises `Refused` for a body that cannot be read."""
    check_size(request)
    if (request.content_type or "").lower() in XML_TYPES:
        return read_declaration(request.body).document, "wco"
    return read_json(request.body, Document), "api"


def decision_answer(decision: Decision) -> dict[str, Any]:
    """A decision as the API gives it: every fault and reason with its sentence."""
    answer: dict[str, Any] = {name: getattr(decision, name) for name in decision.__struct_fields__}
    answer["faults"] = told_faults(decision.faults)
    answer["reasons"] = [_reason(reason) for reason in decision.reasons]
    return answer


def _reason(reason: Any) -> dict[str, object]:
    fault = Fault(code=reason.code, line=reason.line, values=reason.values)
    return {**told_faults([fault])[0], "channel": reason.channel, "source": reason.source}


def idempotency_key(request: HttpRequest) -> str:
    """The key that makes a repeated request harmless, '' when there is none. Raises `Refused` for one too long."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > MAX_KEY or "\x00" in key:
        values = {"max": str(MAX_KEY)}
        raise Refused([Fault(code=Code.TQ_DEC_002, path="Idempotency-Key", value=key[:40], values=values)])
    return key
