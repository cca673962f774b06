"""Verbs of signatures: trust an issuer, register and withdraw certificates, verify and keep a signature."""

from thongquan.base.signatures.operations.authorities import (
    PRACTICE_NAME,
    NewCertificate,
    ensure_practice_authority,
    issue_practice_certificate,
    load_revocations,
    trust_authority,
)
from thongquan.base.signatures.operations.certificates import (
    Verified,
    keep_signature,
    register_certificate,
    verify_signature,
    withdraw_certificate,
    words_to_sign,
)
from thongquan.base.signatures.operations.seals import install_seal, request_seal, seal_paper, withdraw_seal

__all__ = [
    "PRACTICE_NAME",
    "NewCertificate",
    "Verified",
    "ensure_practice_authority",
    "install_seal",
    "issue_practice_certificate",
    "keep_signature",
    "load_revocations",
    "register_certificate",
    "request_seal",
    "seal_paper",
    "trust_authority",
    "verify_signature",
    "withdraw_certificate",
    "withdraw_seal",
    "words_to_sign",
]
