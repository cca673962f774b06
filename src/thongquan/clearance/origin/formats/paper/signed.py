"""Signatures of a PDF: who signed, whether it is whole, whether it was changed since, whether we trust the issuer.

Nothing is fetched: trust rests on the certificates handed in, revocations on what those name (`base.signatures`).
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from thongquan.clearance.origin.formats.paper.shape import Asked, Signing

MOST = 10
TROUBLE = (SignatureValidationError, SigningError, PdfReadError, ValueError, TypeError, KeyError, AttributeError)


def signings_of(asked: Asked, loop: asyncio.AbstractEventLoop) -> list[Signing]:
    """Each signature of the document in its order, none where none can be read. `loop` was made outside the walls."""
    try:
        reader = PdfFileReader(io.BytesIO(asked.content), strict=False)
        embedded = reader.embedded_regular_signatures[:MOST]
    except TROUBLE:
        return []
    roots, others = list(_read(asked.roots)), list(_read(asked.others))
    return [_signing(one, roots, others, loop) for one in embedded]


def _read(given: list[bytes]) -> Iterator[x509.Certificate]:
    for data in given:
        body = pem.unarmor(data)[2] if pem.detect(data) else data
        yield x509.Certificate.load(body)


def _signing(
    one: EmbeddedPdfSignature,
    roots: list[x509.Certificate],
    others: list[x509.Certificate],
    loop: asyncio.AbstractEventLoop,
) -> Signing:
    signer = one.signer_cert
    said = one.self_reported_timestamp
    told: dict[str, Any] = {
        "signer": signer.subject.human_friendly if signer else "",
        "issuer": signer.issuer.human_friendly if signer else "",
        "at": said.isoformat() if said else "",
    }
    context = ValidationContext(trust_roots=roots, other_certs=others, allow_fetching=False)
    try:
        status = loop.run_until_complete(async_validate_pdf_signature(one, signer_validation_context=context))
    except TROUBLE:
        return Signing(state="broken", **told)
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Signing(state=_state(status), covers_all=covers, **told)


def _state(status: PdfSignatureStatus) -> str:
    if not status.intact or not status.valid:
        return "broken" if status.intact else "changed"
    if status.modification_level == ModificationLevel.OTHER or not status.docmdp_ok:
        return "changed"
    if status.revoked:
        return "revoked"
    if status.trusted:
        return "valid"
    return "expired" if "EXPIRED" in str(status.trust_problem_indic).upper() else "unknown_issuer"
