"""The shapes of an export's lines and of a proof file: written by queries, read by verification. No Django."""

from __future__ import annotations

from typing import Any

import msgspec

from thongquan.base.ledger.encoding import leaf_of

EXPORT_FORMAT = "thongquan-ledger-export-1"
PROOF_FORMAT = "thongquan-ledger-proof-1"


class Sealed(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A sealed entry as the database holds it. `hash` stands in the tree, `leaf` in the entry; both hexadecimal.

    `details_hex` replaces `details` when the bytes are no text any more; `xid` is None when the entry's row is gone.
    """

    index: int
    hash: str
    id: int
    xid: int | None = None
    at: str | None = None
    actor: str = ""
    action: str = ""
    subject: str = ""
    details: str | None = None
    details_hex: str | None = None
    salt: str = ""
    leaf: str = ""

    def details_bytes(self) -> bytes:
        """The details as they are hashed."""
        return bytes.fromhex(self.details_hex) if self.details_hex is not None else (self.details or "").encode()

    def recomputed(self) -> str:
        """The leaf hash over the content that stands here."""
        return leaf_of(
            at=self.at or "",
            actor=self.actor,
            action=self.action,
            subject=self.subject,
            details=self.details_bytes(),
            salt=bytes.fromhex(self.salt),
        ).hex()


class EntryLine(Sealed, tag="entry"):
    """An entry of an export, with level and hash of each cached subtree that it completed."""

    nodes: list[tuple[int, str]] = []


class ProofEntry(Sealed):
    """An entry of a proof, with the audit path from its leaf to the head's root."""

    path: list[str] = []


class HeaderLine(msgspec.Struct, tag="header", kw_only=True):
    """First line of an export."""

    format: str
    realm: str
    identity: str
    keys: dict[str, str]
    entries: int
    heads: int


class HeadLine(msgspec.Struct, tag="head"):
    """A signed head, right after the last entry it covers."""

    head: dict[str, Any]


class EndLine(msgspec.Struct, tag="end", kw_only=True):
    """Last line: without it the file was cut off. `skipped` are ids of entries the sealer passed by."""

    entries: int
    waiting: int
    skipped: list[int]


class ProofFile(msgspec.Struct, kw_only=True):
    """What a declarant downloads: their sealed entries, and the head they are proved against."""

    format: str
    subject: str
    head: dict[str, Any] | None
    proofs: list[ProofEntry]
    waiting: int = 0


Line = HeaderLine | EntryLine | HeadLine | EndLine
read_line = msgspec.json.Decoder(Line).decode
read_proof = msgspec.json.Decoder(ProofFile).decode
write_line = msgspec.json.Encoder().encode
