"""One upload of more lines than a form holds: linked declarations, all or none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.errors import Conflict, NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.operations.splitting import lodge_split
from thongquan.clearance.declarations.queries import branches_of, declaration_file, stand_of
from thongquan.rules.codes import Code
from thongquan.rules.document import Document


def many(count: int, **changes: Any) -> Document:
    """So many lines that all look alike."""
    document = import_document()
    first = document.lines[0]
    lines = tuple(
        replace(first, number=number, net_weight_kg=Decimal(10), gross_weight_kg=None) for number in range(1, count + 1)
    )
    assert document.invoice is not None
    amount = sum((line.value or Decimal(0) for line in lines), Decimal(0))
    return replace(
        document,
        **{
            "lines": lines,
            "invoice": replace(document.invoice, amount=amount),
            "gross_weight_kg": Decimal(99999),
            **changes,
        },
    )


def split(customs: World, document: Document, **more: Any) -> Any:
    return lodge_split(actor=customs.actor("declarant"), document=document, at=now(), source="api", **more)


def test_a_hundred_and_twenty_lines_become_three_linked_declarations(customs: World) -> None:
    document, actor = many(120), customs.actor("declarant")
    found = split(customs, document)
    assert len(found) == 3
    branches = branches_of(found[1].number)
    assert [(one.number, one.branch, one.branches, one.lines) for one in branches] == [
        (found[0].number, 1, 3, 50),
        (found[1].number, 2, 3, 50),
        (found[2].number, 3, 3, 20),
    ]
    files = [declaration_file(actor=actor, number=one.number) for one in found]
    assert document.invoice is not None
    assert sum(file.document.invoice.amount or 0 for file in files if file.document.invoice) == document.invoice.amount
    assert sum(file.document.packages or 0 for file in files) == document.packages
    assert sum(file.document.gross_weight_kg or 0 for file in files) == Decimal(99999)
    assert customs.run_sql("SELECT count(*) FROM revenue_liability") == [(3,)]


def test_a_fault_of_one_part_stores_none_and_names_the_line_of_the_upload(customs: World) -> None:
    document = many(120)
    bad = replace(document.lines[77], hs="99999999")
    with pytest.raises(Refused) as refusal:
        split(customs, replace(document, lines=(*document.lines[:77], bad, *document.lines[78:])))
    fault = next(one for one in refusal.value.faults if one.code == Code.TQ_DEC_012)
    assert (fault.path, fault.line) == ("lines[77].hs", 78)
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(0,)]


def test_the_same_upload_is_a_duplicate_and_the_same_key_the_first_answer(customs: World) -> None:
    first = split(customs, many(60), idempotency_key="k")
    again = split(customs, many(60), idempotency_key="k")
    assert [one.number for one in again] == [one.number for one in first]
    assert all(one.repeated for one in again)
    with pytest.raises(Conflict):
        split(customs, many(61), idempotency_key="k")
    with pytest.raises(Refused) as refusal:
        split(customs, many(60))
    assert Code.TQ_DEC_022 in {fault.code for fault in refusal.value.faults}
    assert customs.run_sql("SELECT count(*) FROM declarations_declaration") == [(2,)]


def test_without_the_wish_fifty_one_lines_are_refused_as_ever_and_what_fits_is_lodged_whole(customs: World) -> None:
    with pytest.raises(Refused) as refusal:
        lodge_declaration(actor=customs.actor("declarant"), document=many(51), at=now(), source="api")
    assert Code.TQ_DEC_005 in {fault.code for fault in refusal.value.faults}
    [one] = split(customs, import_document())
    assert branches_of(one.number) == []


def test_a_part_is_amended_like_any_other_although_its_sibling_looks_alike(customs: World) -> None:
    actor = customs.actor("declarant")
    _first, second = split(customs, many(100))
    kept = declaration_file(actor=actor, number=second.number).document
    amended = amend_declaration(
        actor=actor, number=second.number, document=replace(kept, notes="Bổ sung"), reason="Thiếu ghi chú", at=now()
    )
    assert stand_of(actor=actor, number=second.number).number == amended.number
    assert branches_of(second.number)[1].number == amended.number


def test_a_stranger_and_a_neighbor_split_nothing(customs: World) -> None:
    for role in ("clearance_officer", "partner_agency"):
        with pytest.raises(NotAllowed):
            lodge_split(actor=customs.actor(role), document=many(60), at=now(), source="api")
