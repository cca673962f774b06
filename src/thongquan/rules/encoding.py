"""Facts and decisions as bytes: compact, deterministic, the same value always the same bytes.

Legal basis: none; decisions must be reproducible (Law on Data 60/2024/QH15 and AI Law 134/2025/QH15 ask that
automated decisions can be explained).
"""

from __future__ import annotations

import msgspec

from thongquan.rules.decision import Decision
from thongquan.rules.document import Document
from thongquan.rules.facts import Facts

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_FACTS = msgspec.msgpack.Decoder(Facts)
_DECISION = msgspec.msgpack.Decoder(Decision)
_DOCUMENT = msgspec.msgpack.Decoder(Document)


def encoded(value: Facts | Decision | Document) -> bytes:
    """Give the MessagePack bytes of a value, keys and sets in a fixed order."""
    return _ENCODER.encode(value)


def decoded_facts(data: bytes) -> Facts:
    """Read facts back; raises `msgspec.DecodeError` when the bytes are not facts of a known schema."""
    return _FACTS.decode(data)


def decoded_decision(data: bytes) -> Decision:
    """Read a decision back; raises `msgspec.DecodeError` when the bytes are not a decision."""
    return _DECISION.decode(data)


def decoded_document(data: bytes) -> Document:
    """Read a document back; raises `msgspec.DecodeError` when the bytes are not a document."""
    return _DOCUMENT.decode(data)
