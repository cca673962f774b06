"""Detached signatures (JWS, RFC 7515 and 7797) and the reading of certificates (RFC 5280). No Django here.

The protected header names the certificate by `x5t#S256` and says `b64: false`: the bytes are signed as they are, be
they JSON, XML or a workbook.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from typing import Any

import jwt
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.api_jws import PyJWS

THUMBPRINT = "x5t#S256"
MAX_SIGNATURE = 8192
_ALGORITHMS = {"RS256": rsa.RSAPublicKey, "PS256": rsa.RSAPublicKey, "EdDSA": ed25519.Ed25519PublicKey}
_CURVES = {"ES256": "secp256r1", "ES384": "secp384r1"}
SMALLEST_RSA_BITS = 2048
_jws = PyJWS(algorithms=[*_ALGORITHMS, *_CURVES])

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def read_certificate(data: bytes) -> x509.Certificate:
    """Read a certificate in PEM or DER. Raises ValueError."""
    if b"-----BEGIN" in data[:4096]:
        return x509.load_pem_x509_certificate(data)
    return x509.load_der_x509_certificate(data)


def read_revocations(data: bytes) -> x509.CertificateRevocationList:
    """Read a list of revoked certificates in PEM or DER. Raises ValueError."""
    if b"-----BEGIN" in data[:4096]:
        return x509.load_pem_x509_crl(data)
    return x509.load_der_x509_crl(data)


def fingerprint_of(certificate: x509.Certificate) -> bytes:
    """SHA-256 of the certificate, 32 bytes."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).digest()


def serial_of(certificate: x509.Certificate) -> str:
    """Serial number in hexadecimal."""
    return f"{certificate.serial_number:x}"


def is_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether the authority's key signed this certificate and its name stands there as issuer."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate is for signing documents: a key of a known kind, no authority, no other key usage."""
    if algorithm_of(certificate.public_key()) is None:
        return False
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.BasicConstraints) and value.ca:
            return False
        if isinstance(value, x509.KeyUsage) and not (value.digital_signature or value.content_commitment):
            return False
    return True


def algorithm_of(key: object) -> str | None:
    """The JWS algorithm that a public key of this kind is used with; None for a kind or size not taken."""
    if isinstance(key, rsa.RSAPublicKey):
        return "RS256" if key.key_size >= SMALLEST_RSA_BITS else None
    if isinstance(key, ec.EllipticCurvePublicKey):
        return next((name for name, curve in _CURVES.items() if curve == key.curve.name), None)
    return "EdDSA" if isinstance(key, ed25519.Ed25519PublicKey) else None


def sign(body: bytes, *, key: PrivateKey, certificate: x509.Certificate) -> str:
    """Sign bytes: a compact JWS without its payload, `header..signature`. Raises ValueError for a key not taken."""
    algorithm = algorithm_of(key.public_key())
    if algorithm is None:
        raise ValueError("key")
    headers = {"b64": False, "crit": ["b64"], THUMBPRINT: _base64url(fingerprint_of(certificate))}
    return _jws.encode(body, key, algorithm=algorithm, headers=headers, is_payload_detached=True)


def thumbprint_in(signature: str) -> bytes | None:
    """Fingerprint of the certificate that a signature names, 32 bytes; None when it cannot be read."""
    if len(signature) > MAX_SIGNATURE or signature.count(".") != 2:
        return None
    try:
        header: dict[str, Any] = _jws.get_unverified_header(signature)
        found = base64.urlsafe_b64decode(str(header[THUMBPRINT]) + "==")
    except (jwt.PyJWTError, KeyError, ValueError):
        return None
    return found if len(found) == hashlib.sha256().digest_size and header.get("b64") is False else None


def is_signature_of(signature: str, body: bytes, certificate: x509.Certificate) -> bool:
    """Whether the signature is over exactly these bytes by the certificate's key, with the algorithm of that key."""
    key = certificate.public_key()
    algorithm = algorithm_of(key)
    allowed = [algorithm, "PS256"] if algorithm == "RS256" else [algorithm]
    if algorithm is None or not isinstance(key, PublicKey):
        return False
    try:
        _jws.decode_complete(signature, key, algorithms=[name for name in allowed if name], detached_payload=body)
    except (jwt.PyJWTError, ValueError, TypeError):
        return False
    return True


def is_valid_at(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether the moment lies within the certificate's time."""
    return certificate.not_valid_before_utc <= at < certificate.not_valid_after_utc


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
