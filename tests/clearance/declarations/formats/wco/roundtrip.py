"""What every test of the door does: read, store, read back, write, compare."""

from __future__ import annotations

import msgspec

from thongquan.clearance.declarations.formats.wco import Read, compare, read_declaration, write_declaration
from thongquan.rules.document import Document


def stored(document: Document) -> Document:
    """Give the document as both stored forms give it back."""
    packed = msgspec.msgpack.decode(msgspec.msgpack.encode(document), type=Document)
    assert packed == msgspec.json.decode(msgspec.json.encode(document), type=Document)
    return packed


def comes_back(data: bytes) -> Read:
    """Hold that a message comes back equal after storage; give what was read."""
    read = read_declaration(data)
    assert compare(data, write_declaration(stored(read.document))) == []
    return read
