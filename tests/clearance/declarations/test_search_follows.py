"""Search follows what a declaration says now."""

from __future__ import annotations

from msgspec.structs import replace

from tests.world import World, import_document
from thongquan.base.core.clock import now
from thongquan.base.core.outbox import relay
from thongquan.clearance.declarations.operations import lodge_declaration
from thongquan.clearance.declarations.operations.amending import amend_declaration
from thongquan.clearance.declarations.queries import Filters, worklist
from thongquan.config.subscriptions import SUBSCRIPTIONS


def found(customs: World, text: str) -> list[str]:
    rows, _more = worklist(actor=customs.actor("declarant"), filters=Filters(text=text))
    return [row.number for row in rows]


def test_the_words_of_an_amendment_are_found_and_the_old_number_too(customs: World) -> None:
    at, actor = now(), customs.actor("declarant")
    [search] = [one for one in SUBSCRIPTIONS if one.consumer == "declarations.search"]
    document = import_document()
    number = lodge_declaration(actor=actor, document=document, at=at, source="api").number
    relay(search, at=at)
    assert found(customs, "Bang Tuong") == []
    assert document.counterpart is not None
    changed = replace(document, counterpart=replace(document.counterpart, name="Bằng Tường Mậu dịch"))
    amended = amend_declaration(actor=actor, number=number, document=changed, reason="Nhầm tên", at=at)
    relay(search, at=at)
    assert found(customs, "bang tuong") == [amended.number]
    assert found(customs, number) == [amended.number]
