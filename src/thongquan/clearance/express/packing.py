"""Parcels, law and faults as bytes, and the salted hash that proves a verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from thongquan.rules.decision import Fault
from thongquan.rules.facts import Draw
from thongquan.rules.parcels import Parcel, ParcelLaw, Verdict

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_FAULTS = msgspec.msgpack.Decoder(tuple[Fault, ...])


class Given(msgspec.Struct, frozen=True, omit_defaults=True):
    """A parcel as given, with its random draw: with the chunk's law all that its verdict is made from."""

    parcel: Parcel
    draw: Draw | None = None


_GIVEN = msgspec.msgpack.Decoder(Given)
_LAW = msgspec.msgpack.Decoder(ParcelLaw)


def encoded_faults(faults: Iterable[Fault]) -> bytes:
    """Faults as bytes; b'' for none."""
    several = tuple(faults)
    return _encode(several) if several else b""


def decoded_faults(data: bytes) -> tuple[Fault, ...]:
    """The faults again."""
    return _FAULTS.decode(data) if data else ()


def encoded_given(given: Given) -> bytes:
    """A parcel and its draw as bytes."""
    return _encode(given)


def decoded_given(data: bytes) -> Given:
    """The parcel and its draw again."""
    return _GIVEN.decode(data)


def encoded_law(law: ParcelLaw) -> bytes:
    """The law of a chunk as bytes."""
    return _encode(law)


def decoded_law(data: bytes) -> ParcelLaw:
    """The law of a chunk again."""
    return _LAW.decode(data)


def leaf_of(salt: bytes, given: Given, verdict: Verdict) -> bytes:
    """The salted hash of a parcel and its verdict: a leaf of the tree over a chunk."""
    return hashlib.sha256(b"\x00" + salt + _encode(given) + _encode(verdict)).digest()
