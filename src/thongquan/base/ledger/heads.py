"""Signed tree heads: what is signed, by which key, and how heads are chained. No Django: used offline too."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thongquan.base.core.keyfiles import read_or_make
from thongquan.base.ledger.encoding import canonical_json

FORMAT = "thongquan-ledger-head-1"
BEFORE_THE_FIRST = bytes(32)
SEED_BYTES = 32


@dataclass(frozen=True)
class SigningKey:
    """The private key of this installation with its public half and short name."""

    private: Ed25519PrivateKey
    public: bytes
    key_id: str


def signing_key(path: Path) -> SigningKey:
    """The key in this file (a 32-byte Ed25519 seed), made on first use with mode 0600."""
    private = Ed25519PrivateKey.from_private_bytes(read_or_make(path, size=SEED_BYTES))
    public = private.public_key().public_bytes_raw()
    return SigningKey(private=private, public=public, key_id=key_id_of(public))


def key_id_of(public: bytes) -> str:
    """Short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True)
class TreeHead:
    """What a head says. `horizon`: every entry of a transaction below it is among the `size` entries.

    `previous` is the digest of the head before (zeros for the first); `at` is canonical UTC text.
    """

    realm: str
    identity: str
    size: int
    root: bytes
    horizon: int
    previous: bytes
    at: str
    key_id: str

    def body(self) -> bytes:
        """The bytes that are signed: canonical JSON, hashes in hexadecimal."""
        return canonical_json(self.words())

    def words(self) -> dict[str, object]:
        """The head as plain values."""
        return {
            "format": FORMAT,
            "realm": self.realm,
            "identity": self.identity,
            "size": self.size,
            "root": self.root.hex(),
            "horizon": self.horizon,
            "previous": self.previous.hex(),
            "at": self.at,
            "key": self.key_id,
        }

    def digest(self) -> bytes:
        """What the next head carries as `previous`."""
        return hashlib.sha256(self.body()).digest()


@dataclass(frozen=True)
class SignedHead:
    """A head with its signature and the public key that made it: enough for an outside witness."""

    head: TreeHead
    public: bytes
    signature: bytes

    def words(self) -> dict[str, object]:
        """The signed head as one JSON object."""
        return self.head.words() | {"public_key": self.public.hex(), "signature": self.signature.hex()}

    def is_genuine(self) -> bool:
        """Whether the signature is the named key's over this very head."""
        if key_id_of(self.public) != self.head.key_id:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(self.signature, self.head.body())
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(head: TreeHead, key: SigningKey) -> SignedHead:
    """Sign a head."""
    return SignedHead(head=head, public=key.public, signature=key.private.sign(head.body()))


def read_head(words: Mapping[str, object]) -> SignedHead:
    """A signed head from its JSON object. Raises ValueError or KeyError when it is not one."""
    if words["format"] != FORMAT:
        message = f"unknown head format {words['format']!r}"
        raise ValueError(message)
    head = TreeHead(
        realm=str(words["realm"]),
        identity=str(words["identity"]),
        size=_whole(words["size"]),
        root=bytes.fromhex(str(words["root"])),
        horizon=_whole(words["horizon"]),
        previous=bytes.fromhex(str(words["previous"])),
        at=str(words["at"]),
        key_id=str(words["key"]),
    )
    return SignedHead(
        head=head,
        public=bytes.fromhex(str(words["public_key"])),
        signature=bytes.fromhex(str(words["signature"])),
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        message = f"{value!r} is not a whole number"
        raise ValueError(message)
    return value
