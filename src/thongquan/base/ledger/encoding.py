"""How an entry becomes a leaf of the tree: an encoding that anyone can repeat from the published fields.

Each field is written as its length (8 bytes, big-endian) and its bytes, so that no two entries share an encoding.
The salt keeps a leaf from being guessed by someone who only sees hashes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from thongquan.base.ledger import merkle

FORMAT = b"thongquan-ledger-entry-1"
SALT_BYTES = 16


@dataclass(frozen=True)
class EntryValues:
    """The columns of an entry that are computed: canonical `details`, fresh `salt`, and the `leaf` hash."""

    details: bytes
    salt: bytes
    leaf: bytes


def canonical_json(value: object) -> bytes:
    """Compact UTF-8 JSON with sorted keys: equal values give equal bytes."""
    return msgspec.json.encode(value, order="deterministic")


def canonical_time(at: datetime) -> str:
    """UTC with microseconds, always 27 characters. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError("a ledger entry needs an aware time")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def leaf_of(*, at: str, actor: str, action: str, subject: str, details: bytes, salt: bytes) -> bytes:
    """The leaf hash of one entry: SHA-256 over 0x00 and the encoded fields (RFC 6962, 2.1). `at` is canonical text."""
    fields = (FORMAT, at.encode(), actor.encode(), action.encode(), subject.encode(), details, salt)
    return merkle.leaf_hash(b"".join(len(field).to_bytes(8, "big") + field for field in fields))


def entry_values(
    *, action: str, subject: str, actor: str, at: datetime, details: Mapping[str, object], salt: bytes | None = None
) -> EntryValues:
    """The computed columns of an entry, for `operations.record` and for statements that insert the row themselves.

    Pure but for the salt, which is drawn fresh unless given. Raises ValueError for a naive `at`.
    """
    salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
    encoded = canonical_json(details)
    leaf = leaf_of(at=canonical_time(at), actor=actor, action=action, subject=subject, details=encoded, salt=salt)
    return EntryValues(details=encoded, salt=salt, leaf=leaf)
