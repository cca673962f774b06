"""What is told of a signature in a PDF: light to import, so that pages and readers share it. No Django here."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """A signature in a PDF: who, when (ISO), and what it is worth.

    `state`: valid, changed, unknown_issuer, expired, revoked, broken. `revocations` tells what a signature of a trusted
    issuer was held against: `held` a list in force, `outdated` one whose time is over (until `list_until`, ISO), or
    `missing`; empty where nothing was to be held.
    """

    state: str
    signer: str = ""
    issuer: str = ""
    at: str = ""
    covers_all: bool = False
    revocations: str = ""
    list_until: str = ""


class Trusted(msgspec.Struct, frozen=True, kw_only=True):
    """Issuers trusted here and their lists of revoked certificates (DER), as they stand at a moment."""

    roots: list[bytes] = []
    lists: list[bytes] = []
    at: datetime
