"""Signing a PDF so that any reader of PDFs shows who signed and that nothing was changed (PAdES, ETSI EN 319 142-1).

No Django here. The library drives itself by an event loop; each call has one of its own, whatever runs outside.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from thongquan.base.signatures.papers import signings_in, trust_in
from thongquan.base.signatures.signings import Signing, Trusted

FIELD = "Signature1"
T = TypeVar("T")


class Sealing(msgspec.Struct, frozen=True, kw_only=True):
    """With what a paper is signed: the certificate, its issuer's and its key, and what the signature says."""

    certificate: bytes
    issuer: bytes
    key: bytes
    name: str
    reason: str
    location: str


def sealed(content: bytes, sealing: Sealing) -> bytes:
    """The PDF with a signature over all of it; `key` is PEM, certificates are DER."""
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(sealing.certificate),
        signing_key=keys.PrivateKeyInfo.load(_pkcs8(sealing.key)),
        cert_registry=_store(sealing.issuer),
    )
    wanted = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=sealing.name,
        reason=sealing.reason,
        location=sealing.location,
    )

    def work() -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        return bytes(signers.sign_pdf(writer, wanted, signer=signer).getbuffer())

    return _apart(work)


def signings_of_paper(content: bytes, trusted: Trusted) -> list[Signing]:
    """The signatures of a PDF of our own making, held against what is trusted; papers of others are read in walls."""

    def work() -> list[Signing]:
        loop = asyncio.new_event_loop()
        try:
            return signings_in(content, trust_in(trusted.roots, trusted.at, lists=trusted.lists), loop)
        finally:
            loop.close()

    return _apart(work)


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key to seal with (P-256)."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A key as it is kept in its file."""
    pkcs8, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, pkcs8, bare)


def request_pem(key: ec.EllipticCurvePrivateKey, name: x509.Name) -> bytes:
    """A request for a certificate (PKCS #10) as an authority takes it."""
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM)


def _store(issuer: bytes) -> SimpleCertificateStore:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library does not annotate it
    store.register(asn1.Certificate.load(issuer))
    return store


def _pkcs8(pem: bytes) -> bytes:
    key = serialization.load_pem_private_key(pem, None)
    pkcs8, bare = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.DER, pkcs8, bare)


def _apart(work: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(work).result()
