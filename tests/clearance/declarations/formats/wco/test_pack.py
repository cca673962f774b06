"""The shared pack of WCO messages: every well-formed declaration is read and comes back equal."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.shared_data import shared
from thongquan.base.core.faults import Refused
from thongquan.base.core.xmlsource import Limits
from thongquan.clearance.declarations.formats.wco.check import CheckResult, check_bytes
from thongquan.rules.decision import Fault

PACK = shared("data", "wco", "declarations.tar.xz")


def messages() -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of every XML file of the pack."""
    with tarfile.open(PACK) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.lower().endswith(".xml") else None
            if content is not None:
                yield member.name, content.read()


@pytest.fixture(scope="module")
def outcome() -> tuple[list[CheckResult], list[tuple[str, Fault]]]:
    """Check every file once: what was read, and what was refused why."""
    read: list[CheckResult] = []
    refused: list[tuple[str, Fault]] = []
    for name, data in messages():
        try:
            read.append(check_bytes(name, data, limits=Limits()))
        except Refused as refusal:
            refused.append((name, refusal.faults[0]))
    return read, refused


Outcome = tuple[list[CheckResult], list[tuple[str, Fault]]]


def test_every_declaration_of_the_pack_comes_back_equal(outcome: Outcome) -> None:
    read, refused = outcome
    assert len(read) + len(refused) == 353
    assert [result for result in read if not result.equal] == []
    assert len(read) == 151


def test_nearly_every_element_is_a_field_of_ours(outcome: Outcome) -> None:
    shares = [result.modeled for result in outcome[0]]
    assert min(shares) >= 0.99
    assert sum(shares) / len(shares) >= 0.999


def test_what_is_not_read_is_no_declaration_or_not_well_formed(outcome: Outcome) -> None:
    broken = next((name, fault) for name, fault in outcome[1] if fault.code == "TQ-FMT-016")
    reasons = Counter((fault.code, fault.values["element"]) for _, fault in outcome[1])
    assert reasons == {
        ("TQ-FMT-019", "Response"): 175,
        ("TQ-FMT-019", "inventoryLinkingMovementRequest"): 13,
        ("TQ-FMT-019", "InventoryLinkingImportsValidateMovementResponse"): 5,
        ("TQ-FMT-019", "InventoryLinkingExportsInboundRequest"): 2,
        ("TQ-FMT-019", "inventoryLinkingConsolidationRequest"): 1,
        ("TQ-FMT-019", "inventoryLinkingImportsGoodsArrival"): 1,
        ("TQ-FMT-019", "DeclarationStatusResponse"): 2,
        ("TQ-FMT-019", "DeclarationFullResponse"): 1,
        ("TQ-FMT-019", "DeclarationVersionResponse"): 1,
        ("TQ-FMT-016", broken[1].values["element"]): 1,
    }
    assert "TT_IM084a" in broken[0]
    assert broken[1].values["reason"] == "ERR_HYPHEN_IN_COMMENT"
