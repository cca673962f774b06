"""A proof of origin to come travels in the WCO message like every other field of a line."""

from __future__ import annotations

from msgspec.structs import replace

from tests.world import import_document
from thongquan.clearance.declarations.formats.wco import read_declaration, write_declaration


def test_an_announced_proof_is_written_and_read_back() -> None:
    document = import_document()
    lines = tuple(replace(line, schedule=None, certificate=None, proof_later="B05") for line in document.lines)
    announced = replace(document, lines=lines)
    message = write_declaration(announced)
    assert b"PROOF_LATER" in message
    assert {line.proof_later for line in read_declaration(message).document.lines} == {"B05"}
